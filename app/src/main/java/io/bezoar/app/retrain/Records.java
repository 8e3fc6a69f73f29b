package io.bezoar.app.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The JSON files of this package and their digests.
public final class Records {
    private static final long LARGEST = 1L << 30;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private Records() {}

    /// Reads a file of a schema.
    ///
    /// @param what it is, for sentences
    /// @param verb what writes it
    static JsonNode read(Path file, String schema, String what, String verb) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 1 GiB in " + name + ", found more; run " + verb + " again");
            }
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (!json.path("schema").asText().equals(schema)) {
                throw new BadInput("expected the schema " + schema + " in " + name + ", found another; run " + verb);
            }
            return json;
        } catch (NoSuchFileException e) {
            throw new BadInput("expected " + what + " at " + name + ", found no such file; run " + verb, e);
        } catch (JsonProcessingException e) {
            throw changed(file, verb, e);
        }
    }

    static BadInput changed(Path file, String verb, Exception cause) {
        return new BadInput(
                "expected " + SafeText.plain(file.toString(), 200) + " as it was written, it is malformed; run " + verb
                        + " again",
                cause);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// The SHA-256 of a file, lower-case hex.
    ///
    /// @throws BadInput if it is not there
    public static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream all = new DigestInputStream(in, digest)) {
                all.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchFileException e) {
            throw new BadInput(
                    "expected a file at " + SafeText.plain(file.toString(), 200) + ", found no such file", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
