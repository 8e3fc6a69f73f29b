package io.bezoar.app.cli;

import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.AnnotationFiles;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Person;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The steps of `bezoar review` that hand rows to an annotation tool and take its answers.
final class ReviewExchange {
    private ReviewExchange() {}

    /// The file of an annotation tool, and whose it is.
    static final class Exchange {
        @Parameters(paramLabel = "FILE", description = "The annotation tool's file.")
        private Path file = Path.of("review.json");

        @Option(
                names = "--format",
                defaultValue = "argilla",
                paramLabel = "FORMAT",
                description = "argilla or label-studio (default: ${DEFAULT-VALUE}).")
        private String format = "argilla";
    }

    /// `bezoar review export FILE`.
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the campaigns' shown rows for an annotation tool, without our verdict.")
    static final class Export implements Callable<Integer> {
        private final Review review;

        @CommandLine.Mixin
        private Exchange exchange = new Exchange();

        Export(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException {
            AnnotationFiles.Format wanted = AnnotationFiles.format(exchange.format);
            ScanResult result = review.result();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int rows = AnnotationFiles.write(result, wanted, bytes);
            Aside.write(exchange.file, bytes::writeTo);
            review.print(review.text()
                    .line(
                            Words.count(rows, "row") + " in " + SafeText.plain(exchange.file.toString(), 200),
                            TerminalText.Style.PLAIN));
            return ExitCode.PASS;
        }
    }

    /// `bezoar review import FILE`.
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Reads what an annotation tool gives back; every answer becomes a decision on a row.")
    static final class Import implements Callable<Integer> {
        private final Review review;

        @CommandLine.Mixin
        private Exchange exchange = new Exchange();

        @CommandLine.Mixin
        private LedgerOptions ledger = new LedgerOptions();

        Import(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException {
            ScanResult result = review.result();
            Instant now = review.now();
            Optional<JoinedLedger> joined = review.joined(ledger);
            List<AnnotationFiles.Answer> answers =
                    AnnotationFiles.read(exchange.file, AnnotationFiles.format(exchange.format), result);
            String dataSet = AnnotationFiles.dataSet(result);
            int taken = 0;
            DecisionLog before = DecisionLog.read(review.decisions());
            for (AnnotationFiles.Answer answer : answers) {
                boolean known = before.decisions().stream()
                        .anyMatch(decision -> !decision.subject().campaign()
                                && decision.countsFor(dataSet)
                                && decision.subject().key().equals(answer.row())
                                && Person.key(decision.reviewer()).equals(Person.key(answer.reviewer()))
                                && decision.kind() == answer.kind());
                if (!known) {
                    DecisionLog.append(
                            review.decisions(),
                            log -> Review.valid(() -> new Decision(
                                    log.decisions().size() + 1L,
                                    now,
                                    Review.named(answer.reviewer()),
                                    Review.row(result, answer.row()),
                                    answer.kind(),
                                    answer.label(),
                                    Optional.empty(),
                                    "imported from " + exchange.format,
                                    dataSet)));
                    taken++;
                }
            }
            review.state(joined, DecisionLog.read(review.decisions()), taken);
            review.print(review.text()
                    .line(
                            Words.count(taken, "decision") + " taken over, " + Words.count(answers.size() - taken)
                                    + " known before",
                            TerminalText.Style.PLAIN));
            return ExitCode.PASS;
        }
    }
}
