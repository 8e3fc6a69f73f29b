/// Counts and what they prove: tables that count anything by 64 bits, runs of tokens to be counted, and exact tests.
/// Knows nothing of poison.
@NullMarked
package io.bezoar.detect.counting;

import org.jspecify.annotations.NullMarked;
