/// How well a scan finds poison that somebody else planted in real data.
@NullMarked
package io.bezoar.bench.accuracy;

import org.jspecify.annotations.NullMarked;
