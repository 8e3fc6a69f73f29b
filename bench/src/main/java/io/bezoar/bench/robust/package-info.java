/// Robust trainers and certificates against published numbers and planted poison.
@NullMarked
package io.bezoar.bench.robust;

import org.jspecify.annotations.NullMarked;
