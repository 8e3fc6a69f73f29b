/// An append-only log in tiles, its checkpoints, witnesses and proofs.
@NullMarked
package io.bezoar.ledger.log;

import org.jspecify.annotations.NullMarked;
