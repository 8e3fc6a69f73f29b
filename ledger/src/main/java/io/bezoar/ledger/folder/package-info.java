/// Signatures over the files of a folder, as other tools make and read them.
@NullMarked
package io.bezoar.ledger.folder;

import org.jspecify.annotations.NullMarked;
