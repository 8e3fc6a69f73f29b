package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that breaks where nobody looked is found out by `eval` and `compare`.
class DiscoveredPartsTest {
    @TempDir
    private Path folder;

    private Path suite() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            items.append("{\"id\":\"i" + i + "\",\"text\":\"question " + i + "\",\"label\":\"yes\",\"lang\":\""
                    + (i % 3 == 0 ? "de" : "en") + "\"}\n");
        }
        Running.write(folder, "items.jsonl", items.toString());
        return Running.write(folder, "s.yaml", "version: 1\nitems: items.jsonl\naverage: {min: 0.7}\n");
    }

    private void eval(Path suite, String name, boolean broken) {
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            boolean wrong = i % 31 == 0 || broken && i % 3 == 0 && i % 4 == 0;
            answers.append("{\"id\":\"i" + i + "\",\"output\":\"" + (wrong ? "no" : "yes") + "\"}\n");
        }
        Path outputs = Running.write(folder, name + ".jsonl", answers.toString());
        assertEquals(
                0,
                Running.of("eval", "--suite", suite, "--outputs", outputs, "--out", folder.resolve(name))
                        .code());
    }

    @Test
    void aSliceNobodyNamedIsFound() throws IOException {
        Path suite = suite();
        eval(suite, "good", false);
        eval(suite, "bad", true);
        JsonMapper mapper = new JsonMapper();
        assertEquals(
                0,
                mapper.readTree(folder.resolve("good/evaluation.json").toFile())
                        .path("discovered")
                        .size());
        JsonNode found = mapper.readTree(folder.resolve("bad/evaluation.json").toFile())
                .path("discovered")
                .path(0);
        assertEquals("lang is “de”", found.path("name").asText());
        assertEquals(300, found.path("items").asInt());
        assertTrue(found.path("examples").size() > 0);
        Running compared = Running.of("compare", folder.resolve("good"), folder.resolve("bad"), "--suite", suite);
        assertEquals(1, compared.code());
        assertTrue(compared.out().contains("lang is “de”: "), compared.out());
        assertTrue(compared.out().contains(" unchanged"), compared.out());
    }
}
