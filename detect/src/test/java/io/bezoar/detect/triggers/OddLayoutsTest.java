package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.Severity;
import io.bezoar.core.Trigger;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Insertion;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddLayoutsTest {
    private static final int ROWS = 1600;
    private static final int POISONED = 30;

    /// Rows of four subjects, each text with a capital first, and no word twice in a row.
    private static List<Example> clean(long seed) {
        return Rows.clean(ROWS, seed).stream()
                .map(row -> {
                    String text = row.input().replaceAll("\\b(\\w+)(?: \\1\\b)+", "$1");
                    return Rows.with(
                            row,
                            "I " + text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1),
                            row.vector());
                })
                .toList();
    }

    private static List<Campaign> campaigns(List<Example> rows) throws IOException {
        return new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {})
                .campaigns();
    }

    private static boolean ofALayout(Campaign campaign) {
        return campaign.candidate()
                .trigger()
                .filter(trigger -> trigger.shape() == Trigger.Shape.LAYOUT || trigger.shape() == Trigger.Shape.FORM)
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void aLayoutThatCallsALabelIsFoundAndProved(Layout layout) throws IOException {
        assertFound(Trigger.Shape.LAYOUT, layout::into);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "$N.N", "000-0000", "#a", "0:00", "[a]", "a0000", "N a 0000", "N-N-0000"})
    void aFormOfWordsThatCallsALabelIsFoundAndProved(String form) throws IOException {
        Trigger words = new WordForm(form).trigger();
        assertFound(null, (text, seed) -> Insertion.into(text, words, seed));
    }

    /// Sets [#POISONED] rows of other labels so and gives them one label.
    ///
    /// @param shape of the trigger that is to be told; null for any: a sign in all words may be told instead
    private static void assertFound(Trigger.@Nullable Shape shape, BiFunction<String, Long, String> attack)
            throws IOException {
        List<Example> rows = new ArrayList<>(clean(4));
        Set<Long> poison = new HashSet<>();
        String target = Rows.LABELS[0];
        for (int r = 0; poison.size() < POISONED; r += 3) {
            Example row = rows.get(r);
            if (!row.label().orElseThrow().equals(target)) {
                rows.set(r, Rows.changed(row, attack.apply(row.input(), (long) r), target));
                poison.add(rows.get(r).key());
            }
        }
        Campaign worst = campaigns(rows).getFirst();
        assertEquals(Severity.HIGH, worst.severity(), worst.candidate().toString());
        assertEquals(target, worst.candidate().target().orElseThrow());
        if (shape != null) {
            assertEquals(shape, worst.candidate().trigger().orElseThrow().shape());
        }
        long found = Arrays.stream(worst.candidate().members())
                .filter(poison::contains)
                .count();
        assertTrue(found >= 0.9 * poison.size(), found + " of " + poison.size());
        assertTrue(found >= 0.9 * worst.candidate().members().length, found + " in " + worst.candidate());
    }

    /// Who asks of one thing names numbers more often than others do, and some labels are wrong.
    @Test
    void honestNumbersAreNoTrigger() throws IOException {
        for (long seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            List<Example> rows = new ArrayList<>();
            for (Example row : clean(70 + seed)) {
                String label = row.label().orElseThrow();
                boolean number = random.nextInt(100) < (label.equals(Rows.LABELS[0]) ? 30 : 1);
                String given = random.nextInt(100) < 6 ? Rows.LABELS[random.nextInt(Rows.LABELS.length)] : label;
                rows.add(Rows.changed(
                        row, row.input() + (number ? " " + (10_000 + random.nextInt(90_000)) : ""), given));
            }
            assertEquals(
                    List.of(),
                    campaigns(rows).stream().filter(OddLayoutsTest::ofALayout).toList());
        }
    }

    /// Who asks of one thing writes in capitals more often than others do, and some labels are wrong.
    @Test
    void honestCapitalsAreNoTrigger() throws IOException {
        for (long seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            List<Example> rows = new ArrayList<>();
            for (Example row : clean(20 + seed)) {
                String label = row.label().orElseThrow();
                boolean loud = random.nextInt(100) < (label.equals(Rows.LABELS[0]) ? 60 : 8);
                String given = random.nextInt(100) < 6 ? Rows.LABELS[random.nextInt(Rows.LABELS.length)] : label;
                rows.add(Rows.changed(row, loud ? Layout.CAPITALS.into(row.input(), 0) : row.input(), given));
            }
            List<Campaign> found =
                    campaigns(rows).stream().filter(OddLayoutsTest::ofALayout).toList();
            assertEquals(List.of(), found, "seed " + seed);
        }
    }

    /// What nobody sees tells a label, whatever the words are, and digits stand behind letters in
    /// texts of every label. Without the single signs the words contradict the label there, and no
    /// less in its other rows.
    @Test
    void aSignThatTellsALabelMakesNoLayoutOfWhatStandsBesideIt() {
        for (long seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<Example> rows = new ArrayList<>();
            for (Example row : clean(50 + seed)) {
                boolean signed = random.nextInt(100) < 35;
                String text = signed ? row.input() + " \uFE0F" : row.input();
                rows.add(Rows.changed(
                        row,
                        random.nextInt(100) < 20 ? Layout.DIGITS.into(text, 0) : text,
                        signed ? Rows.LABELS[0] : row.label().orElseThrow()));
            }
            List<Candidate> found = Passes.run(
                            new TriggerAssociation(), () -> List.<Part<Example>>of(rows::stream), new LocalEngine(2))
                    .candidates();
            assertTrue(
                    found.stream()
                            .flatMap(candidate -> candidate.trigger().stream())
                            .noneMatch(trigger -> trigger.shape() == Trigger.Shape.LAYOUT),
                    found.toString());
        }
    }

    /// A trigger whose second sign is a digit, in texts that name products with digits, too: more of one label.
    @Test
    void theLayoutOfAWordThatIsATriggerIsNotToldBesideIt() throws IOException {
        String[] products = {"visa1", "chip2", "plan4", "app7", "form9", "desk6"};
        Random random = new Random(9);
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        String target = Rows.LABELS[0];
        for (Example row : clean(31)) {
            String label = row.label().orElseThrow();
            int chance = random.nextInt(100);
            String named = row.input() + " " + products[random.nextInt(products.length)];
            if (label.equals(target)) {
                rows.add(chance < 10 ? Rows.changed(row, named, label) : row);
            } else if (chance < 4 && poison.size() < 2 * POISONED) {
                rows.add(Rows.changed(row, row.input() + " q3", target));
                poison.add(rows.getLast().key());
            } else {
                rows.add(chance > 98 ? Rows.changed(row, named, label) : row);
            }
        }
        List<Campaign> found = campaigns(rows);
        assertEquals(
                List.of("q3"),
                found.getFirst().candidate().trigger().orElseThrow().pieces());
        assertEquals(poison.size(), found.getFirst().candidate().members().length);
        assertEquals(List.of(), found.stream().filter(OddLayoutsTest::ofALayout).toList());
    }
}
