/// Hash trees after RFC 6962: hashing, proofs, verification.
@NullMarked
package io.bezoar.ledger.merkle;

import org.jspecify.annotations.NullMarked;
