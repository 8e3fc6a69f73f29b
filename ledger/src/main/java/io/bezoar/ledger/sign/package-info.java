/// Signatures: strict Ed25519, signed notes, DSSE envelopes, in-toto statements.
@NullMarked
package io.bezoar.ledger.sign;

import org.jspecify.annotations.NullMarked;
