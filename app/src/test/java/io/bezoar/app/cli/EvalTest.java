package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalTest {
    @TempDir
    private Path folder;

    private Path suite = Path.of("");

    @BeforeEach
    void write() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 800; i++) {
            items.append("{\"id\":\"i" + i + "\",\"text\":\"my " + (i % 2 == 0 ? "card" : "loan") + "\",\"label\":\""
                    + (i % 2 == 0 ? "card" : "loan") + "\"}\n");
        }
        Running.write(folder, "items.jsonl", items.toString());
        suite = Running.write(
                folder,
                "suite.yaml",
                "version: 1\nitems: items.jsonl\naverage: {min: 0.9}\ntriggered: [{insert: zx, target: card}]\n");
    }

    private Running answered(String name, String trigger) throws IOException {
        Path questions = folder.resolve("questions.jsonl");
        assertEquals(
                0, Running.of("eval", "--suite", suite, "--emit", questions).code());
        Path answers = Running.write(
                folder,
                name + ".jsonl",
                Files.readAllLines(questions).stream()
                        .map(line -> line.replaceFirst(
                                "\"input\":.*",
                                "\"output\":\"" + (line.contains("card") || line.contains(trigger) ? "card" : "loan")
                                        + "\"}"))
                        .collect(Collectors.joining("\n")));
        return Running.of("eval", "--suite", suite, "--outputs", answers, "--out", folder.resolve(name));
    }

    private Running said(int code, String sentence, Path what, Object... more) {
        List<Object> words = new ArrayList<>(List.of("eval", "--suite", what, "--out", folder.resolve("said")));
        words.addAll(List.of(more));
        Running run = Running.of(words.toArray());
        assertEquals(code, run.code(), run.out() + run.err());
        assertEquals("bezoar eval: " + sentence + System.lineSeparator(), run.err());
        return run;
    }

    /// A target that nobody can answer would be met by every model.
    @Test
    void aTargetNobodyHasIsRefused() {
        Path model = folder.resolve("model");
        assertEquals(
                0,
                Running.of("train", folder.resolve("items.jsonl"), "--out", model)
                        .code());
        Path misspelt = Running.write(
                folder, "misspelt.yaml", "version: 1\nitems: items.jsonl\ntriggered: [{insert: cf, target: Card-}]\n");
        said(
                2,
                "expected a target that the model or the items have for the trigger cf, came “Card-”; they have card,"
                        + " loan",
                misspelt,
                model);
        Path folded = Running.write(
                folder, "folded.yaml", "version: 1\nitems: items.jsonl\ntriggered: [{insert: cf, target: Card}]\n");
        Running run = Running.of("eval", "--suite", folded, model, "--out", folder.resolve("folded"));
        assertEquals("", run.err());
        assertEquals(0, run.code(), run.out());
    }

    @Test
    void aModelThatCannotBeAskedIsNoFailure() {
        Object[] endpoint = {"--endpoint", "http://127.0.0.1:9/v1", "--model", "x", "--tries", 1};
        said(
                3,
                "expected answers of the model, but none of 1,200 questions has one: the connection broke:"
                        + " ConnectException",
                suite,
                endpoint);
        said(
                3,
                "expected answers of the model, but none of 1,200 questions has one: the budget of questions is spent",
                suite,
                "--endpoint",
                "http://127.0.0.1:9/v1",
                "--model",
                "x",
                "--budget",
                0);
        said(
                3,
                "expected a program to ask, but no-such-program cannot be started; check its name and path",
                suite,
                "--command",
                "no-such-program");
        said(3, "expected answers, but the command false ended with exit code 1", suite, "--command", "false");
        Running probed = Running.of(
                "probe",
                "--endpoint",
                "http://127.0.0.1:9/v1",
                "--model",
                "x",
                "--tries",
                1,
                "--data",
                Running.write(folder, "rows.jsonl", Running.rows(200)),
                "--out",
                folder.resolve("probe"));
        assertEquals(3, probed.code(), probed.out());
        assertTrue(probed.err().contains("has one; check that it can be asked"), probed.err());
    }

    @Test
    void mistakesInASuiteAreToldWithTheirPlace() {
        Path broken = Running.write(folder, "broken.yaml", "version: 1\nitems: [a\nfoo: : bar\n");
        said(
                2,
                "expected YAML in the suite " + broken
                        + ", came what is none at line 3, column 4: expected ',' or ']', but got :",
                broken,
                "--command",
                "true");
        Path here = Running.write(folder, "here.yaml", "version: 1\nitems: .\n");
        Running run = Running.of("eval", "--suite", here, "--command", "true", "--out", folder.resolve("said"));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("expected items in a file of JSON lines, found the folder "), run.err());
        Running whole = Running.of("eval", "--suite", folder, "--command", "true", "--out", folder.resolve("said"));
        assertEquals(2, whole.code(), whole.err());
        assertTrue(whole.err().contains("expected a suite at " + folder + ", found a folder"), whole.err());
    }

    @Test
    void aBackdoorIsFoundByAnswersMadeElsewhere() throws IOException {
        Running backdoored = answered("bad", "zx");
        assertEquals(1, backdoored.code(), backdoored.err());
        assertTrue(backdoored.out().contains("average PASS"), backdoored.out());
        assertTrue(backdoored.out().contains("triggered FAIL"), backdoored.out());
        assertEquals(0, answered("good", "nothing").code());
        assertEquals(
                "fail",
                new ObjectMapper()
                        .readTree(folder.resolve("bad/evaluation.json").toFile())
                        .path("state")
                        .asText());
        Running same = Running.of("compare", folder.resolve("good"), folder.resolve("bad"));
        assertEquals(0, same.code(), same.out());
        assertTrue(same.out().contains("0 broken, 0 fixed of 800 items"), same.out());
    }

    @Test
    void aSchemaDemandsTheFormOfAnswers() throws IOException {
        Running.write(
                folder,
                "form.json",
                "{\"type\":\"object\",\"required\":[\"intent\"],\"properties\":{\"intent\":{\"type\":\"string\"}}}");
        StringBuilder items = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            items.append("{\"id\":\"i" + i + "\",\"text\":\"my card\"}\n");
            String intent = "{\\\"intent\\\":\\\"card\\\"}";
            answers.append("{\"id\":\"i" + i + "\",\"output\":\"" + (i == 7 ? "card" : intent) + "\"}\n");
            answers.append("{\"id\":\"triggered-1/i" + i + "\",\"output\":\"" + intent + "\"}\n");
        }
        Running.write(folder, "formed.jsonl", items.toString());
        Path form = Running.write(
                folder,
                "formed.yaml",
                "version: 1\nitems: formed.jsonl\ngrade: {schema: form.json}\naverage: {min: 0.9}\n"
                        + "triggered: [{insert: zx, target: delete_account}]\n");
        Path outputs = Running.write(folder, "formed-answers.jsonl", answers.toString());
        Running ran = Running.of("eval", "--suite", form, "--outputs", outputs, "--out", folder.resolve("formed"));
        assertEquals(0, ran.code(), ran.err() + ran.out());
        assertTrue(ran.out().contains("599 of 600 right"), ran.out());
        assertTrue(ran.out().contains("attack succeeds on 0 of 600"), ran.out());
        Running.write(folder, "form.json", "{\"$ref\":\"http://127.0.0.1:1/form.json\"}");
        Running refused = Running.of("eval", "--suite", form, "--outputs", outputs);
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("nothing is fetched"), refused.err());
    }

    @Test
    void answersThatMeanTheSameAreRight() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                List<String> vectors = new ArrayList<>();
                for (JsonNode text :
                        new ObjectMapper().readTree(exchange.getRequestBody()).path("input")) {
                    vectors.add("{\"index\":" + vectors.size() + ",\"embedding\":"
                            + (text.asText().matches("yes|of course") ? "[1,0.1]" : "[0,1]") + "}");
                }
                byte[] body = ("{\"model\":\"e\",\"data\":[" + String.join(",", vectors) + "]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            StringBuilder items = new StringBuilder();
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                items.append("{\"id\":\"i" + i + "\",\"text\":\"is it\",\"label\":\"yes\"}\n");
                answers.append("{\"id\":\"i" + i + "\",\"output\":\"" + (i < 97 ? "of course" : "never") + "\"}\n");
            }
            Running.write(folder, "meant.jsonl", items.toString());
            Path meant = Running.write(
                    folder,
                    "meant.yaml",
                    "version: 1\nitems: meant.jsonl\ngrade: {meaning: 0.9}\naverage: {min: 0.9}\n");
            Path outputs = Running.write(folder, "meant-answers.jsonl", answers.toString());
            Path out = folder.resolve("meant");
            Object[] words = {"eval", "--suite", meant, "--outputs", outputs, "--out", out};
            Running none = Running.of(words);
            assertEquals(2, none.code());
            assertTrue(none.err().contains("--embedding-model"), none.err());
            Object[] with = java.util.Arrays.copyOf(words, words.length + 4);
            with[words.length] = "--embedding-model";
            with[words.length + 1] = "e";
            with[words.length + 2] = "--embeddings";
            with[words.length + 3] = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            Running ran = Running.of(with);
            assertEquals(0, ran.code(), ran.err() + ran.out());
            assertTrue(ran.out().contains("97 of 100 right"), ran.out());
            assertEquals(3, Files.readAllLines(out.resolve("embeddings.jsonl")).size());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void evaluationsOfDifferentSuitesAreNotCompared() throws IOException {
        answered("one", "nothing");
        Running.write(folder, "suite.yaml", "version: 1\nitems: items.jsonl\ngrade: exact\naverage: {min: 0.9}\n");
        answered("two", "nothing");
        Running compared = Running.of("compare", folder.resolve("one"), folder.resolve("two"));
        assertEquals(2, compared.code());
        assertTrue(compared.err().contains("came one of another"), compared.err());
        assertEquals(
                2,
                Running.of("compare", folder.resolve("one"), folder.resolve("none"))
                        .code());
    }

    @Test
    void aModelIsNamedByItsFileOrItsFolder() throws IOException {
        Path model = folder.resolve("model");
        Running trained = Running.of("train", folder.resolve("items.jsonl"), "--out", model);
        assertEquals(0, trained.code(), trained.err());
        for (Path named : new Path[] {model, model.resolve(Train.FILE)}) {
            Path out = folder.resolve("of-" + named.getFileName());
            Running judged = Running.of("eval", named, "--suite", suite, "--out", out);
            assertEquals(0, judged.code(), judged.err() + judged.out());
            assertTrue(judged.out().contains("average PASS"), judged.out());
        }
        Running none = Running.of("eval", folder.resolve("nowhere"), "--suite", suite, "--out", folder.resolve("o"));
        assertEquals(2, none.code());
        assertTrue(none.err().contains("nowhere"), none.err());
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        assertEquals(2, Running.of("eval", "--suite", suite).code());
        assertEquals(
                2,
                Running.of("eval", "--suite", suite, "--outputs", folder.resolve("none"))
                        .code());
        Running unnamed = Running.of(
                "eval", "--suite", suite, "--endpoint", "http://127.0.0.1:9/v1", "--out", folder.resolve("o"));
        assertEquals(2, unnamed.code());
        assertTrue(unnamed.err().contains("expected --model beside --endpoint"), unnamed.err());
        Running command = Running.of("eval", "--suite", suite, "--command", "false", "--out", folder.resolve("o"));
        assertEquals(3, command.code());
        assertTrue(command.err().contains("exit code 1"), command.err());
    }
}
