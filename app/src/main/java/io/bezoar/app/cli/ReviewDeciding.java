package io.bezoar.app.cli;

import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Withholding;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.AnnotationFiles;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Person;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The steps of `bezoar review` that add to the log of decisions.
final class ReviewDeciding {
    private ReviewDeciding() {}

    /// What every decision needs.
    static final class Voice {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Option(
                names = "--reviewer",
                paramLabel = "NAME",
                description = "Who decides (default: $BEZOAR_REVIEWER, else the name of the user).")
        private Optional<String> reviewer = Optional.empty();

        @CommandLine.Mixin
        private LedgerOptions ledger = new LedgerOptions();

        String reviewer() {
            return Review.named(reviewer.orElseGet(() -> {
                String named = System.getenv("BEZOAR_REVIEWER");
                return named == null || named.isBlank() ? System.getProperty("user.name") : named;
            }));
        }
    }

    private static void decide(
            Review review,
            Voice voice,
            Decision.Subject subject,
            Decision.Kind kind,
            Optional<String> label,
            ScanResult result)
            throws IOException {
        Instant now = review.now();
        Optional<JoinedLedger> joined = review.joined(voice.ledger);
        DecisionLog decided = DecisionLog.append(
                review.decisions(),
                log -> Review.valid(() -> new Decision(
                        log.decisions().size() + 1L,
                        now,
                        voice.reviewer(),
                        subject,
                        kind,
                        label,
                        Optional.empty(),
                        voice.reason,
                        AnnotationFiles.dataSet(result))));
        review.state(joined, decided, 1);
        review.tell(decided);
    }

    /// `bezoar review accept|reject|quarantine ID`.
    @Command(mixinStandardHelpOptions = true)
    static final class Decide implements Callable<Integer> {
        private final Review review;
        private final Decision.Kind kind;

        @Parameters(paramLabel = "ID", description = "Id or key of a campaign, or id of a row.")
        private String id = "";

        @CommandLine.Mixin
        private Voice voice = new Voice();

        Decide(Review review, Decision.Kind kind) {
            this.review = review;
            this.kind = kind;
        }

        @Override
        public Integer call() throws IOException {
            ScanResult result = review.result();
            decide(review, voice, Review.subject(result, id), kind, Optional.empty(), result);
            return ExitCode.PASS;
        }
    }

    /// `bezoar review relabel ID --label LABEL`.
    @Command(
            name = "relabel",
            mixinStandardHelpOptions = true,
            description = "The rows are honest but carry the wrong label.")
    static final class Relabel implements Callable<Integer> {
        private final Review review;

        @Parameters(paramLabel = "ID", description = "Id or key of a campaign, or id of a row.")
        private String id = "";

        @Option(names = "--label", required = true, paramLabel = "LABEL", description = "The right label.")
        private String label = "";

        @CommandLine.Mixin
        private Voice voice = new Voice();

        Relabel(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException {
            ScanResult result = review.result();
            boolean known = result.dataSet().targets().isEmpty()
                    || result.dataSet().targets().stream()
                            .map(Campaign.Count::name)
                            .anyMatch(name -> name.equals(label) || Withholding.is(name));
            if (!known) {
                throw new BadInput("expected a label that the data have, came \"" + SafeText.plain(label, 100) + "\"");
            }
            decide(review, voice, Review.subject(result, id), Decision.Kind.RELABEL, Optional.of(label), result);
            return ExitCode.PASS;
        }
    }

    /// `bezoar review undo NUMBER`.
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = "Takes a decision of one's own back; both stay in the log.")
    static final class Undo implements Callable<Integer> {
        private final Review review;

        @Parameters(paramLabel = "NUMBER", description = "Number of the decision.")
        private long number;

        @CommandLine.Mixin
        private Voice voice = new Voice();

        Undo(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException {
            Instant now = review.now();
            Optional<JoinedLedger> joined = review.joined(voice.ledger);
            DecisionLog decided = DecisionLog.append(review.decisions(), log -> {
                Decision undone = log.decisions().stream()
                        .filter(decision -> decision.sequence() == number && decision.kind() != Decision.Kind.UNDO)
                        .findFirst()
                        .orElseThrow(() -> new BadInput("expected the number of a decision, came " + number
                                + "; the log has " + Words.count(log.decisions().size(), "decision")));
                log.decisions().stream()
                        .filter(decision -> decision.undoes().equals(Optional.of(number)))
                        .findFirst()
                        .ifPresent(before -> {
                            throw new BadInput("expected the number of a decision that stands, came " + number
                                    + ", which no. " + before.sequence() + " took back");
                        });
                if (!Person.key(undone.reviewer()).equals(Person.key(voice.reviewer()))) {
                    throw new BadInput("expected " + SafeText.plain(undone.reviewer(), 60)
                            + " to take back a decision of their own, came "
                            + SafeText.plain(voice.reviewer(), 60) + "; decide otherwise instead");
                }
                return Review.valid(() -> new Decision(
                        log.decisions().size() + 1L,
                        now,
                        voice.reviewer(),
                        undone.subject(),
                        Decision.Kind.UNDO,
                        Optional.empty(),
                        Optional.of(number),
                        voice.reason,
                        undone.dataSet()));
            });
            review.state(joined, decided, 1);
            review.tell(decided);
            return ExitCode.PASS;
        }
    }
}
