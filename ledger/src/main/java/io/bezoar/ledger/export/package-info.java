/// What a ledger knows, in the formats of others: Croissant, OpenLineage, CycloneDX.
@NullMarked
package io.bezoar.ledger.export;

import org.jspecify.annotations.NullMarked;
