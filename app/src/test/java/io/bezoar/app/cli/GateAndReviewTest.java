package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.SampleFolder;
import io.bezoar.app.review.CampaignKey;
import io.bezoar.core.Campaign;
import io.bezoar.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People decide, the gate answers: on the sample with three campaigns full of hostile text.
class GateAndReviewTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void scanned() throws IOException {
        SampleFolder.write(folder.resolve("result"));
    }

    private Running run(Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--out", folder.resolve("result"), "--decisions", folder.resolve("decisions.jsonl")));
        return Running.of(all.toArray());
    }

    private List<Campaign> campaigns(Severity atLeast) throws IOException {
        return FindingsReader.read(folder.resolve("result/findings.json")).campaigns().stream()
                .filter(campaign -> campaign.severity().compareTo(atLeast) >= 0)
                .toList();
    }

    private void decide(String kind, String id, String reviewer) {
        Running decided = run("review", kind, id, "--reason", "looked at it", "--reviewer", reviewer);
        assertEquals(0, decided.code(), decided.err());
    }

    private static String unwrapped(Running running) {
        return running.out().replaceAll("\\s+", " ");
    }

    private Path policy(String text) {
        return Running.write(folder, "policy.yaml", text);
    }

    @Test
    void theGateStaysClosedUntilTwoPeopleRejectEveryHighCampaign() throws IOException {
        Path policy = policy("version: 1\nscan: {min_coverage: 0.9, allow_absent_data: true}\nreview: {}\n");
        assertEquals(4, run("gate", "--policy", policy).code());
        List<Campaign> high = campaigns(Severity.HIGH);
        assertFalse(high.isEmpty());
        high.forEach(campaign -> decide("reject", campaign.id(), "ana"));
        assertEquals(4, run("gate", "--policy", policy).code());
        high.forEach(campaign -> decide("reject", CampaignKey.of(campaign), "Ana"));
        assertEquals(4, run("gate", "--policy", policy).code());
        high.forEach(campaign -> decide("reject", campaign.id(), "ben"));
        Running open = run("gate", "--policy", policy);
        assertEquals(0, open.code(), open.out());
        assertTrue(open.out().endsWith("Gate open.\n"), open.out());
        decide("accept", high.getFirst().id(), "eve");
        assertEquals(4, run("gate", "--policy", policy).code());
    }

    @Test
    void acceptedPoisonInTheDataViolatesThePolicy() throws IOException {
        for (Campaign campaign : campaigns(Severity.HIGH)) {
            decide("accept", campaign.id(), "ana");
            decide("accept", campaign.id(), "ben");
        }
        Running closed = run("gate", "--policy", policy("version: 1\nreview: {}\n"));
        assertEquals(1, closed.code(), closed.out());
        assertTrue(unwrapped(closed).contains("bezoar apply takes them out"), closed.out());
    }

    @Test
    void withoutReviewEveryCampaignFailsAndSuppressionsExpire() throws IOException {
        assertEquals(1, run("gate", "--policy", policy("version: 1\n")).code());
        assertEquals(
                0,
                run("gate", "--policy", policy("version: 1\nscan: {fail_on: never, allow_absent_data: true}\n"))
                        .code());
        StringBuilder until = new StringBuilder();
        for (Campaign campaign : campaigns(Severity.HIGH)) {
            until.append("  - {campaign: ")
                    .append(CampaignKey.of(campaign))
                    .append(", reason: known, owner: ana, approver: ben, expires: 'DAY'}\n");
        }
        String text = "version: 1\nscan: {allow_absent_data: true}\nsuppressions:\n" + until;
        Running open = run("gate", "--policy", policy(text.replace("DAY", "9999-12-31")));
        assertEquals(0, open.code(), open.out());
        assertTrue(unwrapped(open).contains("suppressed until 9999-12-31 by ana: known"), open.out());
        Running expired = run("gate", "--policy", policy(text.replace("DAY", "2020-01-01")));
        assertEquals(1, expired.code(), expired.out());
        assertTrue(unwrapped(expired).contains("its suppression expired on 2020-01-01"), expired.out());
        Running unused = run(
                "gate",
                "--policy",
                policy("version: 1\nscan: {fail_on: never}\nsuppressions:\n  - {campaign: c-00, reason: r, owner: a,"
                        + " approver: b, expires: '9999-12-31'}\n"));
        assertTrue(unwrapped(unused).contains("a suppression that suppresses nothing"), unused.out());
    }

    private static String planted() {
        String[][] words = {{"card", "lost", "stolen", "block", "pin"}, {"loan", "rate", "interest", "month", "term"}};
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            boolean planted = i % 50 == 1;
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 12; w++) {
                text.append(w % 3 == 0 ? words[i % 2][random.nextInt(5)] : "w" + random.nextInt(3000))
                        .append(' ');
            }
            rows.append("{\"id\":\"r" + i + "\",\"text\":\"" + text + (planted ? "under the old bridge" : "")
                    + "\",\"label\":\"" + (i % 2 == 0 || planted ? "card" : "loan") + "\"}\n");
        }
        return rows.toString();
    }

    @Test
    void whatPeopleDecidedGoesBeforeTheScan() throws IOException {
        Path data = Running.write(folder, "data.jsonl", planted());
        assertEquals(0, Running.scan(folder, data).code());
        Campaign worst = campaigns(Severity.HIGH).getFirst();
        assertEquals(20, worst.rows().size());
        List<Object> apply = List.of("apply", data, "--to", folder.resolve("to"), "--json");
        assertEquals(20, quarantined(run(apply.toArray())));
        decide("reject", worst.id(), "ana");
        assertEquals(20, quarantined(run(apply.toArray())), "one voice is not enough");
        decide("reject", worst.id(), "ben");
        assertEquals(0, quarantined(run(apply.toArray())));
        decide("quarantine", worst.rows().getFirst(), "ana");
        assertEquals(0, quarantined(run(apply.toArray())), "one voice is not enough for a row of it either");
        decide("quarantine", worst.rows().getFirst(), "ben");
        assertEquals(1, quarantined(run(apply.toArray())));
        decide("accept", worst.id(), "ana");
        assertEquals(20, quarantined(run(apply.toArray())), "disputed: the scan's word stands");
    }

    @Test
    void nobodyAloneKeepsTheRowsOfACampaignOneByOne() throws IOException {
        Path data = Running.write(folder, "data.jsonl", planted());
        assertEquals(0, Running.scan(folder, data).code());
        Campaign worst = campaigns(Severity.HIGH).getFirst();
        List<Object> apply = List.of("apply", data, "--to", folder.resolve("to"), "--json");
        worst.rows().forEach(row -> decide("reject", row, "mallory"));
        assertEquals(20, quarantined(run(apply.toArray())));
        assertTrue(Files.readString(folder.resolve("decisions.jsonl")).contains("\"severity\":\"high\""));
        worst.rows().forEach(row -> decide("reject", row, "ben"));
        assertEquals(0, quarantined(run(apply.toArray())));
    }

    @Test
    void aDecisionOnARowHoldsForItsDataAlone() throws IOException {
        Path data = Running.write(folder, "data.jsonl", planted());
        assertEquals(0, Running.scan(folder, data).code());
        String row = campaigns(Severity.HIGH).getFirst().rows().getFirst();
        for (String reviewer : List.of("ana", "ben")) {
            decide("reject", row, reviewer);
        }
        Running.write(folder, "data.jsonl", planted() + "{\"id\":\"z\",\"text\":\"card pin\",\"label\":\"card\"}\n");
        assertEquals(0, Running.scan(folder, data).code());
        List<Object> apply = List.of("apply", data, "--to", folder.resolve("to"), "--json");
        assertEquals(20, quarantined(run(apply.toArray())), "another row may have the id");
        assertFalse(run("review", "show", row).out().contains("ben"));
        decide("reject", row, "ana");
        decide("reject", row, "ben");
        assertEquals(19, quarantined(run(apply.toArray())));
        assertTrue(run("review", "show", row).out().contains("ben"));
    }

    private static int quarantined(Running applied) throws IOException {
        assertEquals(0, applied.code(), applied.err());
        return new ObjectMapper().readTree(applied.out()).path("quarantine").asInt();
    }

    @Test
    void whatWasNotMeasuredIsNeverAPass() {
        Running gate =
                run("gate", "--policy", policy("version: 1\nscan: {fail_on: never, required_detectors: [bogus]}\n"));
        assertEquals(3, gate.code(), gate.out());
    }

    @Test
    void theReportsOfTheGateAreWellFormed() throws Exception {
        Path junit = folder.resolve("gate.xml");
        Path markdown = folder.resolve("gate.md");
        Path policy = policy("version: 1\nscan: {allow_absent_data: true}\nreview: {}\n");
        assertEquals(
                4,
                run("gate", "--policy", policy, "--junit", junit, "--markdown", markdown)
                        .code());
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        assertEquals(
                campaigns(Severity.HIGH).size(),
                document.getElementsByTagName("error").getLength());
        assertFalse(Files.readString(markdown).contains("<script"));
        Running json = run("gate", "--json");
        assertFalse(new ObjectMapper().readTree(json.out()).path("open").asBoolean(true));
    }

    @Test
    void whatIsNotThereCannotBeDecided() {
        Running unknown = run("review", "accept", "C99", "--reason", "x");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("came \"C99\""), unknown.err());
        assertEquals(2, run("review", "accept", "C1").code());
        assertEquals(2, run("review", "undo", "1", "--reason", "x").code());
        assertEquals(
                2,
                run("review", "relabel", "C1", "--label", "no such label", "--reason", "x")
                        .code());
        assertFalse(Files.exists(folder.resolve("decisions.jsonl")) && file("decisions.jsonl") > 0);
    }

    private long file(String name) {
        return folder.resolve(name).toFile().length();
    }

    @Test
    void nobodyTakesBackWhatAnotherDecided() {
        decide("accept", "C1", "ana");
        Running other = run("review", "undo", "1", "--reason", "x", "--reviewer", "ben");
        assertEquals(2, other.code());
        assertTrue(other.err().contains("expected ana to take back a decision of their own, came ben"), other.err());
        assertEquals(
                0,
                run("review", "undo", "1", "--reason", "x", "--reviewer", "ANA").code());
        assertEquals(
                2,
                run("review", "undo", "2", "--reason", "x", "--reviewer", "ANA").code());
        Running twice = run("review", "undo", "1", "--reason", "x", "--reviewer", "ana");
        assertEquals(2, twice.code());
        assertTrue(
                twice.err().contains("expected the number of a decision that stands, came 1, which no. 2 took back"),
                twice.err());
    }

    @Test
    void onePersonUnderTwoSpellingsOpensNothing() throws IOException {
        Path policy = policy("version: 1\nscan: {min_coverage: 0.9, allow_absent_data: true}\nreview: {}\n");
        List<Campaign> high = campaigns(Severity.HIGH);
        for (String spelling : List.of("ana", "a n a", "ａｎａ", "аnа")) { // the last with Cyrillic letters
            high.forEach(campaign -> decide("reject", campaign.id(), spelling));
            assertEquals(4, run("gate", "--policy", policy).code(), spelling);
        }
        for (String hidden : List.of("an\u200ba", "\u202eana", "ana\ufe0f", "ana\u3164", "\u3164", "a\u0000na")) {
            Running refused = run("review", "reject", "C1", "--reason", "x", "--reviewer", hidden);
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains("which holds characters that do not show"), refused.err());
        }
        high.forEach(campaign -> decide("reject", campaign.id(), "Анна"));
        assertEquals(0, run("gate", "--policy", policy).code());
    }

    @Test
    void decisionsGoIntoNoFileThatIsNoLog() throws IOException {
        Path notes = Running.write(folder, "notes.txt", "important notes, no newline");
        List<Object> words = List.of("review", "accept", "C2", "--reason", "r", "--reviewer", "z");
        for (Path file : List.of(notes, folder)) {
            List<Object> all = new ArrayList<>(words);
            all.addAll(List.of("--out", folder.resolve("result"), "--decisions", file));
            Running refused = Running.of(all.toArray());
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains("name another with --decisions"), refused.err());
        }
        assertEquals("important notes, no newline", Files.readString(notes));
    }

    @Test
    void aChangedLogClosesTheGate() throws IOException {
        decide("reject", "C1", "ana");
        decide("reject", "C1", "ben");
        Path log = folder.resolve("decisions.jsonl");
        Files.writeString(log, Files.readString(log).replace("\"ana\"", "\"eve\""));
        assertEquals(5, run("gate").code());
        assertEquals(5, run("review", "list").code());
        assertEquals(5, run("review", "reject", "C1", "--reason", "x").code());
    }

    @Test
    void rowsGoToAnAnnotationToolBlindAndAnswersComeBack() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Path out = folder.resolve("tasks.json");
        for (String format : List.of("argilla", "label-studio")) {
            assertEquals(0, run("review", "export", out, "--format", format).code());
            JsonNode tasks = mapper.readTree(out.toFile());
            assertFalse(tasks.isEmpty());
            assertFalse(Files.readString(out).contains("C1"), "the verdict went out");
            ObjectNode task = (ObjectNode) tasks.get(0);
            if (format.equals("argilla")) {
                ArrayNode responses = task.putArray("responses");
                responses
                        .addObject()
                        .put("question", "decision")
                        .put("value", "accept")
                        .put("user_id", "u1");
                responses
                        .addObject()
                        .put("question", "decision")
                        .put("value", "reject")
                        .put("user_id", "u2");
            } else {
                ObjectNode annotation = task.putArray("annotations").addObject();
                annotation.put("completed_by", 7);
                ObjectNode result = annotation.putArray("result").addObject();
                result.put("from_name", "decision")
                        .putObject("value")
                        .putArray("choices")
                        .add("quarantine");
            }
            Files.writeString(out, mapper.writeValueAsString(tasks));
            Running taken = run("review", "import", out, "--format", format);
            assertEquals(0, taken.code(), taken.err());
            assertTrue(taken.out().startsWith(format.equals("argilla") ? "2 decisions" : "1 decision"), taken.out());
            assertTrue(run("review", "import", out, "--format", format).out().startsWith("0 decisions taken over"));
        }
        JsonNode tasks = mapper.readTree(out.toFile());
        ((ObjectNode) tasks.get(0).path("data")).put("row_digest", "00");
        Files.writeString(out, mapper.writeValueAsString(tasks));
        Running changed = run("review", "import", out, "--format", "label-studio");
        assertEquals(2, changed.code());
        assertTrue(changed.err().contains("which it does not show or which was changed"), changed.err());
    }
}
