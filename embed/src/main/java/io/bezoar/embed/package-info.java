/// What models that run in onnxruntime say of texts: where they lie by what they mean, from a model that
/// lies in the application; how answers would pull a language model that the user gives.
@NullMarked
package io.bezoar.embed;

import org.jspecify.annotations.NullMarked;
