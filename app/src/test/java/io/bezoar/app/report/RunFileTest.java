package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFileTest {
    @Test
    void holdsEverythingToRepeatTheRun() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunFile.write(SampleResults.found(), SampleResults.run(), out);
        JsonNode root = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals("bezoar.run/1", root.path("schema").textValue());
        assertEquals("2026-07-20T10:15:30Z", root.path("start").textValue());
        assertEquals(12.5, root.path("wallSeconds").doubleValue());
        assertEquals("9f2b".repeat(16), root.at("/inputs/0/sha256").textValue());
        assertEquals("25.0.3", root.at("/environment/java").textValue());
        assertEquals(10, root.path("again").size());
    }

    @Test
    void quotesForTheShell() {
        assertEquals(
                "bezoar scan 'a b' '' 'it'\\''s' '$(x)' --seed 7 '*'",
                RunRecord.shell(List.of("bezoar", "scan", "a b", "", "it's", "$(x)", "--seed", "7", "*")));
    }
}
