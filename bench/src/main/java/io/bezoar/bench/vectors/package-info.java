/// How well a scan finds poison planted in vectors.
@NullMarked
package io.bezoar.bench.vectors;

import org.jspecify.annotations.NullMarked;
