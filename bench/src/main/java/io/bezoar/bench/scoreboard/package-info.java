/// The scoreboard: attacks on real data sets against every detector and the whole scan, written to `docs/accuracy.md`.
@NullMarked
package io.bezoar.bench.scoreboard;

import org.jspecify.annotations.NullMarked;
