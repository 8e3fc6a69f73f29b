package io.bezoar.app.crawl;

import io.bezoar.app.ledger.Answer;
import io.bezoar.app.ledger.Place;
import io.bezoar.app.report.FindingsFile;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.ScoresFile;
import io.bezoar.app.report.Words;
import io.bezoar.core.Action;
import io.bezoar.core.Policy;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.crawl.Change;
import io.bezoar.crawl.Check;
import io.bezoar.crawl.Edit;
import io.bezoar.crawl.Snapshot;
import io.bezoar.crawl.View;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.registry.Bootstrap;
import io.bezoar.crawl.registry.Limits;
import io.bezoar.crawl.registry.Pace;
import io.bezoar.crawl.registry.Rdap;
import io.bezoar.crawl.registry.RdapCache;
import io.bezoar.crawl.registry.Registry;
import io.bezoar.ledger.Deed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar crawl verify`: what changed since the first view, whose is it now, and was it edited just in
/// time?
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges each page of a crawl by what changed since its first view.",
        footer = {
            "",
            "Examples:",
            "  bezoar crawl verify march.views july.views",
            "        nobody is asked; owners of changed pages are unknown",
            "  bezoar crawl verify march.views july.views --rdap dns.json",
            "        asks registries about the domains of changed pages; dns.json is",
            "        https://data.iana.org/rdap/dns.json",
            "  bezoar crawl verify march.views july.views --later august.views",
            "        did edits made just before july still stand in august?",
            "",
            "The result has the form of a scan's: scores.csv, findings.json, run.json.",
            "Exit codes: 0 pass; 1 findings at or above --fail-on; 2 bad input or usage;",
            "5 a snapshot was changed."
        })
final class VerifyVerb implements Callable<Integer> {
    /// The kind of the statement; `docs/formats/crawl.md`.
    private static final String STATEMENT = "https://bezoar.io/attestations/crawl-check/v1";

    private static final int VIOLATED = 1;
    private static final List<String> NAMES = List.of("scores.csv", "findings.json", "run.json");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FIRST", description = "Snapshot of the first view.")
    private Path first = Path.of("first.views");

    @Parameters(index = "1", paramLabel = "NOW", description = "Snapshot of the crawl to judge.")
    private Path now = Path.of("now.views");

    @Option(names = "--later", paramLabel = "SNAPSHOT", description = "The same addresses, fetched again later.")
    private Optional<Path> later = Optional.empty();

    @Option(
            names = "--rdap",
            paramLabel = "FILE",
            description = "Ask registries by RDAP; the file says which (default: nobody is asked).")
    private Optional<Path> rdap = Optional.empty();

    @Option(
            names = "--rdap-cache",
            paramLabel = "DIR",
            defaultValue = "bezoar-rdap",
            description = "Folder of answers, kept a week (default: ${DEFAULT-VALUE}).")
    private Path cache = Path.of("bezoar-rdap");

    @Option(
            names = "--rdap-pause",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Least time between two questions to a registry (default: ${DEFAULT-VALUE}).")
    private double pause = 1;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = "PT24H",
            description = "Edits younger than this are never taken (default: ${DEFAULT-VALUE}).")
    private String hold = "PT24H";

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "P14D",
            description = "Edits younger than this are taken if they stand in --later (default: ${DEFAULT-VALUE}).")
    private String settle = "P14D";

    @Option(names = "--suffixes", paramLabel = "FILE", description = "A newer public suffix list.")
    private Optional<Path> suffixes = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "bezoar-crawl",
            paramLabel = "DIR",
            description = "Folder of the result (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-crawl");

    @Option(
            names = "--fail-on",
            defaultValue = "never",
            paramLabel = "LEVEL",
            description = "Exit with 1 on findings of this severity: never, low or medium (default: ${DEFAULT-VALUE}).")
    private String failOn = "never";

    @Option(names = "--key", paramLabel = "KEY", description = "State the outcome in the ledger, signed with this key.")
    private Optional<String> key = Optional.empty();

    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        long began = System.nanoTime();
        Policy policy = policy();
        Edit.Rules rules = rules();
        PublicSuffixes list = CrawlFiles.suffixes(suffixes);
        Snapshot before = CrawlFiles.snapshot(first);
        Snapshot current = CrawlFiles.snapshot(now);
        Optional<Snapshot> after = later.isPresent() ? Optional.of(CrawlFiles.snapshot(later.get())) : Optional.empty();
        Check check = check(before, current, after, list, rules);
        CrawlResult crawl = new CrawlResult(check, before, current, list, later.isPresent());
        ScanResult result = crawl.result(files());
        try (OutputFolder folder = OutputFolder.open(out, NAMES)) {
            try (ScoresFile scores = new ScoresFile(folder.file("scores.csv"), CrawlResult.COLUMNS)) {
                crawl.scores(scores);
            }
            RunRecord run = record(start, (System.nanoTime() - began) / 1e9);
            folder.write("findings.json", stream -> FindingsFile.write(result, run, stream));
            folder.write("run.json", stream -> CrawlRun.write(result, run, folder.digests(), stream));
            folder.commit();
        }
        Answer answer = answer(check, result);
        if (key.isPresent()) {
            SigningKey signer = place.key(key.get());
            Deed deed = place.open()
                    .state(List.of(statement(check, result.dataSet().files())), List.of(signer), place.logKey());
            answer.line("Stated", "entry " + deed.entry() + " of the ledger").field("entry", deed.entry());
        }
        answer.print(spec, place.json());
        return policy.decide(result).open() ? 0 : VIOLATED;
    }

    private Check check(
            Snapshot before, Snapshot current, Optional<Snapshot> after, PublicSuffixes list, Edit.Rules rules)
            throws IOException {
        if (rdap.isEmpty()) {
            return Check.of(before, current, after, Registry.NOBODY, list, rules);
        }
        Bootstrap bootstrap = CrawlFiles.bootstrap(rdap.get());
        Limits limits = Limits.DEFAULT.every(Duration.ofMillis(Math.round(1000 * Math.max(0, pause))));
        Instant fetched =
                current.views().stream().map(View::seen).max(Instant::compareTo).orElse(Instant.MIN);
        try (Rdap registry = new Rdap(bootstrap, new RdapCache(cache), limits, Pace.system(), fetched)) {
            return Check.of(before, current, after, registry, list, rules);
        }
    }

    /// What the check found, about the snapshot that was judged.
    private static Statement statement(Check check, List<ScanResult.DataFile> files) {
        return new Statement(
                List.of(new Statement.Subject(
                        files.getFirst().name(),
                        Map.of("sha256", files.getFirst().sha256()))),
                STATEMENT,
                new JsonValue.Building()
                        .with(
                                "first",
                                new JsonValue.Building()
                                        .with("sha256", files.getLast().sha256())
                                        .done())
                        .with("pages", check.judgements().size())
                        .with("identical", check.count(Change.Kind.IDENTICAL))
                        .with("nearDuplicate", check.count(Change.Kind.NEAR_DUPLICATE))
                        .with("different", check.count(Change.Kind.DIFFERENT))
                        .with("new", check.added())
                        .with("gone", check.gone())
                        .with("review", check.actions().getOrDefault(Action.REVIEW, 0L))
                        .with("quarantine", check.actions().getOrDefault(Action.QUARANTINE, 0L))
                        .done());
    }

    private Answer answer(Check check, ScanResult result) {
        long quarantine = check.actions().getOrDefault(Action.QUARANTINE, 0L);
        long review = check.actions().getOrDefault(Action.REVIEW, 0L);
        Answer answer = new Answer("bezoar.crawl-verify/1")
                .line(
                        "Read",
                        Words.count(check.judgements().size(), "page") + ": "
                                + Words.count(check.count(Change.Kind.IDENTICAL)) + " identical, "
                                + Words.count(check.count(Change.Kind.NEAR_DUPLICATE)) + " nearly, "
                                + Words.count(check.count(Change.Kind.DIFFERENT)) + " different, "
                                + Words.count(check.added()) + " new; "
                                + Words.count(check.gone()) + " of the first view are gone")
                .line(
                        "Verdict",
                        "Keep " + Words.count(quarantine, "page") + " out of training and look at "
                                + Words.count(review, "page") + ".");
        result.campaigns().stream()
                .limit(3)
                .forEach(campaign -> answer.line(
                        campaign.id(),
                        Words.count(campaign.rows().size(), "page") + " of "
                                + campaign.sources().getFirst().name() + ": "
                                + campaign.candidate().title()));
        result.remarks().forEach(remark -> answer.line("Remark", remark.text()));
        result.notChecked().forEach(words -> answer.line("Not checked", words));
        return answer.line("Result", out.resolve("findings.json") + ", " + out.resolve("scores.csv"))
                .field("pages", check.judgements().size())
                .field("identical", check.count(Change.Kind.IDENTICAL))
                .field("nearDuplicate", check.count(Change.Kind.NEAR_DUPLICATE))
                .field("different", check.count(Change.Kind.DIFFERENT))
                .field("contradicted", check.contradicted())
                .field("new", check.added())
                .field("gone", check.gone())
                .field("domainsAsked", check.asked())
                .field("review", review)
                .field("quarantine", quarantine);
    }

    private List<ScanResult.DataFile> files() throws IOException {
        return List.of(CrawlRun.file(now), CrawlRun.file(first));
    }

    private Policy policy() {
        if (failOn.equals("never")) {
            return new Policy(Optional.empty());
        }
        return Arrays.stream(Severity.values())
                .filter(severity -> severity != Severity.HIGH
                        && severity.name().toLowerCase(Locale.ROOT).equals(failOn))
                .findFirst()
                .map(severity -> new Policy(Optional.of(severity)))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--fail-on must be never, low or medium, not \"" + failOn + "\""));
    }

    private Edit.Rules rules() {
        try {
            return new Edit.Rules(Duration.parse(hold), Duration.parse(settle));
        } catch (DateTimeException | IllegalArgumentException _) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--hold and --settle must be times such as PT24H and P14D, the second not the shorter");
        }
    }

    private RunRecord record(Instant start, double seconds) {
        return CrawlRun.record(spec, start, seconds, Map.of("hold", hold, "settle", settle));
    }
}
