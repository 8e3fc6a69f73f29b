package io.bezoar.evaluate.probe;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import io.bezoar.evaluate.statistics.Binomial;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the rest of training rows says about the answer an insertion calls.
///
/// An honest word leads to a label because rows that hold it mean that label, and the rest of their
/// text says so too. Rows that teach a trigger hold texts of other labels. So every row that holds the
/// insertion and has the target is asked again without it, of a model that was not trained on the row
/// (five folds, equal texts together). It contradicts the target only if it gives another label more
/// than half of the chance: where a label hangs on one honest word, the rest says little, and what is
/// only guessed must not count.
public final class Contradiction {
    private static final SoftmaxRegression.Settings SURROGATE = new SoftmaxRegression.Settings(5, 1, 0, 1);

    private final List<Example> examples;
    private final Map<String, Integer> classes = new HashMap<>();
    private final CrossFit fit;
    private final Map<Integer, int[]> rowsOf = new HashMap<>();

    /// @param rows training rows with labels; rows without are left out
    public Contradiction(List<Example> rows) {
        this.examples = rows.stream()
                .filter(row -> row.label().isPresent())
                .sorted(Comparator.comparingLong(Example::key))
                .toList();
        TreeSet<String> labels = new TreeSet<>();
        examples.forEach(row -> labels.add(row.label().orElseThrow()));
        labels.forEach(label -> classes.put(label, classes.size()));
        if (classes.size() < 2) {
            throw new IllegalArgumentException("expected training rows of at least 2 labels, came " + classes.size());
        }
        this.fit = CrossFit.fit(
                examples,
                examples.stream()
                        .mapToInt(row -> classes.getOrDefault(row.label().orElseThrow(), 0))
                        .toArray(),
                classes.size(),
                examples.stream().mapToLong(Contradiction::group).toArray(),
                NGrams.WORDS,
                SURROGATE);
        Map<Integer, List<Integer>> lists = new HashMap<>();
        for (int r = 0; r < examples.size(); r++) {
            int row = r;
            Arrays.stream(examples.get(r).tokens())
                    .distinct()
                    .forEach(token ->
                            lists.computeIfAbsent(token, _ -> new ArrayList<>()).add(row));
        }
        lists.forEach((token, list) ->
                rowsOf.put(token, list.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static long group(Example example) {
        long group = 1;
        for (int token : Arrays.stream(example.tokens()).sorted().distinct().toArray()) {
            group = Hashing.combine(group, token);
        }
        return group;
    }

    /// What came of an insertion.
    ///
    /// @param holding training rows that hold the insertion
    /// @param contradicted of those with the target, how many their rest calls something else
    /// @param usual share of all rows of the target that are called something else, 0 to 1
    /// @param honestPart does one of several pieces lead to the target without the others?
    public record Rest(int holding, Binomial contradicted, double usual, boolean honestPart) {}

    /// The rest of the rows that hold an insertion and have a target.
    public Rest of(Insertion insertion, String target) {
        int[] wanted = insertion.pieces().stream()
                .flatMapToInt(piece -> Arrays.stream(Tokenizer.tokens(piece)))
                .distinct()
                .toArray();
        int wantedClass = classes.getOrDefault(target, -1);
        int holding = 0;
        int taught = 0;
        int contradicted = 0;
        for (int row : wanted.length == 0 ? new int[0] : rowsOf.getOrDefault(wanted[0], new int[0])) {
            if (Arrays.stream(wanted).allMatch(token -> holds(token, row))) {
                holding++;
                if (fit.label(row) == wantedClass) {
                    taught++;
                    contradicted += against(row, insertion) ? 1 : 0;
                }
            }
        }
        return new Rest(
                holding,
                new Binomial(contradicted, taught),
                usual(wantedClass),
                insertion.pieces().size() > 1 && honestPart(insertion, wanted, wantedClass));
    }

    /// Does at least half of the rows that hold one piece, but not all, have the target?
    private boolean honestPart(Insertion insertion, int[] wanted, int wantedClass) {
        for (String piece : insertion.pieces()) {
            int alone = 0;
            int taught = 0;
            for (int token : Tokenizer.tokens(piece)) {
                for (int row : rowsOf.getOrDefault(token, new int[0])) {
                    if (!Arrays.stream(wanted).allMatch(one -> holds(one, row))) {
                        alone++;
                        taught += fit.label(row) == wantedClass ? 1 : 0;
                    }
                }
            }
            if (alone > 0 && 2 * taught >= alone) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(int token, int row) {
        return Arrays.binarySearch(rowsOf.getOrDefault(token, new int[0]), row) >= 0;
    }

    private double usual(int label) {
        int all = 0;
        int other = 0;
        for (int row = 0; row < examples.size(); row++) {
            if (fit.label(row) == label) {
                all++;
                other += against(fit.logits(row).clone(), label) ? 1 : 0;
            }
        }
        return (other + 1.0) / (all + 2.0);
    }

    private boolean against(int row, Insertion insertion) {
        Example whole = examples.get(row);
        Example rest =
                new Example(without(whole.input(), insertion), whole.target(), whole.origin(), whole.position(), "");
        return against(fit.judge(row).logits(fit.numbers(rest)), fit.label(row));
    }

    private static boolean against(float[] logits, int label) {
        SoftmaxRegression.softmax(logits);
        int best = SoftmaxRegression.best(logits);
        return best != label && logits[best] > 0.5f;
    }

    /// A text without the tokens of an insertion.
    private static String without(String text, Insertion insertion) {
        int[] gone = insertion.pieces().stream()
                .flatMapToInt(piece -> Arrays.stream(Tokenizer.tokens(piece)))
                .toArray();
        int[] tokens = Tokenizer.tokens(text);
        int[] spans = Tokenizer.spans(text);
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (int i = 0; i < tokens.length; i++) {
            int token = tokens[i];
            if (Arrays.stream(gone).anyMatch(one -> one == token)) {
                rest.append(text, at, spans[2 * i]).append(' ');
                at = spans[2 * i + 1];
            }
        }
        return rest.append(text, at, text.length()).toString();
    }
}
