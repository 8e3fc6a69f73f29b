package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `findings.json` says of the scan itself: the data it read and how. Only the beginning of the file is read, so
/// its size does not matter.
///
/// @param settings options that decided the result, by their name on the command line
/// @param files the data, in order
/// @param rows rows that were read
/// @param flagged rows whose action is review or quarantine
public record ScanRecord(Map<String, String> settings, List<DataFile> files, long rows, ScanResult.Flagged flagged) {
    private static final int FILES = 1 << 19;

    public ScanRecord {
        settings = Map.copyOf(settings);
        files = List.copyOf(files);
    }

    /// Reads the record of the scan whose result is in `folder`.
    ///
    /// @throws FindingsReader.UnreadableResult if there is none or it is broken
    public static ScanRecord read(Path folder) throws FindingsReader.UnreadableResult {
        Path file = folder.resolve("findings.json");
        String name = SafeText.plain(file.toString(), 200);
        if (!Files.isRegularFile(file)) {
            throw new FindingsReader.UnreadableResult("expected the result of a scan at " + name
                    + ", found no such file; run bezoar scan first or name its folder with --out");
        }
        if (!Files.isRegularFile(folder.resolve("run.json"))) {
            throw new BrokenResult("expected run.json beside " + name
                    + ", found none: the result was replaced by half; run bezoar scan again");
        }
        try (JsonParser json = Json.factory().createParser(file.toFile())) {
            return new Reader(json).record();
        } catch (JsonProcessingException e) {
            throw new FindingsReader.UnreadableResult(
                    "expected JSON in " + name + ", it is malformed; run bezoar scan again");
        } catch (IllegalArgumentException e) {
            throw new FindingsReader.UnreadableResult(
                    "expected findings in " + name + ", but " + e.getMessage() + "; run bezoar scan again");
        } catch (IOException e) {
            throw new FindingsReader.UnreadableResult("cannot read " + name + "; check its permissions");
        }
    }

    /// Walks through the fields up to `flagged`. Owned by one thread.
    private static final class Reader {
        private final JsonParser json;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<DataFile> files = new ArrayList<>();
        private String schema = "";
        private long rows = -1;
        private long review = -1;
        private long quarantine = -1;

        Reader(JsonParser json) {
            this.json = json;
        }

        ScanRecord record() throws IOException {
            expect(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
            while (quarantine < 0 && json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "schema" -> schema = text();
                    case "settings" -> settings();
                    case "dataSet" -> dataSet();
                    case "flagged" -> flagged();
                    default -> json.skipChildren();
                }
            }
            expect(
                    schema.equals(FindingsFile.SCHEMA),
                    "its schema is " + Sentence.quoted(schema) + " and not “" + FindingsFile.SCHEMA + "”");
            expect(rows >= 0 && review >= 0 && quarantine >= 0, "the counts of rows are missing");
            return new ScanRecord(settings, files, rows, new ScanResult.Flagged(review, quarantine));
        }

        private void settings() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                settings.put(name, text());
            }
        }

        private void dataSet() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("rows")) {
                    rows = number();
                } else if (field.equals("files") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        expect(files.size() < FILES, "it names more than " + FILES + " files");
                        files.add(file());
                    }
                } else {
                    json.skipChildren();
                }
            }
        }

        private DataFile file() throws IOException {
            String name = "";
            long bytes = 0;
            String sha256 = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "name" -> name = text();
                    case "bytes" -> bytes = number();
                    case "sha256" -> sha256 = text();
                    default -> json.skipChildren();
                }
            }
            return new DataFile(name, bytes, sha256);
        }

        private void flagged() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                long count = number();
                if (field.equals("review")) {
                    review = count;
                } else if (field.equals("quarantine")) {
                    quarantine = count;
                }
            }
        }

        private String text() throws IOException {
            expect(json.currentToken() == JsonToken.VALUE_STRING, "the field " + place() + " is not a text");
            return json.getText();
        }

        private long number() throws IOException {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "the field " + place() + " is not a number");
            return json.getLongValue();
        }

        private String place() throws IOException {
            return SafeText.plain(String.valueOf(json.currentName()), 40);
        }

        private static void expect(boolean good, String otherwise) {
            if (!good) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
