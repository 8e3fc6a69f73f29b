/// Published formulas of others, written anew, on the same rows as the scoreboard.
@NullMarked
package io.bezoar.bench.peers;

import org.jspecify.annotations.NullMarked;
