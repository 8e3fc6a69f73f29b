/// The search for triggers nobody has named.
@NullMarked
package io.bezoar.evaluate.probe;

import org.jspecify.annotations.NullMarked;
