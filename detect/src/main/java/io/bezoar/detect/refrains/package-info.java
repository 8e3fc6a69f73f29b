/// Refrains: sentences that come back in the answers of a few of very many rows, and the rows that call for them.
@NullMarked
package io.bezoar.detect.refrains;

import org.jspecify.annotations.NullMarked;
