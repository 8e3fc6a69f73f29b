package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.CampaignWords;
import io.bezoar.app.report.Explanation;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.AnnotationFiles;
import io.bezoar.app.review.CampaignKey;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Standing;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The steps of `bezoar review` that show and change nothing.
final class ReviewReading {
    private ReviewReading() {}

    /// `bezoar review list`.
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the campaigns and where each stands.")
    static final class ListAll implements Callable<Integer> {
        private final Review review;

        ListAll(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException {
            ScanResult result = review.result();
            DecisionLog log = DecisionLog.read(review.decisions());
            if (review.json()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Json.write(bytes, out -> list(out, result, log));
                review.print(bytes.toString(StandardCharsets.UTF_8));
                return ExitCode.PASS;
            }
            TerminalText text = review.text();
            for (Campaign campaign : result.campaigns()) {
                text.entry(
                        campaign.id() + " " + DecisionLog.word(campaign.severity()),
                        TerminalText.Style.of(campaign.severity()),
                        CampaignWords.title(campaign) + ", "
                                + Words.count(campaign.rows().size(), "row") + "; "
                                + words(standing(log, campaign)),
                        13,
                        TerminalText.Style.PLAIN);
            }
            if (result.campaigns().isEmpty()) {
                text.line("The scan found no campaign; there is nothing to decide.", TerminalText.Style.PLAIN);
            }
            review.print(text);
            return ExitCode.PASS;
        }
    }

    private static Standing standing(DecisionLog log, Campaign campaign) {
        return Standing.of(
                log.decisions(), true, CampaignKey.of(campaign), campaign.severity(), Standing.Quorum.DEFAULT);
    }

    private static String words(Standing standing) {
        String voices = standing.voices().values().stream()
                .map(voice -> SafeText.plain(voice.reviewer(), 40) + ": " + DecisionLog.word(voice.kind()))
                .collect(Collectors.joining(", "));
        return switch (standing.state()) {
            case OPEN -> "nobody has decided";
            case WAITING ->
                "waits for " + Words.count(standing.needed() - standing.voices().size(), "more voice") + " (" + voices
                        + ")";
            case DISPUTED -> "disputed (" + voices + ")";
            case DECIDED -> "decided: " + DecisionLog.word(standing.kind().orElseThrow()) + " (" + voices + ")";
        };
    }

    private static void list(JsonGenerator json, ScanResult result, DecisionLog log) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.review/1");
        json.writeStringField("log", log.digest());
        json.writeArrayFieldStart("campaigns");
        for (Campaign campaign : result.campaigns()) {
            Standing standing = standing(log, campaign);
            json.writeStartObject();
            json.writeStringField("id", campaign.id());
            json.writeStringField("key", CampaignKey.of(campaign));
            json.writeStringField("severity", DecisionLog.word(campaign.severity()));
            json.writeNumberField("rows", campaign.rows().size());
            json.writeStringField("state", DecisionLog.word(standing.state()));
            json.writeNumberField("needed", standing.needed());
            json.writeObjectFieldStart("voices");
            for (Map.Entry<String, Decision> voice : standing.voices().entrySet()) {
                json.writeStringField(
                        voice.getValue().reviewer().strip().toLowerCase(Locale.ROOT),
                        DecisionLog.word(voice.getValue().kind()));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// `bezoar review show ID`.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows everything known about a campaign or row, and what was decided.")
    static final class Show implements Callable<Integer> {
        private final Review review;

        @Parameters(paramLabel = "ID", description = "Id of a campaign or row.")
        private String id = "";

        Show(Review review) {
            this.review = review;
        }

        @Override
        public Integer call() throws IOException, Explanation.UnknownId {
            ScanResult result = review.result();
            String shown = Review.campaign(result, id).map(Campaign::id).orElse(id);
            Terminal terminal = review.terminal();
            Explanation explanation = Explanation.of(review.out(), shown);
            review.print(review.json() ? explanation.json() : explanation.text(terminal.width(), terminal.colour()));
            if (!review.json()) {
                Decision.Subject subject = Review.subject(result, id);
                TerminalText text = review.text();
                text.blank();
                String dataSet = AnnotationFiles.dataSet(result);
                DecisionLog.read(review.decisions()).decisions().stream()
                        .filter(decision -> decision.countsFor(dataSet)
                                && decision.subject().campaign() == subject.campaign()
                                && decision.subject().key().equals(subject.key()))
                        .forEach(decision -> text.entry(
                                "No. " + decision.sequence(),
                                TerminalText.Style.FAINT,
                                Review.line(decision),
                                13,
                                TerminalText.Style.PLAIN));
                review.print(text);
            }
            return ExitCode.PASS;
        }
    }
}
