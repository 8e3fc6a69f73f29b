package io.bezoar.ledger;

import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of a batch, as the log states it: the files that were found to hold its rows, what was made
/// of them, and what was said about either; in the order of the log.
///
/// A statement belongs to it that names the batch, or the digest of something that came of the batch. Names
/// of files count for nothing. What a statement says was made of the batch came of it as a whole: which of
/// its rows are in a file, the log cannot know.
public final class Lineage {
    private final Batch batch;
    private final Set<String> words = new LinkedHashSet<>(); // of the batch and what came of it
    private final Set<String> digests = new LinkedHashSet<>(); // of what came of it
    private final List<Step> steps = new ArrayList<>();

    /// What a statement did.
    public enum Kind {
        /// Rows of the batch were found in the subjects.
        FOUND,
        /// The subjects were made of the batch, or of what came of it.
        MADE,
        /// The batch was taken out of a data set.
        WITHDRAWN,
        /// Something was said about what came of the batch.
        STATED
    }

    /// One statement.
    ///
    /// @param deed the file it lies in
    public record Step(Kind kind, Deed deed, Statement statement) {}

    private Lineage(Batch batch) {
        this.batch = batch;
        words.add(batch.manifest().name());
        words.add(batch.manifest().root().hex());
    }

    /// The steps since that batch.
    public static List<Step> of(Ledger ledger, Batch batch) {
        Lineage lineage = new Lineage(batch);
        int before;
        do { // a file may be spoken of before it is known to hold the rows
            before = lineage.digests.size();
            lineage.steps.clear();
            for (Deed deed : ledger.history().deeds()) {
                boolean gone = deed.statements().stream().anyMatch(lineage::withdraws);
                deed.statements().forEach(statement -> lineage.add(deed, statement, gone));
            }
        } while (lineage.digests.size() > before);
        return List.copyOf(lineage.steps);
    }

    private boolean withdraws(Statement statement) {
        return statement.predicateType().equals(Removal.TYPE)
                && statement.predicate().objects("withdrawn").stream()
                        .anyMatch(each ->
                                each.text("batch").equals(batch.manifest().name()));
    }

    /// @param gone was the batch taken out by the same deed? Then what was made is without it
    private void add(Deed deed, Statement statement, boolean gone) {
        if (withdraws(statement)) {
            steps.add(new Step(Kind.WITHDRAWN, deed, statement));
            return;
        }
        boolean used = mentions(statement.predicate());
        if (!used && statement.subjects().stream().noneMatch(this::known)) {
            return;
        }
        Kind kind = !used
                ? Kind.STATED
                : statement.predicateType().equals(Attestations.PROVENANCE)
                        ? Kind.MADE
                        : Attestations.finds(statement) ? Kind.FOUND : Kind.STATED;
        steps.add(new Step(kind, deed, statement));
        if (!gone && (kind == Kind.MADE || kind == Kind.FOUND)) {
            for (Statement.Subject subject : statement.subjects()) {
                digests.addAll(subject.digests().values());
                words.addAll(subject.digests().values());
            }
        }
    }

    private boolean known(Statement.Subject subject) {
        return subject.digests().values().stream().anyMatch(digests::contains);
    }

    /// Is one of the known words a member's name or a text in there?
    private boolean mentions(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> words.contains(text);
            case JsonValue.Members(Map<String, JsonValue> members) ->
                members.entrySet().stream()
                        .anyMatch(each -> words.contains(each.getKey()) || mentions(each.getValue()));
            case JsonValue.Elements(List<JsonValue> all) -> all.stream().anyMatch(this::mentions);
            case JsonValue.Whole _, JsonValue.Decimal _, JsonValue.Truth _, JsonValue.Nothing _ -> false;
        };
    }
}
