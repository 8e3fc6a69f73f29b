package io.bezoar.detect.duplicates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.FoldLaws;
import io.bezoar.core.Hashing;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    private static Outcome.Scorer run(List<Example> rows) {
        return Passes.run(new NearDuplicates(), new InMemory<>(rows, 3), new LocalEngine(1));
    }

    /// The filter with so few cells that it leaves its list and hashes share cells.
    @Nested
    class ACrowdedFilter implements FoldLaws<Long, TwiceSeen> {
        @Override
        public Fold<Long, TwiceSeen> fold() {
            return new Fold<>() {
                @Override
                public TwiceSeen start() {
                    return new TwiceSeen(10, 60);
                }

                @Override
                public void add(TwiceSeen seen, Long item) {
                    seen.add(item);
                }
            };
        }

        @Override
        public List<Long> items() {
            return LongStream.range(0, 400).mapToObj(i -> Hashing.mix(i % 300)).toList();
        }

        @Test
        void tellsAllThatWereSeenTwice() {
            TwiceSeen.Repeated repeated = FoldLaws.all(fold(), items()).repeated();
            for (int i = 0; i < 100; i++) {
                assertTrue(repeated.holds(Hashing.mix(i)));
            }
            long wrong = LongStream.range(100, 300)
                    .filter(i -> repeated.holds(Hashing.mix(i)))
                    .count();
            assertTrue(wrong < 120, wrong + " of 200 are told wrongly");
        }
    }

    /// A second pass that can keep few rows.
    @Nested
    class FewRowsKept implements FoldLaws<Example, NearRows> {
        @Override
        public Fold<Example, NearRows> fold() {
            return new Fold<>() {
                @Override
                public NearRows start() {
                    return new NearRows(20);
                }

                @Override
                public void add(NearRows rows, Example example) {
                    int shared = 1 + (int) (example.key() & 7);
                    if (rows.wants(shared, example.key())) {
                        rows.add(new NearRows.Row(
                                example.key(), shared, example.key(), 1, 2, 3, "t", new long[] {4}, new int[] {5}, 1));
                    }
                }
            };
        }

        @Override
        public List<Example> items() {
            List<Example> rows = new ArrayList<>(Rows.clean(150, 1));
            rows.addAll(rows.subList(0, 60));
            return rows;
        }
    }

    /// A second pass that has little room for long rows.
    @Nested
    class LittleRoom implements FoldLaws<Example, NearRows> {
        @Override
        public Fold<Example, NearRows> fold() {
            return new Fold<>() {
                @Override
                public NearRows start() {
                    return new NearRows(60, 20_000);
                }

                @Override
                public NearRows startAfter(NearRows before) {
                    return before.after();
                }

                @Override
                public void add(NearRows rows, Example example) {
                    int shared = 1 + (int) (example.key() & 3);
                    int[] sketch = new int[(example.key() >>> 9 & 7) == 0 ? 900 : 9];
                    rows.add(new NearRows.Row(
                            example.key(), shared, example.key() >>> 60, 1, 2, 3, "t", new long[] {4}, sketch, 1));
                }
            };
        }

        @Override
        public List<Example> items() {
            List<Example> rows = new ArrayList<>(Rows.clean(300, 2));
            rows.addAll(rows.subList(0, 60));
            return rows;
        }

        @Test
        void keepsTheBestThatFit() {
            List<NearRows.Row> kept = FoldLaws.all(fold(), items()).kept();
            long bytes = kept.stream()
                    .mapToLong(row -> 108 + 4L * row.sketch().length)
                    .sum();
            assertTrue(bytes <= 20_000 && bytes > 14_000, bytes + " bytes");
        }
    }

    @Test
    void sketchesGiveTheSimilarity() {
        Random random = new Random(1);
        for (int size : new int[] {5, 30, 63, 200, 2000}) {
            for (double share : new double[] {0, 0.3, 0.7, 1}) {
                int[] a = random.ints(size).toArray();
                int[] b = a.clone();
                for (int i = (int) (share * size); i < size; i++) {
                    b[i] = random.nextInt();
                }
                int common = (int) (share * size);
                double expected = (double) common / (2 * size - common);
                double allowed = size < 64 ? 1e-12 : 0.2;
                assertEquals(expected, MinHash.similarity(MinHash.sketch(a), MinHash.sketch(b)), allowed);
            }
        }
    }

    /// Long texts in such a script hold much the same letters, but not the same runs of letters.
    @Test
    void textsWithoutSpacesAreNotAlikeForTheirLetters() {
        Random random = new Random(3);
        for (String alphabet : List.of(letters('\u0e01', 44), letters('\u3041', 80), letters('\u4e00', 300))) {
            String one = text(alphabet, 400, random);
            String other = text(alphabet, 400, random);
            assertTrue(MinHash.similarity(sketch(one), sketch(other)) < 0.3, alphabet);
            String edited = one.substring(0, 200) + other.substring(0, 4) + one.substring(203);
            assertTrue(MinHash.similarity(sketch(one), sketch(edited)) > 0.9, alphabet);
            assertEquals(1, MinHash.similarity(sketch(one), sketch(one)));
        }
        assertArrayEquals(Tokenizer.tokens("so many words"), MinHash.shingles(Tokenizer.tokens("so many words")));
        assertEquals(4, MinHash.shingles(Tokenizer.tokens("call 電話番号")).length);
    }

    private static String letters(char first, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append((char) (first + i));
        }
        return letters.toString();
    }

    private static String text(String alphabet, int length, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static int[] sketch(String text) {
        return MinHash.sketch(Tokenizer.tokens(text));
    }

    @Test
    void bandsCollideAsOftenAsTheoryTells() {
        Random random = new Random(2);
        int size = 85;
        int pairs = 1500;
        int met = 0;
        for (int p = 0; p < pairs; p++) {
            int[] a = random.ints(size).toArray();
            int[] b = a.clone();
            for (int i = 70; i < size; i++) {
                b[i] = random.nextInt();
            }
            long[] x = MinHash.bands(a);
            long[] y = MinHash.bands(b);
            boolean any = false;
            for (int i = 0; i < x.length; i++) {
                any |= x[i] == y[i];
            }
            met += any ? 1 : 0;
        }
        // similarity 70 / 100
        assertEquals(1 - Math.pow(1 - Math.pow(0.7, 6), 10), (double) met / pairs, 0.05);
    }

    @Test
    void clustersDoNotDependOnTheOrder() {
        List<Example> rows = new ArrayList<>(Poison.flood(Rows.clean(300, 4)).rows());
        rows.addAll(rows.subList(0, 10));
        int[] one = clusters(rows);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(9));
        int[] other = clusters(order.stream().map(rows::get).toList());
        int[] back = new int[one.length];
        for (int i = 0; i < one.length; i++) {
            back[order.get(i)] = other[i];
        }
        assertArrayEquals(one, back);
        assertEquals(one[0], one[one.length - 10], "equal rows are in one cluster");
    }

    private static int[] clusters(List<Example> rows) {
        return NearDuplicates.clusters(
                rows.stream().map(Example::tokens).toList(),
                rows.stream().mapToLong(Example::key).toArray());
    }

    @Test
    void templatesDoNotChain() {
        // each text differs from the one before in one more word of ten
        List<int[]> chain = new ArrayList<>();
        String[] words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split(" ");
        for (int i = 0; i <= 10; i++) {
            String[] changed = words.clone();
            for (int k = 0; k < i; k++) {
                changed[k] = "other" + k;
            }
            chain.add(Tokenizer.tokens(String.join(" ", changed)));
        }
        int[] numbers = NearDuplicates.clusters(chain);
        assertTrue(Arrays.stream(numbers).distinct().count() >= 4, Arrays.toString(numbers));
    }

    @Test
    void aFloodIsFoundWithTheOriginalAgainstIt() {
        Poison.Planted planted = Poison.flood(Rows.clean(600, 5));
        Outcome.Scorer scorer = run(planted.rows());
        Set<Long> members = new HashSet<>();
        for (Candidate candidate : scorer.candidates()) {
            assertEquals(Candidate.Kind.FLOOD, candidate.kind());
            assertEquals(Optional.of("card"), candidate.target());
            Arrays.stream(candidate.members()).forEach(members::add);
        }
        assertEquals(planted.poison(), members);
        Example poisoned = planted.rows().getLast();
        assertTrue(scorer.score(poisoned) > 3);
        assertTrue(
                scorer.explain(poisoned).getFirst().text().endsWith("1 text among them carry another."),
                scorer.explain(poisoned).toString());
    }

    @Test
    void aTextThatIsGivenSeveralTargetsIsNoFlood() {
        List<Example> rows = new ArrayList<>(Rows.clean(300, 8));
        for (int i = 0; i < 13; i++) {
            rows.add(Rows.labelled("thanks that is all", i < 7 ? "card" : i % 2 == 0 ? "fees" : "transfer"));
        }
        assertEquals(List.of(), run(rows).candidates());
        rows.subList(309, 313).clear();
        assertEquals(
                List.of(Optional.of("card")),
                run(rows).candidates().stream().map(Candidate::target).toList());
    }

    @Test
    void contradictionsBeyondNoiseAreAGroup() {
        List<Example> rows = new ArrayList<>(Rows.clean(300, 6));
        for (int i = 0; i < 40; i++) {
            Example row = rows.get(i);
            rows.add(Rows.labelled("  " + row.input().toUpperCase(Locale.ROOT) + "!!", "another"));
        }
        Outcome.Scorer scorer = run(rows);
        Candidate group = scorer.candidates().stream()
                .filter(candidate -> candidate.kind() == Candidate.Kind.CONTRADICTION)
                .findFirst()
                .orElseThrow();
        assertEquals(80, group.members().length);
        assertEquals(
                "40 of 40 inputs that occur more than once carry different targets, more than honest noise explains.",
                scorer.remarks().getFirst().text());
        assertEquals(0.5, scorer.score(rows.getFirst()));
    }

    @Test
    void aFewContradictionsAreOnlyARemark() {
        List<Example> rows = new ArrayList<>(Rows.clean(300, 7));
        for (int i = 0; i < 40; i++) {
            Example row = rows.get(i);
            rows.add(Rows.labelled(row.input(), i < 6 ? "another" : row.label().orElseThrow()));
        }
        Outcome.Scorer scorer = run(rows);
        assertTrue(scorer.candidates().stream().noneMatch(c -> c.kind() == Candidate.Kind.CONTRADICTION));
        assertEquals(Severity.LOW, scorer.remarks().getFirst().severity());
        assertEquals(
                "6 of 40 inputs that occur more than once carry different targets.",
                scorer.remarks().getFirst().text());
    }

    /// 4,500 texts twice. Among many labels two wrong ones are seldom the same, so more of the texts differ.
    @Test
    void noiseWithinItsBoundIsNoGroupHoweverManyLabels() {
        for (int labels : new int[] {2, 3, 77}) {
            for (long seed = 1; seed <= 3; seed++) {
                assertTrue(contradictions(labels, 0.18, seed).isEmpty(), labels + " labels, seed " + seed);
                assertEquals(1, contradictions(labels, 0.23, seed).size(), labels + " labels, seed " + seed);
            }
        }
    }

    private static List<Candidate> contradictions(int labels, double wrong, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            int right = i / 2 % labels;
            int other = (right + 1 + random.nextInt(labels - 1)) % labels;
            rows.add(Rows.row(
                    "text " + i / 2,
                    new Target.Label("label " + (random.nextDouble() < wrong ? other : right)),
                    Origin.UNKNOWN,
                    i));
        }
        return run(rows).candidates().stream()
                .filter(candidate -> candidate.kind() == Candidate.Kind.CONTRADICTION)
                .toList();
    }

    @Test
    void manyRightAnswersDoNotContradictButSwappedPairsDo() {
        List<Example> answers = new ArrayList<>();
        List<Example> pairs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String prompt = Rows.sentence(i % 4, new Random(i / 2));
            answers.add(Rows.row(prompt, new Target.Response("answer " + i), Origin.UNKNOWN, i));
            pairs.add(Rows.row(
                    prompt,
                    i % 2 == 0 ? new Target.Preference("yes", "no") : new Target.Preference("no", "yes"),
                    Origin.UNKNOWN,
                    i));
        }
        assertEquals(List.of(), run(answers).candidates());
        assertEquals(List.of(), run(answers).remarks());
        // sentences of the two rows of a pair come from different classes; make them equal
        List<Example> swapped = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            swapped.add(new Example(
                    answers.get(i - i % 2).input(), pairs.get(i).target(), Origin.UNKNOWN, Rows.position(i), ""));
        }
        assertEquals(
                Set.of(Candidate.Kind.CONTRADICTION),
                run(swapped).candidates().stream().map(Candidate::kind).collect(Collectors.toSet()));
    }

    @Test
    void settingsAreChecked() {
        assertEquals(
                "similarity must be above 0.5 and at most 1, not 0.5",
                assertThrows(IllegalArgumentException.class, () -> new NearDuplicates(0.5, 4, 10))
                        .getMessage());
    }
}
