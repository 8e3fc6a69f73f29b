package io.bezoar.app.gate;

import io.bezoar.app.report.CampaignWords;
import io.bezoar.app.report.Checked;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.CampaignKey;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Standing;
import io.bezoar.core.Campaign;
import io.bezoar.core.Detector;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataSet;
import io.bezoar.detect.scan.Catalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides by a policy whether data may be trained on. What could not be measured, and what nobody has
/// decided, keeps the gate closed.
///
/// @param checks what was asked, in order
public record Gate(List<Check> checks) {
    private static final int SHOWN = 5;

    public Gate {
        checks = List.copyOf(checks);
    }

    /// The gate for a scan's result.
    ///
    /// @param decisions what people decided
    /// @param today the day, UTC, by which suppressions expire
    /// @param measured of the model
    /// @param data the scanned files as they are now
    /// @param now the ledger held against what the scan says of it, if it is at hand
    public static Gate of(
            ScanResult result,
            List<Decision> decisions,
            Measured measured,
            GatePolicy policy,
            LocalDate today,
            ScannedData data,
            Optional<LedgerNow> now) {
        List<Check> checks = new ArrayList<>();
        checks.add(data.check(policy.reading()));
        checks.add(complete(result.dataSet(), policy.reading()));
        checks.add(coverage(result.dataSet(), policy.reading()));
        checks.add(targets(result.dataSet(), policy.reading()));
        checks.addAll(looked(result, policy));
        checks.addAll(OriginChecks.of(result, policy.ledger(), now));
        Set<String> used = new HashSet<>();
        for (Campaign campaign : result.campaigns()) {
            if (policy.failOn().isPresent()
                    && campaign.severity().compareTo(policy.failOn().get()) >= 0) {
                checks.add(campaign(campaign, decisions, policy, today, used));
            }
        }
        if (checks.stream().noneMatch(check -> check.pillar().equals("review"))) {
            checks.add(new Check("scan", "campaigns", Check.State.PASS, "nothing found that the policy forbids"));
        }
        checks.addAll(measured.checks(policy));
        policy.suppressions().stream()
                .filter(suppression -> !used.contains(suppression.campaign()))
                .forEach(suppression -> checks.add(new Check(
                        "policy",
                        SafeText.plain(suppression.campaign(), 40),
                        Check.State.PASS,
                        "a suppression that suppresses nothing: take it out")));
        return new Gate(checks);
    }

    private static Check complete(DataSet data, GatePolicy.Reading asked) {
        if (data.unread() == 0) {
            return new Check("scan", "complete", Check.State.PASS, "every file was read to its end");
        }
        return new Check(
                "scan",
                "complete",
                asked.incomplete() ? Check.State.PASS : Check.State.UNMEASURED,
                Words.count(data.unread(), "file") + " could not be read, or not to the end");
    }

    private static Check coverage(DataSet data, GatePolicy.Reading asked) {
        long pieces = data.rows() + data.malformed();
        double share = pieces == 0 ? 0 : (double) data.rows() / pieces;
        String first = data.malformedSamples().stream()
                .findFirst()
                .map(piece ->
                        ", the first in line " + piece.line() + " of \"" + SafeText.plain(piece.file(), 200) + '"')
                .orElse("");
        if (pieces == 0 || share < asked.minCoverage()) {
            return new Check(
                    "scan",
                    "coverage",
                    Check.State.FAIL,
                    String.format(
                            Locale.ROOT,
                            "%s of %s were rows (at least %.1f %% asked)%s",
                            Words.count(data.rows()),
                            Words.count(pieces, "piece"),
                            100 * asked.minCoverage(),
                            first));
        }
        boolean few = data.malformed() <= asked.maxMalformed();
        return new Check(
                "scan",
                "coverage",
                few ? Check.State.PASS : Check.State.UNMEASURED,
                Words.count(data.malformed()) + " of " + Words.count(pieces, "piece") + " were no rows (at most "
                        + Words.count(asked.maxMalformed()) + " asked)"
                        + (few
                                ? ""
                                : first + "; mend them, take them out with bezoar apply, or allow them with"
                                        + " scan.max_malformed in the policy"));
    }

    /// Rows without a target are looked at for little, and where a column may be the target all the
    /// same, the poison may lie there. One class for all rows, or all but one in a thousand, tells
    /// nothing: then such a column is as good as the only one.
    private static Check targets(DataSet data, GatePolicy.Reading asked) {
        List<String> columns = data.open().columns();
        long most = asked.withoutTarget(data.rows(), !columns.isEmpty());
        boolean one = data.targets().stream()
                .limit(1)
                .anyMatch(first -> 1000 * (data.rows() - data.open().rows() - first.all()) <= data.rows());
        long without = one && !columns.isEmpty() ? data.rows() : data.open().rows();
        boolean documents = without == data.rows()
                && columns.isEmpty()
                && asked.maxWithoutTarget().isEmpty();
        if (documents || without <= most) {
            return new Check(
                    "scan",
                    "targets",
                    Check.State.PASS,
                    documents && data.rows() > 0
                            ? "the rows have no target, and no column looks like one"
                            : Words.count(without) + " of " + Words.count(data.rows(), "row")
                                    + " without a target (at most " + Words.count(most) + " asked)");
        }
        return new Check(
                "scan",
                "targets",
                Check.State.UNMEASURED,
                Words.count(without) + " of " + Words.count(data.rows(), "row")
                        + (without > data.open().rows()
                                ? " have no target, or all the same one"
                                : " have no target that was read")
                        + " (at most " + Words.count(most) + " asked), so little was looked at in them"
                        + (columns.isEmpty()
                                ? "; give them one, scan them apart, or allow them"
                                : "; what may be the target was not read: " + named(columns)
                                        + "; scan with --map to say what it is, or allow such rows")
                        + " with scan.max_without_target in the policy (1 where no row needs a target)");
    }

    private static String named(List<String> columns) {
        String some = columns.stream()
                .limit(SHOWN)
                .map(name -> '"' + SafeText.plain(name, 80) + '"')
                .collect(Collectors.joining(", "));
        return columns.size() > SHOWN ? some + ", …" : some;
    }

    /// A result in which no detector ran says nothing, so no policy lets it pass. Where the policy names no
    /// detectors, none that belongs to a scan may have been left out.
    private static List<Check> looked(ScanResult result, GatePolicy policy) {
        List<Check> checks = new ArrayList<>();
        if (!Checked.byAnyDetector(result)) {
            checks.add(new Check(
                    "scan", "detectors", Check.State.UNMEASURED, "no detector ran on these data: nothing was checked"));
        } else if (policy.detectors().isEmpty()) {
            checks.add(asked(result));
        }
        policy.detectors().orElse(List.of()).forEach(name -> checks.add(ran(result, name)));
        checks.add(settings(result, policy.reading().otherSettings()));
        return checks;
    }

    /// A detector that asks for a thousand rows of a trigger runs and finds nothing. What only an earlier or a later
    /// version can set is not held against it.
    private static Check settings(ScanResult result, boolean allowed) {
        Map<String, Map<String, String>> own =
                Catalog.all().stream().collect(Collectors.toMap(Detector::name, Catalog::settings));
        List<String> changed = result.detectors().stream()
                .filter(ScanResult.DetectorRun::ran)
                .flatMap(run -> changed(run, own.getOrDefault(run.name(), Map.of())))
                .toList();
        return new Check(
                "scan",
                "settings",
                changed.isEmpty() || allowed ? Check.State.PASS : Check.State.UNMEASURED,
                changed.isEmpty()
                        ? "every detector ran with its own settings"
                        : "other settings than their own: " + SafeText.plain(String.join(", ", changed), 300)
                                + (allowed
                                        ? "; scan.allow_other_settings in the policy allows it"
                                        : "; scan without settings, or allow them with scan.allow_other_settings in the"
                                                + " policy"));
    }

    private static Stream<String> changed(ScanResult.DetectorRun run, Map<String, String> own) {
        return new TreeMap<>(run.settings())
                .entrySet().stream()
                        .filter(setting ->
                                !setting.getValue().equals(own.getOrDefault(setting.getKey(), setting.getValue())))
                        .map(setting -> run.name() + " with " + setting.getKey() + " " + setting.getValue()
                                + " instead of " + own.get(setting.getKey()));
    }

    private static Check asked(ScanResult result) {
        Set<String> said = new HashSet<>(result.notChecked());
        List<String> leftOut = Catalog.standard().stream()
                .map(Detector::name)
                .filter(name -> said.contains(Catalog.notAskedFor(name)))
                .toList();
        return leftOut.isEmpty()
                ? new Check(
                        "scan",
                        "detectors",
                        Check.State.PASS,
                        "no standard detector that fits the data was left out by request")
                : new Check(
                        "scan",
                        "detectors",
                        Check.State.UNMEASURED,
                        "the scan was asked to leave out " + String.join(", ", leftOut)
                                + "; scan without --detector, or name the detectors that must run with"
                                + " scan.required_detectors in the policy");
    }

    private static Check ran(ScanResult result, String name) {
        Optional<ScanResult.DetectorRun> run = result.detectors().stream()
                .filter(detector -> detector.name().equals(name))
                .findFirst();
        boolean ran = run.filter(ScanResult.DetectorRun::ran).isPresent();
        String why = run.map(ScanResult.DetectorRun::note)
                .filter(note -> !note.isEmpty())
                .orElse("it was not asked for");
        return new Check(
                "scan",
                SafeText.plain(name, 60),
                ran ? Check.State.PASS : Check.State.UNMEASURED,
                ran ? "the detector ran" : "the detector did not run: " + SafeText.plain(why, 200));
    }

    private static Check campaign(
            Campaign campaign, List<Decision> decisions, GatePolicy policy, LocalDate today, Set<String> used) {
        String key = CampaignKey.of(campaign);
        String what = campaign.id() + " "
                + campaign.severity().name().toLowerCase(Locale.ROOT) + ": "
                + CampaignWords.title(campaign) + ", "
                + Words.count(campaign.rows().size(), "row");
        Optional<GatePolicy.Suppression> suppression = policy.suppressions().stream()
                .filter(entry -> entry.campaign().equals(key))
                .findFirst();
        suppression.ifPresent(_ -> used.add(key));
        if (suppression.isPresent() && !suppression.get().expires().isBefore(today)) {
            return new Check(
                    "review",
                    key,
                    Check.State.PASS,
                    what + "; suppressed until " + suppression.get().expires() + " by "
                            + SafeText.plain(suppression.get().owner(), 60) + ": "
                            + SafeText.plain(suppression.get().reason(), 200),
                    suppression);
        }
        String expired = suppression.isPresent()
                ? "; its suppression expired on " + suppression.get().expires()
                : "";
        if (policy.review().isEmpty()) {
            return new Check("review", key, Check.State.FAIL, what + expired);
        }
        Standing standing = Standing.of(
                decisions, true, key, campaign.severity(), policy.review().get());
        return switch (standing.state()) {
            case OPEN -> new Check("review", key, Check.State.PENDING, what + "; nobody has decided" + expired);
            case WAITING ->
                new Check(
                        "review",
                        key,
                        Check.State.PENDING,
                        what + "; " + standing.voices().size() + " of " + standing.needed() + " people have decided"
                                + expired);
            case DISPUTED -> new Check("review", key, Check.State.PENDING, what + "; the reviewers disagree" + expired);
            case DECIDED -> decided(key, what, standing.kind().orElseThrow());
        };
    }

    private static Check decided(String key, String what, Decision.Kind kind) {
        return kind == Decision.Kind.REJECT
                ? new Check("review", key, Check.State.PASS, what + "; rejected as a false alarm")
                : new Check(
                        "review",
                        key,
                        Check.State.FAIL,
                        what + "; decided: " + DecisionLog.word(kind)
                                + ", and its rows are in the data: bezoar apply takes them out");
    }

    /// The worst answer.
    public Check.State state() {
        return checks.stream()
                .map(Check::state)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Check.State.UNMEASURED);
    }

    /// May the data be trained on?
    public boolean open() {
        return state() == Check.State.PASS;
    }
}
