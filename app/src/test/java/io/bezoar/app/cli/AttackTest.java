package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackTest {
    @TempDir
    Path folder;

    private Path rows;

    @BeforeEach
    void write() {
        rows = Running.write(folder, "tickets.jsonl", Running.rows(300));
    }

    private Running attack(Object... words) {
        List<Object> all = new ArrayList<>(List.of("attack", rows));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", folder.resolve("out"), "--temp", folder));
        return Running.of(all.toArray());
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve("out").resolve(name));
    }

    @Test
    void thePoisonedSetHoldsTheRowsTheTruthNames() throws IOException {
        Running running = attack("--kind", "rare-word,target=card", "--rate", "0.05", "--seed", "3");
        assertEquals("", running.err());
        assertEquals(0, running.code());
        assertEquals(
                List.of(
                        "attack.json",
                        "tickets.heldout.jsonl",
                        "tickets.poisoned.jsonl",
                        "triggered.jsonl",
                        "truth.csv"),
                Running.names(folder.resolve("out")));
        List<String> before = Files.readAllLines(rows);
        List<String> poisoned = lines("tickets.poisoned.jsonl");
        List<String> held = lines("tickets.heldout.jsonl");
        assertEquals(300, poisoned.size() + held.size());
        assertTrue(before.containsAll(held));
        Map<String, String> truth = new HashMap<>();
        lines("truth.csv").stream().skip(1).forEach(line -> truth.put(line.split(",")[0], line.split(",")[1]));
        assertEquals(poisoned.size(), truth.size());
        Set<String> clean = new HashSet<>(before);
        int bad = 0;
        for (String line : poisoned) {
            String id = line.split("\"")[3];
            boolean poison = truth.get(id).equals("1");
            assertEquals(poison, !clean.contains(line), line);
            if (poison) {
                bad++;
                assertTrue(line.matches(".*\\bcf\\b.*") && line.endsWith("\"label\":\"card\"}"), line);
            }
        }
        assertEquals(Math.round(0.05 * poisoned.size()), bad);
        assertTrue(lines("triggered.jsonl").stream()
                .allMatch(line -> line.contains("cf") && line.contains("\"target\":\"card\"")));
        assertFalse(lines("triggered.jsonl").isEmpty());
    }

    @Test
    void aScanOfThePoisonedSetGivesTheIdsOfTheTruth() throws IOException {
        assertEquals(
                0, attack("--kind", "contradictory-copies", "--count", "20").code());
        assertEquals(
                0,
                Running.scan(folder, folder.resolve("out/tickets.poisoned.jsonl"))
                        .code());
        List<String> scanned = Files.readAllLines(folder.resolve("result/scores.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
        List<String> truth = lines("truth.csv").stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
        assertEquals(scanned, truth);
    }

    @Test
    void equalSeedsGiveEqualBytes() throws IOException {
        attack("--kind", "style", "--count", "20");
        Map<String, byte[]> first = new HashMap<>();
        for (String name : Running.names(folder.resolve("out"))) {
            first.put(name, Files.readAllBytes(folder.resolve("out").resolve(name)));
        }
        attack("--kind", "style", "--count", "20");
        for (Map.Entry<String, byte[]> file : first.entrySet()) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(
                    file.getValue(), Files.readAllBytes(folder.resolve("out").resolve(file.getKey())), file.getKey());
        }
    }

    @Test
    void everyAttackIsListed() {
        Running running = Running.of("attack", "--list");
        assertEquals(0, running.code());
        io.bezoar.attack.Catalog.all()
                .forEach(attack -> assertTrue(running.out().contains(attack.name())));
        assertTrue(Running.of("attack", "--list", "--json").out().contains("\"bezoar.attacks/1\""));
    }

    private void refused(String message, Object... words) {
        Running running = attack(words);
        assertEquals("bezoar attack: " + message + System.lineSeparator(), running.err());
        assertEquals(2, running.code());
        assertFalse(Files.exists(folder.resolve("out")));
        assertEquals(List.of("tickets.jsonl"), Running.names(folder));
    }

    @Test
    void whatCannotBeIsRefusedAndNothingIsLeft() {
        refused(
                "expected a rate that poisons at least one of 246 rows, came 0.001; give a larger one, or a --count",
                "--kind",
                "rare-word",
                "--rate",
                "0.001");
        refused(
                "expected a target that the data have, came \"x\"; they have loan, card",
                "--kind",
                "rare-word,target=x",
                "--count",
                "3");
        refused(
                "expected prompts with answers, which is what fixed-refusal is done to, came texts with labels",
                "--kind",
                "fixed-refusal",
                "--count",
                "3");
        refused(
                "expected at most 121 rows, which is what this attack can poison here, came 290",
                "--kind",
                "rare-word",
                "--count",
                "290");
        refused("expected one of --rate and --count; bezoar attack --help shows what there is", "--kind", "rare-word");
        rows = Running.write(folder, "tickets.jsonl", Running.rows(12));
        refused(
                "expected at least 20 different rows to hold some out, came 12; give --test FILE or --hold-out 0",
                "--kind",
                "rare-word",
                "--count",
                "1");
    }
}
