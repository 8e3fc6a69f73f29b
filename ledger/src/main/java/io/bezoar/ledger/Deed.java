package io.bezoar.ledger;

import io.bezoar.ledger.sign.Statement;
import java.util.List;
import java.util.Set;

/// Something that was done with rows and stated in the log: a transform, a removal, a review.
///
/// @param entry its index in the log
/// @param name of its file in the ledger
/// @param statements what was stated
/// @param signers names of the keys that signed all of it
public record Deed(long entry, String name, List<Statement> statements, Set<String> signers) {
    public Deed {
        statements = List.copyOf(statements);
        signers = Set.copyOf(signers);
    }
}
