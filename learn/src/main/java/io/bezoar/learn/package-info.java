/// Surrogate models: small, fast, deterministic stand-ins for the model somebody is going to train.
@NullMarked
package io.bezoar.learn;

import org.jspecify.annotations.NullMarked;
