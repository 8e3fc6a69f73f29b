/// Surrogates of text: from rows to features, from features to a model, from a model to a file and back.
@NullMarked
package io.bezoar.learn.surrogate;

import org.jspecify.annotations.NullMarked;
