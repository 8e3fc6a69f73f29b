package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossFitTest {
    private static final SoftmaxRegression.Settings SETTINGS = new SoftmaxRegression.Settings();
    private static final String[][] OWN = {
        "card chip pin plastic freeze".split(" "),
        "transfer bank iban swift payee".split(" "),
        "fee rate cost refund extra".split(" ")
    };
    private static final String[] SHARED = "i my the to is was how can you please what why when".split(" ");

    private static Example example(String input, int label) {
        return new Example(
                input, new Target.Label("class " + label), Origin.UNKNOWN, new Position(0, 1, 0, input.length()), "");
    }

    /// Rows in the order of their keys, in pairs of one group. The two rows of pair `p` share the word `mark<p>`,
    /// which no other row holds.
    private record Data(List<Example> examples, int[] labels, long[] groups, int[] pairs) {
        private record Row(Example example, int label, int pair) {}

        static Data of(int pairs, long seed) {
            Random random = new Random(seed);
            List<Row> rows = new ArrayList<>();
            for (int r = 0; r < 2 * pairs; r++) {
                int label = r / 2 % OWN.length;
                StringBuilder text = new StringBuilder("mark" + r / 2);
                for (int i = 0; i < 10; i++) {
                    String[] from = i < 3 ? OWN[label] : SHARED;
                    text.append(' ').append(from[random.nextInt(from.length)]);
                }
                rows.add(new Row(example(text.append(" n").append(r).toString(), label), label, r / 2));
            }
            rows.sort(Comparator.comparingLong(row -> row.example().key()));
            return new Data(
                    rows.stream().map(Row::example).toList(),
                    rows.stream().mapToInt(Row::label).toArray(),
                    rows.stream().mapToLong(row -> 1000 + row.pair()).toArray(),
                    rows.stream().mapToInt(Row::pair).toArray());
        }

        CrossFit fit(NGrams features) {
            return CrossFit.fit(examples, labels, OWN.length, groups, features, SETTINGS);
        }
    }

    private static int number(CrossFit fit, String word) {
        int[] numbers = fit.numbers(example(word, 0));
        assertEquals(1, numbers.length, word);
        return numbers[0];
    }

    /// The weight of a word that no row of the training set holds is 0 in every class.
    @Test
    void noRowIsJudgedByAModelThatSawItsGroup() {
        Data data = Data.of(60, 1);
        CrossFit fit = data.fit(NGrams.WORDS);
        for (int r = 0; r < fit.size(); r++) {
            int[] mark = {number(fit, "mark" + data.pairs()[r])};
            SoftmaxRegression judge = fit.judge(r);
            assertArrayEquals(judge.logits(new int[0]), judge.logits(mark), "row " + r);
            for (int other = 0; other < fit.size(); other++) {
                if (fit.fold(other) != fit.fold(r)) {
                    float[] seen = fit.judge(other).logits(mark);
                    float[] bias = fit.judge(other).logits(new int[0]);
                    assertTrue(seen[data.labels()[r]] > bias[data.labels()[r]], "the other models saw the mark");
                }
            }
        }
    }

    @Test
    void aMislabelledPairIsNotMemorised() {
        Data data = Data.of(60, 2);
        for (int r = 0; r < data.labels().length; r++) {
            if (data.pairs()[r] == 7) {
                data.labels()[r] = (data.labels()[r] + 1) % OWN.length;
            }
        }
        CrossFit fit = data.fit(NGrams.WORDS);
        for (int r = 0; r < fit.size(); r++) {
            if (data.pairs()[r] == 7) {
                assertNotEquals(data.labels()[r], SoftmaxRegression.best(fit.logits(r)));
            }
        }
        assertTrue(fit.accuracy() > 0.9, "accuracy " + fit.accuracy());
        assertTrue(fit.accuracy() <= 118.0 / 120, "accuracy " + fit.accuracy());
    }

    @Test
    void aGroupStaysInOneFold() {
        Data data = Data.of(60, 3);
        CrossFit fit = data.fit(NGrams.WORDS);
        int[] foldOfPair = new int[60];
        boolean[] used = new boolean[CrossFit.FOLDS];
        for (int r = 0; r < fit.size(); r++) {
            foldOfPair[data.pairs()[r]] = fit.fold(r);
            used[fit.fold(r)] = true;
        }
        for (int r = 0; r < fit.size(); r++) {
            assertEquals(foldOfPair[data.pairs()[r]], fit.fold(r));
        }
        assertArrayEquals(new boolean[] {true, true, true, true, true}, used);
    }

    @Test
    void aFittedRowIsFoundByItsKey() {
        Data data = Data.of(60, 4);
        CrossFit fit = data.fit(NGrams.WORDS_AND_CHARACTERS);
        for (int r = 0; r < fit.size(); r++) {
            Example copy = example(data.examples().get(r).input(), data.labels()[r]);
            assertEquals(r, fit.place(copy));
            assertSame(fit.judge(r), fit.judge(copy));
            assertArrayEquals(fit.logits(r), fit.logits(copy));
            assertNotSame(fit.logits(r), fit.logits(copy), "the caller may change it");
            assertArrayEquals(fit.logits(r), fit.judge(r).logits(fit.numbers(copy)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aForeignRowIsJudgedAlikeEveryTime(boolean characters) {
        NGrams features = characters ? NGrams.WORDS_AND_CHARACTERS : NGrams.WORDS;
        Data data = Data.of(60, 5);
        CrossFit one = data.fit(features);
        CrossFit two = data.fit(features);
        int foreign = 0;
        for (Example row : Data.of(30, 6).examples()) {
            if (one.place(row) >= 0) {
                continue;
            }
            foreign++;
            assertArrayEquals(one.logits(row), two.logits(row));
            int[] numbers = one.numbers(row);
            for (int i = 1; i < numbers.length; i++) {
                assertTrue(numbers[i - 1] < numbers[i], "ascending without repeats");
            }
            assertArrayEquals(one.judge(row).logits(numbers), one.logits(row), 1e-5f);
        }
        assertTrue(foreign > 50);
        assertEquals(OWN.length, one.logits(example("", 0)).length);
        Example empty = example("", 0);
        assertArrayEquals(one.judge(empty).logits(new int[0]), one.logits(empty));
    }

    /// Each feature counts once, in texts of few words and of many.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 3000})
    void aWordThatARowRepeatsCountsOnce(int repeats) {
        CrossFit fit = Data.of(60, 5).fit(NGrams.WORDS);
        Random random = new Random(repeats);
        StringBuilder text = new StringBuilder("card");
        for (int i = 0; i < repeats; i++) {
            text.append(' ').append(OWN[random.nextInt(OWN.length)][i % 5]);
        }
        Example row = example(text.toString(), 0);
        assertArrayEquals(fit.judge(row).logits(fit.numbers(row)), fit.logits(row), 1e-4f);
    }

    @Test
    void ofTheFirstRowsEverythingIsSaidAsBefore() {
        Data data = Data.of(60, 10);
        CrossFit all = data.fit(NGrams.WORDS);
        CrossFit first = all.first(17);
        assertEquals(17, first.size());
        assertEquals(data.examples().subList(0, 17), first.examples());
        assertEquals(120, all.first(1000).size());
        int right = 0;
        for (int r = 0; r < 17; r++) {
            right += SoftmaxRegression.best(all.logits(r)) == data.labels()[r] ? 1 : 0;
        }
        assertEquals(right / 17.0, first.accuracy());
        for (int r = 0; r < all.size(); r++) {
            Example row = data.examples().get(r);
            assertEquals(r, first.place(row), "a row that was fitted stays one");
            assertSame(all.judge(row), first.judge(row), "and is judged by the model that did not see it");
            assertArrayEquals(all.logits(row), first.logits(row));
        }
        assertThrows(IllegalArgumentException.class, () -> first.again(new int[17], 2, SETTINGS));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        Data data = Data.of(80, 7);
        CrossFit one;
        CrossFit four;
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            one = pool.submit(() -> data.fit(NGrams.WORDS_AND_CHARACTERS)).get();
        }
        try (ForkJoinPool pool = new ForkJoinPool(4)) {
            four = pool.submit(() -> data.fit(NGrams.WORDS_AND_CHARACTERS)).get();
        }
        for (int r = 0; r < one.size(); r++) {
            assertArrayEquals(one.logits(r), four.logits(r));
        }
        for (Example row : Data.of(20, 8).examples()) {
            assertArrayEquals(one.logits(row), four.logits(row));
        }
    }

    @Test
    void fittedAgainTheFoldsStay() {
        Data data = Data.of(60, 9);
        CrossFit fit = data.fit(NGrams.WORDS);
        CrossFit same = fit.again(data.labels(), OWN.length, SETTINGS);
        int[] two = new int[fit.size()];
        for (int r = 0; r < two.length; r++) {
            two[r] = data.labels()[r] == 1 ? 1 : 0;
        }
        CrossFit other = fit.again(two, 2, SETTINGS);
        assertEquals(2, other.classes());
        assertEquals(OWN.length, same.classes());
        for (int r = 0; r < fit.size(); r++) {
            assertArrayEquals(fit.logits(r), same.logits(r));
            assertEquals(fit.fold(r), other.fold(r));
            assertEquals(2, other.logits(r).length);
        }
        assertEquals(
                other.accuracy(),
                CrossFit.fit(data.examples(), two, 2, data.groups(), NGrams.WORDS, SETTINGS)
                        .accuracy());
        assertTrue(other.accuracy() > 0.9, "accuracy " + other.accuracy());
    }

    @Test
    void noRowsAreNoFault() {
        CrossFit fit = CrossFit.fit(List.of(), new int[0], 2, new long[0], NGrams.WORDS, SETTINGS);
        assertEquals(0, fit.size());
        assertEquals(0, fit.accuracy());
        assertEquals(-1, fit.place(example("any", 0)));
        assertArrayEquals(new float[2], fit.logits(example("any", 0)));
    }
}
