package io.bezoar.app.crawl;

import io.bezoar.app.report.ScoresFile;
import io.bezoar.app.report.Words;
import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Verdict;
import io.bezoar.crawl.Check;
import io.bezoar.crawl.Concentration;
import io.bezoar.crawl.Judgement;
import io.bezoar.crawl.Snapshot;
import io.bezoar.crawl.Techniques;
import io.bezoar.crawl.View;
import io.bezoar.crawl.address.PublicSuffixes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A check of a crawl in the form of a scan's result: pages are rows, pages of one owner with one doubt
/// are a campaign.
final class CrawlResult {
    static final String SPLIT_VIEW = "split-view";
    static final String FRONTRUNNING = "frontrunning";
    static final String CONCENTRATION = "source-concentration";

    /// Columns of `scores.csv` after the first four.
    static final List<String> COLUMNS = List.of(SPLIT_VIEW, FRONTRUNNING);

    private static final int MOST_FINDINGS = 1_000;
    private static final int MOST_CAMPAIGNS = 200;
    private static final int LEAST_PAGES = 2;
    private static final double LARGE_SHARE = 0.1;
    private static final double GROWTH = 2;
    private static final int LONGEST = 500;

    private final Check check;
    private final Snapshot first;
    private final Snapshot now;
    private final PublicSuffixes suffixes;
    private final boolean later;
    private final List<Campaign> campaigns;
    private final Map<Judgement, String> campaignOf = new IdentityHashMap<>();

    CrawlResult(Check check, Snapshot first, Snapshot now, PublicSuffixes suffixes, boolean later) {
        this.check = check;
        this.first = first;
        this.now = now;
        this.suffixes = suffixes;
        this.later = later;
        this.campaigns = campaigns();
    }

    /// Writes one line a page.
    void scores(ScoresFile file) throws IOException {
        for (Judgement each : check.judgements()) {
            file.row(
                    each.now().id(),
                    new Verdict(each.score(), each.action(), Optional.ofNullable(campaignOf.get(each))),
                    new double[] {each.splitViewScore(), each.frontrunScore()});
        }
    }

    /// The whole result.
    ScanResult result(List<ScanResult.DataFile> files) {
        List<Judgement> said = check.judgements().stream()
                .filter(each -> each.severity().isPresent())
                .sorted(Comparator.comparingDouble(Judgement::score)
                        .reversed()
                        .thenComparing(each -> each.now().address().text()))
                .toList();
        Map<View, Integer> lines = new IdentityHashMap<>();
        for (int i = 0; i < now.views().size(); i++) {
            lines.put(now.views().get(i), i + 2);
        }
        return new ScanResult(
                new ScanResult.DataSet(
                        files,
                        check.judgements().size(),
                        0,
                        List.of(),
                        0,
                        "address -> page",
                        Map.of(),
                        List.of(),
                        "the id of the list, else the address"),
                detectors(),
                notChecked(),
                campaigns,
                said.stream()
                        .limit(MOST_FINDINGS)
                        .map(each -> finding(each, lines.getOrDefault(each.now(), 1)))
                        .toList(),
                Math.max(0, said.size() - MOST_FINDINGS),
                remarks(),
                new ScanResult.Flagged(
                        check.actions().getOrDefault(Action.REVIEW, 0L),
                        check.actions().getOrDefault(Action.QUARANTINE, 0L)));
    }

    private Finding finding(Judgement each, int line) {
        return new Finding(
                each.now().id(),
                new Position(0, line, 0, 0),
                each.severity().orElse(Severity.LOW),
                each.score(),
                each.action(),
                Optional.ofNullable(campaignOf.get(each)),
                cut(each.now().address().text()),
                "",
                evidence(each));
    }

    private static List<Evidence> evidence(Judgement each) {
        List<Evidence> evidence = new ArrayList<>();
        each.splitViewReason().ifPresent(reason -> evidence.add(new Evidence(SPLIT_VIEW, reason, List.of())));
        each.frontrunReason().ifPresent(reason -> evidence.add(new Evidence(FRONTRUNNING, reason, List.of())));
        return evidence;
    }

    private static String cut(String text) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length()))));
    }

    private record Doubt(String detector, String title, String domain) {}

    private List<Campaign> campaigns() {
        Map<Doubt, List<Judgement>> groups = new HashMap<>();
        Map<String, Long> all = new TreeMap<>();
        for (Judgement each : check.judgements()) {
            all.merge(each.domain(), 1L, Long::sum);
            if (each.action() != Action.KEEP) {
                groups.computeIfAbsent(doubt(each), _ -> new ArrayList<>()).add(each);
            }
        }
        Comparator<Map.Entry<Doubt, List<Judgement>>> order = Comparator.comparingDouble(each ->
                -each.getValue().stream().mapToDouble(Judgement::score).max().orElse(0));
        List<Map.Entry<Doubt, List<Judgement>>> worst = groups.entrySet().stream()
                .filter(each -> each.getValue().size() >= LEAST_PAGES)
                .sorted(order.thenComparing(each -> -each.getValue().size())
                        .thenComparing(each -> each.getKey().domain())
                        .thenComparing(each -> each.getKey().title()))
                .limit(MOST_CAMPAIGNS)
                .toList();
        List<Campaign> told = new ArrayList<>();
        for (Map.Entry<Doubt, List<Judgement>> each : worst) {
            String id = "C" + (told.size() + 1);
            each.getValue().forEach(page -> campaignOf.put(page, id));
            told.add(campaign(
                    id,
                    each.getKey(),
                    each.getValue(),
                    all.getOrDefault(each.getKey().domain(), 0L)));
        }
        return told;
    }

    private static Doubt doubt(Judgement each) {
        return each.splitViewScore() >= each.frontrunScore()
                ? new Doubt(
                        SPLIT_VIEW,
                        "pages changed since the first view, and "
                                + each.standing().words() + " (" + String.join(", ", each.techniques()) + ")",
                        each.domain())
                : new Doubt(FRONTRUNNING, each.edit().words() + " (" + Techniques.DATA + ")", each.domain());
    }

    private static Campaign campaign(String id, Doubt doubt, List<Judgement> pages, long all) {
        Map<String, Long> days = new TreeMap<>();
        pages.forEach(each -> days.merge(each.now().seen().toString().substring(0, 10), 1L, Long::sum));
        double worst = pages.stream().mapToDouble(Judgement::score).max().orElse(0);
        return new Campaign(
                id,
                new Candidate(
                        doubt.detector(),
                        Candidate.Kind.BURST,
                        doubt.title(),
                        Optional.empty(),
                        Optional.empty(),
                        worst,
                        new long[0]),
                Severity.MEDIUM,
                pages.stream().map(each -> each.now().id()).toList(),
                new Campaign.Table(pages.size(), all - pages.size(), 0, 0),
                List.of(new Campaign.Count(doubt.domain(), pages.size(), all)),
                List.of(),
                days.entrySet().stream()
                        .map(day -> new Campaign.Count(day.getKey(), day.getValue(), day.getValue()))
                        .toList(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(
                        doubt.detector().equals(SPLIT_VIEW)
                                ? "It is a false alarm if the owner is the same person as before, or the page was made"
                                        + " anew."
                                : "It is a false alarm if the edits are honest and would have stood."));
    }

    private static List<ScanResult.DetectorRun> detectors() {
        return List.of(
                detector(
                        SPLIT_VIEW,
                        "pages that are no longer what was seen at first, and whose owner changed",
                        String.join(" ", Techniques.DOMAINS, Techniques.DATA, Techniques.PUBLISHED)),
                detector(FRONTRUNNING, "pages edited just before they were taken", Techniques.DATA),
                detector(CONCENTRATION, "owners who hold a large share of the crawl", Techniques.DATA));
    }

    private static ScanResult.DetectorRun detector(String name, String purpose, String techniques) {
        return new ScanResult.DetectorRun(name, purpose, Map.of("atlas", techniques), true, "");
    }

    private List<String> notChecked() {
        List<String> words = new ArrayList<>();
        long domains =
                check.unknown().values().stream().mapToLong(Long::longValue).sum();
        if (domains > 0) {
            words.add("Of " + Words.count(domains, "domain") + " with changed pages it is not known whose they are: "
                    + String.join(
                            "; ",
                            check.unknown().entrySet().stream()
                                    .map(each -> each.getKey() + " (" + Words.count(each.getValue()) + ")")
                                    .toList())
                    + ".");
        }
        if (check.added() > 0) {
            words.add(Words.count(check.added(), "page") + " were not there at first; nothing says whose they were.");
        }
        if (!later) {
            words.add("Whether recent edits still stand: there is no later view (--later).");
        }
        return words;
    }

    private List<Remark> remarks() {
        Concentration before = Concentration.of(first, suffixes);
        Concentration current = Concentration.of(now, suffixes);
        List<Remark> remarks = new ArrayList<>();
        if (check.contradicted() > 0) {
            remarks.add(new Remark(
                    SPLIT_VIEW,
                    Severity.MEDIUM,
                    Words.count(check.contradicted(), "page")
                            + (check.contradicted() == 1 ? " names" : " name")
                            + " the digest of the first view, but the text does not show that nothing changed; a digest"
                            + " beside a text that it is not made of was not trusted (MITRE ATLAS " + Techniques.DATA
                            + ")."));
        }
        for (Concentration.Owner owner : current.owners()) {
            double share = current.share(owner);
            if (share < LARGE_SHARE) {
                break;
            }
            double earlier = before.share(owner.domain());
            boolean grew = share >= GROWTH * earlier;
            remarks.add(new Remark(
                    CONCENTRATION,
                    grew ? Severity.MEDIUM : Severity.LOW,
                    // a host has no characters but letters, digits, hyphens and points
                    owner.domain() + " holds " + Words.percent(share) + " of the words, at first "
                            + Words.percent(earlier) + " (MITRE ATLAS " + Techniques.DATA + ")."));
        }
        return remarks;
    }
}
