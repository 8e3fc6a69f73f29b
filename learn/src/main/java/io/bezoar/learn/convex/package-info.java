/// Linear surrogates with a convex loss, and the solvers that fit them to their optimum.
@NullMarked
package io.bezoar.learn.convex;

import org.jspecify.annotations.NullMarked;
