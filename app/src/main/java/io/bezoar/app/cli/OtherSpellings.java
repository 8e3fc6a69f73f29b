package io.bezoar.app.cli;

import io.bezoar.app.report.Redaction;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.labels.Spellings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says that rows have a label that is another label spelled otherwise.
final class OtherSpellings {
    private static final int TOLD = 3;
    private static final int LONGEST = 40;

    private OtherSpellings() {}

    /// The remark; empty if each label has one spelling.
    ///
    /// @param labels rows by label
    static Optional<Remark> remark(Map<String, Long> labels, Redaction redaction) {
        List<Spellings> all = Spellings.of(labels);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        long rows = all.stream().mapToLong(Spellings::rare).sum();
        String which = redaction == Redaction.ALL
                ? ""
                : " ("
                        + all.stream().limit(TOLD).map(OtherSpellings::said).collect(Collectors.joining("; "))
                        + (all.size() > TOLD ? "; and " + Words.count(all.size() - TOLD, "more label") : "")
                        + ")";
        return Optional.of(new Remark(
                "label-spellings",
                Severity.LOW,
                Words.count(rows, "row") + (rows == 1 ? " has" : " have")
                        + " a label that is another label spelled otherwise" + which
                        + ". Each spelling is a class of its own here, and of a class of few rows hardly anything is"
                        + " found: spell them alike and scan again."));
    }

    private static String said(Spellings label) {
        long more = (long) label.others().size() - TOLD;
        return named(label.usual()) + " of " + Words.count(label.rows(), "row") + " also as "
                + label.others().stream()
                        .limit(TOLD)
                        .map(other -> named(other.getKey()))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + Words.count(more, "more spelling") : "")
                + ", in " + Words.count(label.rare(), "row");
    }

    private static String named(String fromData) {
        return '"' + SafeText.plain(fromData, LONGEST) + '"';
    }
}
