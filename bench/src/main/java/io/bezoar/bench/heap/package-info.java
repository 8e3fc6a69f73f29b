/// What a scan needs of memory.
@NullMarked
package io.bezoar.bench.heap;

import org.jspecify.annotations.NullMarked;
