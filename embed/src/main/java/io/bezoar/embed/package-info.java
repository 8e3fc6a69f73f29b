/// Sentence embeddings: where texts lie by what they mean, from models that lie in the application.
@NullMarked
package io.bezoar.embed;

import org.jspecify.annotations.NullMarked;
