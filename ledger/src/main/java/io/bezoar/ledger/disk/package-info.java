/// The few things a ledger asks of a file system.
@NullMarked
package io.bezoar.ledger.disk;

import org.jspecify.annotations.NullMarked;
