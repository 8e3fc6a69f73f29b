package io.bezoar.app.crawl;

import io.bezoar.app.ledger.Answer;
import io.bezoar.app.ledger.Place;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.Words;
import io.bezoar.crawl.Problem;
import io.bezoar.crawl.Snapshot;
import io.bezoar.crawl.SnapshotFile;
import io.bezoar.crawl.Taking;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.ledger.Delivery;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar crawl snapshot`: remembers what was seen.
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes digests and sketches of all pages of a crawl, to check later crawls against.",
        footer = {
            "",
            "Examples:",
            "  bezoar crawl snapshot march.warc.gz --to march.views",
            "  bezoar crawl snapshot train.jsonl --seen-at 2026-03-01T00:00:00Z --to march.views",
            "        JSON lines with url and text, or url and sha256",
            "  bezoar crawl snapshot wiki.warc.gz --open-to-edits wikipedia.org --to wiki.views",
            "  bezoar crawl snapshot march.warc.gz --to march.views --stream crawl --key alice",
            "        the same, and a batch of the ledger"
        })
final class SnapshotVerb implements Callable<Integer> {
    private static final int TOLD = 5;
    private static final int INCOMPLETE = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "WARC files, lists in JSON lines, or folders.")
    private List<Path> data = List.of();

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The snapshot.")
    private Path to = Path.of("crawl.views");

    @Option(names = "--seen-at", paramLabel = "TIME", description = "When the pages of a list were seen.")
    private Optional<String> seenAt = Optional.empty();

    @Option(
            names = "--open-to-edits",
            paramLabel = "DOMAIN",
            split = ",",
            description = "Domains whose pages anybody may edit: their Last-Modified dates the last edit.")
    private List<String> open = List.of();

    @Option(names = "--suffixes", paramLabel = "FILE", description = "A newer public suffix list.")
    private Optional<Path> suffixes = Optional.empty();

    @Option(names = "--stream", paramLabel = "NAME", description = "Add the snapshot to this stream of the ledger.")
    private Optional<String> stream = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "Key of who adds it.")
    private Optional<String> key = Optional.empty();

    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() throws IOException {
        if (stream.isPresent() != key.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--stream and --key belong together");
        }
        OutputPlace.file(
                to,
                "--to",
                Stream.concat(CrawlFiles.files(data).stream(), suffixes.stream())
                        .map(Path::toString)
                        .toList());
        PublicSuffixes list = CrawlFiles.suffixes(suffixes);
        Taking taking = CrawlFiles.take(data, time(), new TreeSet<>(open), list);
        Snapshot snapshot = taking.snapshot();
        if (snapshot.views().isEmpty()) {
            throw new Unusable("expected pages, came none"
                    + taking.problems().stream()
                            .findFirst()
                            .map(first -> "; of " + first.file() + " at " + first.at() + ": " + first.words())
                            .orElse("; name WARC files with responses, or lists"));
        }
        write(snapshot);
        Answer answer = new Answer("bezoar.crawl-snapshot-taken/1")
                .line("Snapshot", Words.count(snapshot.views().size(), "page") + " into " + to)
                .field("views", snapshot.views().size())
                .field("sha256", snapshot.digest().hex())
                .field("skipped", taking.skipped())
                .field("problems", taking.problemCount())
                .field("incomplete", new JsonValue.Truth(taking.incomplete()));
        if (taking.skipped() > 0) {
            answer.line("No pages", Words.count(taking.skipped(), "record") + ": requests, redirects, errors");
        }
        if (taking.problemCount() > 0) {
            answer.line("Left out", Words.count(taking.problemCount(), "record") + " that could not be taken:");
            taking.problems().stream().limit(TOLD).forEach(problem -> answer.line("", words(problem)));
        }
        if (stream.isPresent()) {
            log(stream.get(), key.orElseThrow(), answer);
        }
        answer.print(spec, place.json());
        if (taking.incomplete()) {
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": incomplete: a file could not be read to its end");
            return INCOMPLETE;
        }
        return 0;
    }

    private static String words(Problem problem) {
        return problem.file() + " at " + problem.at() + ": " + problem.words()
                + (problem.rest() ? "; the rest of the file is lost" : "");
    }

    private Optional<Instant> time() {
        try {
            return seenAt.map(Instant::parse);
        } catch (DateTimeException _) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seen-at must be a time such as 2026-03-01T00:00:00Z, not \"" + seenAt.orElse("") + "\"");
        }
    }

    /// Writes the file aside, then in one step into its place.
    private void write(Snapshot snapshot) throws IOException {
        Path whole = to.toAbsolutePath();
        Path aside = whole.resolveSibling("." + whole.getFileName() + ".aside");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside), 1 << 16)) {
                SnapshotFile.write(snapshot, out);
            }
            Files.move(aside, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private void log(String name, String author, Answer answer) throws IOException {
        Ledger ledger = place.open();
        try (ExecutorService workers = Executors.newSingleThreadExecutor();
                InputStream rows = Files.newInputStream(to)) {
            Ledger.Added added = ledger.add(
                    Delivery.of(name, String.valueOf(to.getFileName()), place.key(author)),
                    rows,
                    place.logKey(),
                    workers);
            answer.line("Batch", added.batch().manifest().name() + " of the ledger")
                    .field("batch", added.batch().manifest().name());
        }
    }
}
