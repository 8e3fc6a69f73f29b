/// How fast a scan is, beside a pass that only reads.
@NullMarked
package io.bezoar.bench.speed;

import org.jspecify.annotations.NullMarked;
