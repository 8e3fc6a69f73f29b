package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
