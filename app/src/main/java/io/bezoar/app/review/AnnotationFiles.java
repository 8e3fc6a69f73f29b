package io.bezoar.app.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.data.BadInput;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows of campaigns on their way to an annotation tool and back, in the JSON of Argilla and of Label Studio.
///
/// The rows go out blind: text and answer, not what the scan thinks of them. Text is drawn safe, since these tools show
/// what they are given. An answer comes back bound to the row's id and a digest of its text: one for a row that was
/// changed meanwhile is refused.
public final class AnnotationFiles {
    private static final long LARGEST = 256L << 20;
    private static final int SHOWN = 10_000;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private AnnotationFiles() {}

    /// Whose JSON it is.
    public enum Format {
        ARGILLA("argilla"),
        LABEL_STUDIO("label-studio");

        private final String word;

        Format(String word) {
            this.word = word;
        }
    }

    /// One person's answer on one row.
    public record Answer(String row, String reviewer, Decision.Kind kind, Optional<String> label) {}

    /// The format of a name.
    public static Format format(String word) {
        return Arrays.stream(Format.values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "expected --format argilla or label-studio, came \"" + SafeText.plain(word, 40) + "\""));
    }

    /// A digest of the scanned files: SHA-256 over their SHA-256 digests, in order.
    public static String dataSet(ScanResult result) {
        MessageDigest digest = Digest.sha256();
        result.dataSet().files().forEach(file -> digest.update(file.sha256().getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Writes the shown rows of all campaigns, each once; returns how many.
    public static int write(ScanResult result, Format format, OutputStream out) throws IOException {
        ArrayNode records = MAPPER.createArrayNode();
        Map<String, Campaign.Sample> rows = rows(result);
        rows.forEach((id, row) -> {
            ObjectNode record = records.addObject();
            ObjectNode fields = record.putObject(format == Format.ARGILLA ? "fields" : "data");
            fields.put("input", SafeText.plain(row.input(), SHOWN));
            fields.put("answer", SafeText.plain(row.target(), SHOWN));
            ObjectNode bound = format == Format.ARGILLA ? record.putObject("metadata") : fields;
            bound.put("row", id);
            bound.put("row_digest", digest(row));
            if (format == Format.ARGILLA) {
                record.put("external_id", id);
            }
        });
        out.write(MAPPER.writeValueAsBytes(records));
        out.write('\n');
        return rows.size();
    }

    private static Map<String, Campaign.Sample> rows(ScanResult result) {
        Map<String, Campaign.Sample> rows = new LinkedHashMap<>();
        result.campaigns().forEach(campaign -> campaign.examples().forEach(row -> rows.putIfAbsent(row.id(), row)));
        return rows;
    }

    private static String digest(Campaign.Sample row) {
        MessageDigest digest = Digest.sha256();
        digest.update(row.input().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(row.target().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Reads the answers in a file.
    ///
    /// @throws BadInput if it is not of the format, or an answer is for a row that is unknown or was changed
    public static List<Answer> read(Path file, Format format, ScanResult result) throws IOException {
        JsonNode root;
        try {
            if (Files.size(file) > LARGEST) {
                throw bad(file, "at most 256 MiB", "more");
            }
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw bad(file, "a file", "none");
        } catch (JsonProcessingException e) {
            throw bad(file, "JSON", "what is none");
        }
        if (!root.isArray()) {
            throw bad(file, "a JSON array of records", "another value");
        }
        Map<String, String> digests = new HashMap<>();
        rows(result).forEach((id, row) -> digests.put(id, digest(row)));
        List<Answer> answers = new ArrayList<>();
        for (JsonNode record : root) {
            JsonNode bound = record.path(format == Format.ARGILLA ? "metadata" : "data");
            String row = bound.path("row").asText();
            if (!bound.path("row_digest").asText().equals(digests.get(row))) {
                throw bad(
                        file,
                        "rows of this scan",
                        "the row “" + SafeText.plain(row, 100) + "”, which it does not show or which was changed");
            }
            switch (format) {
                case ARGILLA -> argilla(file, record, row, answers);
                case LABEL_STUDIO -> labelStudio(file, record, row, answers);
            }
        }
        return answers;
    }

    private static void argilla(Path file, JsonNode record, String row, List<Answer> answers) {
        for (JsonNode response : record.path("responses")) {
            if (response.path("question").asText().equals("decision")) {
                Optional<String> label = Optional.empty();
                for (JsonNode other : record.path("responses")) {
                    if (other.path("question").asText().equals("label")
                            && other.path("user_id").equals(response.path("user_id"))) {
                        label = Optional.of(other.path("value").asText());
                    }
                }
                String value = response.path("value").asText();
                answers.add(answer(file, row, response.path("user_id").asText(), value, label));
            }
        }
    }

    private static void labelStudio(Path file, JsonNode record, String row, List<Answer> answers) {
        for (JsonNode annotation : record.path("annotations")) {
            if (annotation.path("was_cancelled").asBoolean()) {
                continue;
            }
            Optional<String> label = Optional.empty();
            Optional<String> decision = Optional.empty();
            for (JsonNode result : annotation.path("result")) {
                String from = result.path("from_name").asText();
                JsonNode value = result.path("value");
                if (from.equals("decision")) {
                    decision = Optional.of(value.path("choices").path(0).asText());
                } else if (from.equals("label")) {
                    JsonNode text = value.has("choices") ? value.path("choices") : value.path("text");
                    label = Optional.of(text.isArray() ? text.path(0).asText() : text.asText());
                }
            }
            if (decision.isPresent()) {
                JsonNode by = annotation.path("completed_by");
                String reviewer =
                        by.isObject() ? by.path("email").asText(by.path("id").asText()) : by.asText();
                answers.add(answer(file, row, reviewer, decision.get(), label));
            }
        }
    }

    private static Answer answer(Path file, String row, String reviewer, String word, Optional<String> label) {
        Decision.Kind kind = Arrays.stream(Decision.Kind.values())
                .filter(known ->
                        known != Decision.Kind.UNDO && DecisionLog.word(known).equals(word))
                .findFirst()
                .orElseThrow(() -> bad(
                        file,
                        "the decisions accept, reject, quarantine or relabel",
                        "“" + SafeText.plain(word, 60) + "”"));
        if (reviewer.isBlank()) {
            throw bad(file, "a name with every answer", "an answer of nobody");
        }
        return new Answer(row, reviewer, kind, kind == Decision.Kind.RELABEL ? label : Optional.empty());
    }

    private static BadInput bad(Path file, String expected, String came) {
        return new BadInput("expected " + expected + " in " + SafeText.plain(file.toString(), 200) + ", came " + came);
    }
}
