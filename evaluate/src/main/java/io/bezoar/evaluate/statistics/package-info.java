/// Exact and paired statistics, with "inconclusive" as a result of its own.
@NullMarked
package io.bezoar.evaluate.statistics;

import org.jspecify.annotations.NullMarked;
