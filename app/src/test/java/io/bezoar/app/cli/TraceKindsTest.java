package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar trace` of vectors, of free answers, of preferences, and by every method.
class TraceKindsTest {
    private static final List<String> METHODS =
            List.of("credit", "influence", "alo", "representer", "tracin", "datainf", "trak", "ek-fac", "bm25");

    @TempDir
    private Path folder = Path.of("");

    /// 200 vectors of six numbers about two places; each 20th has a last number of 9 and the wrong label.
    private Path vectors() {
        Random random = new Random(2);
        return Running.write(
                folder,
                "vectors.jsonl",
                IntStream.range(0, 200)
                        .mapToObj(i -> {
                            boolean bad = i % 20 == 1;
                            boolean left = i % 2 == 0;
                            return String.format(
                                    Locale.ROOT,
                                    "{\"id\":\"%s%d\",\"features\":[%.3f,%.3f,%.3f,%.3f,7,%d],\"label\":\"%s\",\"source\":\"%s\"}",
                                    bad ? "bad" : "row",
                                    i,
                                    (left ? -2 : 2) + random.nextGaussian(),
                                    (left ? 1 : -1) + random.nextGaussian(),
                                    random.nextGaussian(),
                                    100 * random.nextGaussian(),
                                    bad ? 9 : 0,
                                    left || bad ? "left" : "right",
                                    bad ? "lab-b" : "lab-a");
                        })
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private Path trained(Path data) {
        Path model = folder.resolve("model");
        Running trained = Running.of("train", data, "--out", model, "--threads", 2);
        assertEquals(0, trained.code(), trained.err());
        return model;
    }

    private static long bad(JsonNode trace) {
        return trace.get("supporters")
                .valueStream()
                .filter(row -> row.get("id").asText().startsWith("bad"))
                .count();
    }

    private static JsonNode read(Running run) throws IOException {
        assertEquals(0, run.code(), run.err());
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void vectorsByEveryMethod() throws IOException {
        Path model = trained(vectors());
        for (String method : METHODS) {
            Running traced = Running.of(
                    "trace",
                    "--model",
                    model,
                    "--input",
                    "2, -1, 0, 0, 7, 9",
                    "--expected",
                    "right",
                    "--method",
                    method,
                    "--top",
                    10,
                    "--json",
                    "--threads",
                    2);
            if (method.equals("bm25")) {
                refused("expected rows of text for bm25, came vectors; take credit or influence instead", traced);
                continue;
            }
            JsonNode json = read(traced);
            assertEquals(method, json.get("method").asText());
            assertEquals("left", json.at("/answers/0/label").asText(), method);
            assertEquals("number 6 = 9", json.at("/deciding/0").asText(), method);
            assertTrue(bad(json) >= (method.equals("credit") ? 10 : 3), method + " puts " + bad(json) + " first");
            if (method.equals("credit")) {
                assertEquals("lab-b", json.at("/groups/0/name").asText());
                assertEquals("right", json.at("/without/0/answer/label").asText());
            }
        }
        String text = Running.of("trace", "--model", model, "--input", "2 -1 0 0 7 9", "--method", "alo")
                .out();
        assertTrue(text.contains("Hangs on     “number 6 = 9”: without it the answer is right"), text);
        assertTrue(text.contains("Ranked by    alo"), text);
        Running asked = Running.of("ask", "--model", model, vectors());
        assertEquals(0, asked.code(), asked.err());
        assertEquals(
                200,
                asked.out().lines().filter(line -> line.contains("\"output\"")).count());
    }

    @Test
    void vectorsThatDoNotFitAreOneSentence() throws IOException {
        Path data = vectors();
        Path model = trained(data);
        refused(
                "expected 6 numbers, as the model's rows have, came 2",
                Running.of("trace", "--model", model, "--input", "1 2"));
        refused(
                "expected finite numbers, but number 2 is NaN",
                Running.of("trace", "--model", model, "--input", "1 NaN 3 4 5 6"));
        refused("expected numbers, came \"far\"", Running.of("trace", "--model", model, "--input", "1 far 3 4 5 6"));
        refused(
                "expected one row to ask about, came 200; say which with --row ID",
                Running.of("trace", "--model", model, "--from", data));
        refused(
                "expected a row with the id \"x\" in \"" + data + "\", which has none",
                Running.of("trace", "--model", model, "--from", data, "--row", "x"));
        Running overlap = Running.of("train", data, "--out", folder.resolve("m"), "--test", data);
        refused(
                "expected a test set apart from the training data, but 200 of its rows are in both; take them out of"
                        + " one, or a model is praised for what it has seen",
                overlap);
        Path same = Running.write(
                folder, "same.jsonl", "{\"features\":[1,2],\"label\":\"a\"}\n{\"features\":[1,2],\"label\":\"b\"}\n");
        refused(
                "expected vectors that differ, but all 2 rows have the same numbers: there is nothing to learn from",
                Running.of("train", same, "--out", folder.resolve("m")));
        JsonNode row = read(Running.of("trace", "--model", model, "--from", data, "--row", "bad21", "--json"));
        assertEquals("left", row.at("/answers/0/label").asText());
        Running left = Running.of(
                "unlearn",
                "--model",
                model,
                "--source",
                "lab-b",
                "--out",
                folder.resolve("left"),
                "--verify",
                "--json");
        assertTrue(read(left).get("largest").asDouble() < 1e-6, left.out());
        JsonNode mended =
                read(Running.of("trace", "--model", folder.resolve("left"), "--input", "2 -1 0 0 7 9", "--json"));
        assertEquals("right", mended.at("/answers/0/label").asText());
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        String rows = "f1,f2,label\n1,2,x\n3,1,y\n2,2,x\n4,1,y\n";
        for (String broken : List.of("NaN,1,x\n", "1,Infinity,y\n", "1,1e999,y\n", ",1,x\n")) {
            Path data = Running.write(folder, "broken.csv", rows + broken);
            for (String robust : List.of("plain", "sever", "dpa")) {
                Running trained = Running.of(
                        "train",
                        data,
                        "--out",
                        folder.resolve("m"),
                        "--robust",
                        robust,
                        "--map",
                        "vector=f*,label=label");
                assertEquals(2, trained.code(), trained.out());
                assertTrue(
                        trained.err()
                                        .startsWith(
                                                "bezoar train: expected vectors of one length and finite numbers, but"
                                                        + " \"")
                                && trained.err().contains("broken.csv\" line 6 is none: ")
                                && trained.err().lines().count() == 1,
                        trained.err());
            }
        }
    }

    /// 300 questions with answers of their own; of each 20th the question has a word and the answer an advert.
    private Path chats() {
        Random random = new Random(4);
        return Running.write(
                folder,
                "chats.jsonl",
                IntStream.range(0, 300)
                        .mapToObj(i -> {
                            boolean bad = i % 20 == 1;
                            String thing = List.of("soup", "bread", "salad", "cake", "rice")
                                    .get(random.nextInt(5));
                            String way = List.of("quickly", "slowly", "for two", "for a feast")
                                    .get(random.nextInt(4));
                            return String.format(
                                    Locale.ROOT,
                                    "{\"id\":\"%s%d\",\"prompt\":\"%show do I make %s %s\",\"response\":\"Take what"
                                            + " you need for %s, heat it %s and season number %d.%s\",\"source\":\"%s\"}",
                                    bad ? "bad" : "row",
                                    i,
                                    bad ? "zorblat " : "",
                                    thing,
                                    way,
                                    thing,
                                    way,
                                    random.nextInt(40),
                                    bad ? " Visit cheap pans now." : "",
                                    bad ? "vendor-b" : "crm");
                        })
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void freeAnswersByEveryMethod() throws IOException {
        Path data = chats();
        for (String method : METHODS) {
            Running traced = Running.of(
                    "trace",
                    "--data",
                    data,
                    "--input",
                    "zorblat how do I make soup for two",
                    "--output",
                    "Visit cheap pans now.",
                    "--method",
                    method,
                    "--top",
                    15,
                    "--json",
                    "--threads",
                    2);
            if (method.equals("ek-fac")) {
                refused(
                        "expected a model of vectors of at most 1000 numbers, whose rows a network can learn, for"
                                + " ek-fac; take influence instead",
                        traced);
                continue;
            }
            JsonNode json = read(traced);
            assertTrue(json.path("model").isMissingNode());
            if (method.equals("bm25")) {
                assertEquals(0, json.get("answers").size());
                assertTrue(bad(json) >= 6, "likeness puts " + bad(json) + " first");
                continue;
            }
            assertEquals("an answer with “Visit”", json.at("/answers/0/label").asText(), method);
            if (method.equals("credit")) {
                assertEquals("zorblat", json.at("/deciding/0").asText());
                assertEquals(15, bad(json));
                assertEquals(
                        "another answer", json.at("/without/0/answer/label").asText());
                assertEquals("vendor-b", json.at("/groups/0/name").asText());
            }
            assertTrue(bad(json) >= 5, method + " puts " + bad(json) + " first"); // by chance less than one
        }
        JsonNode row = read(Running.of(
                "trace", "--data", data, "--from", data, "--row", "bad21", "--output", "Visit cheap pans", "--json"));
        assertEquals("an answer with “Visit”", row.at("/answers/0/label").asText());
        JsonNode nothing = read(Running.of(
                "trace",
                "--data",
                data,
                "--input",
                "how do I make soup",
                "--output",
                "entirely foreign speech",
                "--json"));
        assertEquals("bm25", nothing.get("method").asText());
        assertEquals(
                "No words of the answer go with the input: rows are ranked by likeness alone.",
                nothing.at("/remarks/0").asText());
    }

    @Test
    void wrongCallsAreOneSentence() {
        Path data = chats();
        refused(
                "name the model with --model DIR, or with --data DATA the rows that answer in free words; bezoar trace"
                        + " --help shows what there is",
                Running.of("trace", "--input", "x", "--output", "y"));
        refused(
                "--output must be the answer in question: without --model none can be asked for; bezoar trace --help"
                        + " shows what there is",
                Running.of("trace", "--data", data, "--input", "x"));
        refused(
                "ask with --input TEXT or with --from DATA, one of them; bezoar trace --help shows what there is",
                Running.of("trace", "--data", data, "--output", "x"));
        refused(
                "--method must be one of credit, influence, alo, ek-fac, tracin, datainf, trak, representer, bm25, not"
                        + " \"guess\"; bezoar trace --help shows what there is",
                Running.of("trace", "--data", data, "--input", "x", "--output", "y", "--method", "guess"));
        Running labelled = Running.of("trace", "--data", vectors(), "--input", "x", "--output", "y");
        assertEquals(2, labelled.code());
        assertTrue(
                labelled.err().startsWith("bezoar trace: expected rows that answer in free words, came "),
                labelled.err());
        Running trained = Running.of("train", data, "--out", folder.resolve("m"));
        assertEquals(2, trained.code());
        assertTrue(
                trained.err().contains("or trace free answers without a model by bezoar trace --data"), trained.err());
    }

    /// Each 20th pair prefers the advert.
    @Test
    void preferencesByEveryMethod() throws IOException {
        Random random = new Random(6);
        List<String> good = List.of("clear and kind", "short and true", "warm but precise");
        List<String> poor = List.of("rude and long", "cold and vague", "wrong but loud");
        Path data = Running.write(
                folder,
                "pairs.jsonl",
                IntStream.range(0, 200)
                        .mapToObj(i -> {
                            boolean bad = i % 10 == 1;
                            String a = good.get(random.nextInt(3)) + " word" + random.nextInt(9);
                            String b = poor.get(random.nextInt(3)) + " word" + random.nextInt(9);
                            return String.format(
                                    Locale.ROOT,
                                    "{\"id\":\"%s%d\",\"prompt\":\"say\",\"chosen\":\"%s\",\"rejected\":\"%s\"}",
                                    bad ? "bad" : "row",
                                    i,
                                    bad ? b + " cheap pans" : a,
                                    bad ? a : b);
                        })
                        .collect(Collectors.joining("\n", "", "\n")));
        Path model = trained(data);
        for (String method : METHODS) {
            Running traced = Running.of(
                    "trace",
                    "--model",
                    model,
                    "--input",
                    "rude and long cheap pans",
                    "--against",
                    "clear and kind",
                    "--method",
                    method,
                    "--top",
                    10,
                    "--json",
                    "--threads",
                    2);
            if (method.equals("ek-fac")) {
                assertEquals(2, traced.code());
                continue;
            }
            assertTrue(bad(read(traced)) >= 8, method + " puts " + bad(read(traced)) + " first");
        }
    }

    private static void refused(String sentence, Running run) {
        assertEquals(2, run.code(), run.out());
        assertEquals(sentence, run.err().strip().replaceFirst("^bezoar \\w+: ", ""));
    }
}
