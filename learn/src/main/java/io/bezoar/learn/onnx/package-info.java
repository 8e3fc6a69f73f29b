/// Surrogates in the Open Neural Network Exchange format, for other programs to run.
@NullMarked
package io.bezoar.learn.onnx;

import org.jspecify.annotations.NullMarked;
