/// The verb `ledger`: each of its verbs is a class.
@NullMarked
package io.bezoar.app.ledger;

import org.jspecify.annotations.NullMarked;
