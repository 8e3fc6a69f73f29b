/// How things go wrong: what cannot be used, what is broken, what is refused.
@NullMarked
package io.bezoar.ledger.fault;

import org.jspecify.annotations.NullMarked;
