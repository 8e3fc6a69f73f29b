package io.bezoar.app.gate;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the gate asks of a ledger: that enough rows have a known origin, that none was taken out, and that it is the
/// right ledger.
final class OriginChecks {
    private static final String PILLAR = "ledger";

    private OriginChecks() {}

    /// @param asked what the policy says; empty if it says nothing
    /// @param now the ledger held against what the scan says of it, if it is at hand
    static List<Check> of(ScanResult result, Optional<GatePolicy.KnownRows> asked, Optional<LedgerNow> now) {
        List<Check> checks = new ArrayList<>();
        Optional<ScanResult.Provenance> said = result.dataSet().ledger();
        asked.ifPresent(wanted -> checks.add(said.map(known -> coverage(result, known, wanted))
                .orElseGet(() -> new Check(
                        PILLAR,
                        "coverage",
                        Check.State.UNMEASURED,
                        "the scan had no ledger: scan again with --ledger"))));
        said.ifPresent(known -> {
            checks.add(withdrawn(known, now));
            now.ifPresent(today -> checks.add(history(today)));
        });
        return checks;
    }

    private static Check coverage(ScanResult result, ScanResult.Provenance said, GatePolicy.KnownRows wanted) {
        if (wanted.log().filter(key -> !key.equals(said.log())).isPresent()) {
            return new Check(
                    PILLAR,
                    "coverage",
                    Check.State.FAIL,
                    "the policy names the ledger of another log than " + SafeText.plain(said.log(), 200));
        }
        long rows = result.dataSet().rows();
        return new Check(
                PILLAR,
                "coverage",
                rows > 0 && said.known() >= wanted.minCoverage() * rows ? Check.State.PASS : Check.State.FAIL,
                String.format(
                        Locale.ROOT,
                        "%s of %s came with a signed batch (at least %.1f %% asked)%s",
                        Words.count(said.known()),
                        Words.count(rows, "row"),
                        100 * wanted.minCoverage(),
                        said.repeated() == 0
                                ? ""
                                : "; " + Words.count(said.repeated(), "row")
                                        + " more are copies beyond those that were signed"));
    }

    private static Check withdrawn(ScanResult.Provenance said, Optional<LedgerNow> now) {
        long since = now.stream()
                .flatMap(today -> said.batches().entrySet().stream()
                        .filter(batch -> today.withdrawn().contains(batch.getKey())))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long all = said.withdrawn() + since;
        return new Check(
                PILLAR,
                "withdrawn",
                all == 0 ? Check.State.PASS : Check.State.FAIL,
                all == 0
                        ? "no row came with a batch that was taken out"
                        : Words.count(all, "row") + " came with batches that were taken out"
                                + (since == 0 ? "" : ", " + Words.count(since) + " of them since the scan")
                                + ": bezoar ledger drop writes the data without them");
    }

    private static Check history(LedgerNow today) {
        return new Check(
                PILLAR,
                "history",
                today.same() ? Check.State.PASS : Check.State.FAIL,
                today.same()
                        ? "the ledger goes on from where the scan saw it"
                        : "the scan saw another ledger, or another history of this one: scan again");
    }
}
