package io.bezoar.app.report;

import io.bezoar.core.Proportion;
import io.bezoar.lab.Resistance;
import java.util.List;

/// An audit as it is told: no clock, no path, so that equal audits give equal bytes.
///
/// @param version of Bezoar
/// @param files names and digests of the data
/// @param rows training rows an attack may poison
/// @param suspected of these, set aside before any was poisoned; they count neither as found nor
///     as lost
/// @param heldOut rows nobody touches, which the model is asked about
/// @param budget the largest count tried
/// @param seeds how many seeds
/// @param seed the first of them
/// @param from the action from which on a row counts as set aside: review or quarantine
/// @param honest clean held-out rows that a model of the honest rows answers rightly
/// @param results one an attack, in the order they were asked for
public record AuditRecord(
        String version,
        List<File> files,
        int rows,
        int suspected,
        int heldOut,
        int budget,
        int seeds,
        long seed,
        String from,
        Proportion honest,
        List<Resistance> results) {

    public AuditRecord {
        files = List.copyOf(files);
        results = List.copyOf(results);
    }

    /// One file of the data.
    public record File(String name, String sha256) {}

    /// The worst finding in one sentence, the attack that succeeds unseen with fewest rows; and
    /// whether the data are fit to be audited.
    public String headline() {
        return worst()
                + (suspected == 0
                        ? ""
                        : " The data already hold " + Words.count(suspected, "suspected row")
                                + (suspected == 1
                                        ? ", which counts neither way: clean it first."
                                        : ", which count neither way: clean them first."));
    }

    private String worst() {
        return results.stream()
                .filter(each -> each.gap().least().isPresent())
                .min((a, b) -> Integer.compare(
                        a.gap().least().orElse(0), b.gap().least().orElse(0)))
                .map(each -> each.sentence() + " The attack: " + each.attack().name() + ", "
                        + each.attack().purpose() + ".")
                .orElse("None of " + Words.count(results.size(), "attack") + " succeeds unseen with up to "
                        + Words.count(budget, "row") + ".");
    }

    /// How many attacks succeed unseen.
    public long open() {
        return results.stream().filter(each -> each.gap().least().isPresent()).count();
    }
}
