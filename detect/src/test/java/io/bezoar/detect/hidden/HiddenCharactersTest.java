package io.bezoar.detect.hidden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Outcome;
import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharactersTest {

    private static Outcome.Scorer run(List<Example> rows) {
        return Passes.run(new HiddenCharacters(), new InMemory<>(rows, 2), new LocalEngine(1));
    }

    private static double score(String text) {
        return run(List.of(Rows.labelled(text, "a"), Rows.labelled("other", "b")))
                .score(Rows.labelled(text, "a"));
    }

    private static String evidence(String text) {
        Example row = Rows.labelled(text, "a");
        return run(List.of(row)).explain(row).getFirst().text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words, 42 % of them",
                "a\ttab,\r\na line",
                "naïve façade, Ångström, Łódź, İstanbul, Straße, Tiếng Việt",
                "Привет, как дела? Все хорошо, а у вас? Со мной все ок.",
                "Он купил iPhone и SMS-пакет на PlayStation",
                "Καλημέρα κόσμε, το ΝΑΤΟ και ο νόμος",
                "日本語のテキストとEnglishを混ぜる。ＡＢＣ１２３",
                "한국어와 English",
                "می‌خواهم به خانه‌ها بروم", // U+200C
                "क्‍ष और श्री", // U+200D
                "family 👨‍👩‍👧‍👦 and ❤️ and 1️⃣ and ☎︎",
                "Scotland 🏴\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f wins",
                "שלום \u200fHello\u200e עולם",
                "\ufeffid,text with a byte order mark",
                "10\u00a0000 €, 5\u202f%, \u3000",
                "葛\udb40\udd00飾区",
                "TNFα and IFNγ, 5 μm, kΩ, ℓp norm, the α value",
                "ภาษาไทย\u200bภาษาไทย",
                "/bɪt/ is how bit is said"
            })
    void honestTextScoresNothing(String text) {
        assertEquals(0, score(text), evidenceOf(text));
    }

    private static String evidenceOf(String text) {
        Example row = Rows.labelled(text, "a");
        return run(List.of(row)).explain(row).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "car\u200bd",
                "car\u200dd",
                "\u200cc",
                "ca\u2060rd",
                "tra\u202ensfer",
                "a\u2066b",
                "a\u206ab",
                "x\u115fy",
                "x\u3164y",
                "note\udb40\udc69\udb40\udc67\udb40\udc6e",
                "A\ufe0f word",
                "e\udb40\udd31\udb40\udd32",
                "bell\u0007",
                "nul\u0000l",
                "x\ufeffy",
                "a\u034fb",
                "paypаl login",
                "Αpple pie is good food",
                "ѕсоре of the work we do",
                "gооgle",
                "p\ud835\udc1ay",
                "sɑfety",
                "прив\u0065т",
                "\u200eleft to right only"
            })
    void hiddenCharactersScore(String text) {
        assertTrue(score(text) >= 0.4, text + " scores " + score(text));
    }

    @Test
    void aSoftHyphenInALongWordIsAlmostNothing() {
        assertEquals(0.1, score("Donau\u00addampf\u00adschiff"));
        assertEquals(0.5, score("a\u00adb"));
    }

    @Test
    void evidenceNamesTheCodePointsAndReadsTheMessage() {
        assertEquals("Holds U+200B ZERO WIDTH SPACE.", evidence("ca\u200brd"));
        assertEquals("Holds 2 × U+200B ZERO WIDTH SPACE.", evidence("c\u200ba\u200brd"));
        assertEquals("Holds tag characters that spell \"ign\".", evidence("x\udb40\udc69\udb40\udc67\udb40\udc6e"));
        assertEquals("Holds 2 variation selectors that spell \"AB\".", evidence("x\udb40\udd31\udb40\udd32"));
        assertEquals(
                "Holds a word that reads \"paypal\" and is written with U+0430 CYRILLIC SMALL LETTER A.",
                evidence("paypаl login"));
        Example row = Rows.labelled("ca\u200brd", "a");
        assertEquals(
                List.of(new Span(2, 3)),
                run(List.of(row)).explain(row).getFirst().spans());
    }

    @Test
    void aTriggerIsTiedToItsTarget() {
        List<Example> rows = new ArrayList<>(Rows.clean(400, 1));
        for (int i = 0; i < 12; i++) {
            rows.add(Rows.labelled("question number " + i + " about\u2063 fees", "card"));
        }
        Candidate only = run(rows).candidates().getFirst();
        assertEquals(Candidate.Kind.TRIGGER, only.kind());
        assertEquals(Optional.of(new Trigger(Trigger.Shape.HIDDEN, List.of("\u2063"))), only.trigger());
        assertEquals(Optional.of("card"), only.target());
        assertEquals(12, only.members().length);
        assertEquals(1.7, run(rows).score(rows.getLast()), 1e-9);
    }

    @Test
    void aCharacterInOrderIsToldOnlyWhereItGoesWithOneTarget() {
        List<Example> rows = new ArrayList<>(Rows.clean(400, 2));
        for (int i = 0; i < 12; i++) {
            rows.add(Rows.labelled("10\u00a0000 in honest row " + i, Rows.LABELS[i % 4]));
        }
        assertEquals(List.of(), run(rows).candidates());
        for (int i = 0; i < 200; i++) {
            rows.add(Rows.labelled("question\u00a0number " + i, "card"));
        }
        assertEquals(Optional.of("card"), run(rows).candidates().getFirst().target());
    }

    @Test
    void twoCharactersInTheSameRowsAreOneGroup() {
        List<Example> rows = new ArrayList<>(Rows.clean(100, 3));
        for (int i = 0; i < 9; i++) {
            rows.add(Rows.labelled("row\u200b number\u2060 " + i, "card"));
        }
        List<Candidate> candidates = run(rows).candidates();
        assertEquals(1, candidates.size());
        assertEquals(2, candidates.getFirst().trigger().orElseThrow().pieces().size());
    }

    @Test
    void theIntentionalConfusablesOfUnicodeFire() throws IOException {
        Path data = shared("unicode-confusables/intentional.txt");
        int missed = 0;
        int tried = 0;
        for (String line : Files.readAllLines(data)) {
            String[] fields = line.split("[;\\s#]+");
            if (!line.startsWith("#") && fields.length > 1 && !line.isBlank()) {
                int ascii = Integer.parseInt(fields[0].strip(), 16);
                int other = Integer.parseInt(fields[1].strip(), 16);
                if (ascii < 0x80 && Character.isLetter(ascii) && Character.isLetter(other)) {
                    tried++;
                    String text = "some wo" + Character.toString(other) + "rd here";
                    missed += score(text) > 0 ? 0 : 1;
                }
            }
        }
        assertTrue(tried > 20 && missed == 0, missed + " of " + tried + " missed");
    }

    private static Path shared(String file) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        Path data = folder == null
                ? Path.of("")
                : folder.resolveSibling("shared").resolve("data").resolve(file);
        assumeTrue(Files.exists(data), "needs ../shared/data/" + file + " beside the repository");
        return data;
    }

    @Test
    void spansOfManyMarksStayInOrder() {
        Example row = Rows.labelled("pаypаl\u200b \u202epаypаl\udb40\udc69\u200b".repeat(300), "a");
        Evidence evidence = run(List.of(row)).explain(row).getFirst();
        assertTrue(evidence.spans().size() <= HiddenMarks.LIMIT);
        assertTrue(evidence.text().length() < 2000);
    }
}
