/// JSON as a verifier must read it, and one canonical way to write it.
@NullMarked
package io.bezoar.ledger.json;

import org.jspecify.annotations.NullMarked;
