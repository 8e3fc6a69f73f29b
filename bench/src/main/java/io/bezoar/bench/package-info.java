/// Benchmarks and side-by-side measurements.
@NullMarked
package io.bezoar.bench;

import org.jspecify.annotations.NullMarked;
