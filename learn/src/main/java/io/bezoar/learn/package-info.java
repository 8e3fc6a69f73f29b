/// Surrogate models, robust trainers, certificates and training-data attribution.
@NullMarked
package io.bezoar.learn;

import org.jspecify.annotations.NullMarked;
