/// A network of one hidden layer, its gradients and its curvature.
@NullMarked
package io.bezoar.learn.network;

import org.jspecify.annotations.NullMarked;
