/// How fast the ledger takes rows in, verifies them and proves them.
@NullMarked
package io.bezoar.bench.ledger;

import org.jspecify.annotations.NullMarked;
