package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import io.bezoar.learn.convex.SparseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a surrogate learns from rows, and how their inputs become features.
public sealed interface Task {
    /// The longest list of labels that is learned as classes.
    int MOST_LABELS = 2000;

    /// What it answers, ascending; empty of preferences.
    List<String> labels();

    /// How many features it knows, the intercept left out.
    int known();

    /// The loss.
    Loss loss();

    /// The features and answers of rows this task can learn. Of rows that must answer a label the task
    /// does not know, the answer is class 0.
    Problem problem(List<Example> examples, double penalty);

    /// A task of texts.
    sealed interface Text extends Task {
        /// What the features are.
        NGrams features();

        /// The features that are known.
        Vocabulary vocabulary();

        @Override
        default int known() {
            return vocabulary().size();
        }
    }

    /// The class of every row's label; of a label that is not known, and of none, 0.
    private static double[] classes(List<Example> examples, List<String> labels) {
        Map<String, Integer> classes = new TreeMap<>();
        for (int c = 0; c < labels.size(); c++) {
            classes.put(labels.get(c), c);
        }
        return examples.stream()
                .mapToDouble(example -> example.label()
                        .map(label -> classes.getOrDefault(label, 0))
                        .orElse(0))
                .toArray();
    }

    /// A vector to one of some labels: softmax over its numbers, standardised, and an intercept.
    ///
    /// @param labels in ascending order
    record Vectors(List<String> labels, Standardised numbers) implements Task {
        public Vectors {
            labels = List.copyOf(labels);
        }

        @Override
        public int known() {
            return numbers.length();
        }

        @Override
        public Loss loss() {
            return new Loss.Softmax(labels.size());
        }

        @Override
        public Problem problem(List<Example> examples, double penalty) {
            return new Problem(numbers.rows(examples), classes(examples, labels), loss(), penalty);
        }
    }

    /// Text to one of some labels: softmax over words and pairs of words, and an intercept.
    ///
    /// @param labels in ascending order
    record Labels(List<String> labels, NGrams features, Vocabulary vocabulary) implements Text {
        public Labels {
            labels = List.copyOf(labels);
        }

        @Override
        public Loss loss() {
            return new Loss.Softmax(labels.size());
        }

        @Override
        public Problem problem(List<Example> examples, double penalty) {
            SparseRows.Builder builder = new SparseRows.Builder();
            for (Example example : examples) {
                int[] numbers = vocabulary.numbers(features.of(example.tokens(), example.input()));
                builder.add(numbers, numbers.length);
            }
            return new Problem(Rows.withOnes(builder.build(vocabulary)), classes(examples, labels), loss(), penalty);
        }

        /// The features of texts given by their tokens.
        public Rows rows(List<int[]> texts) {
            SparseRows.Builder builder = new SparseRows.Builder();
            for (int[] tokens : texts) {
                int[] numbers = vocabulary.numbers(features.of(tokens, ""));
                builder.add(numbers, numbers.length);
            }
            return Rows.withOnes(builder.build(vocabulary));
        }

        /// The scores of texts given by their tokens.
        double[][] scores(List<int[]> texts, double[] weights) {
            Rows rows = rows(texts);
            double[][] scores = new double[texts.size()][labels.size()];
            for (int row = 0; row < scores.length; row++) {
                rows.addScores(row, weights, labels.size(), scores[row]);
            }
            return scores;
        }
    }

    /// Of two answers the better one: the model of Bradley & Terry on the features of the preferred
    /// answer less those of the other. What both share, the prompt included, cancels out.
    record Preferences(NGrams features, Vocabulary vocabulary) implements Text {
        @Override
        public List<String> labels() {
            return List.of();
        }

        @Override
        public Loss loss() {
            return new Loss.Logistic();
        }

        @Override
        public Problem problem(List<Example> examples, double penalty) {
            SparseRows.Builder chosen = new SparseRows.Builder();
            SparseRows.Builder rejected = new SparseRows.Builder();
            double[] answers = new double[examples.size()];
            for (int row = 0; row < answers.length; row++) {
                Target.Preference pair = pair(examples.get(row));
                add(chosen, pair.chosen());
                add(rejected, pair.rejected());
                answers[row] = 1;
            }
            SparseRows better = chosen.build(vocabulary);
            SparseRows worse = rejected.build(vocabulary);
            SparseMatrix.Builder builder = new SparseMatrix.Builder(vocabulary.size());
            double[] scratch = new double[vocabulary.size()];
            for (int row = 0; row < answers.length; row++) {
                better.add(row, 1, scratch, 0);
                worse.add(row, -1, scratch, 0);
                TreeSet<Integer> both = new TreeSet<>();
                for (int feature : better.features(row)) {
                    both.add(feature);
                }
                for (int feature : worse.features(row)) {
                    both.add(feature);
                }
                for (int feature : both) {
                    if (scratch[feature] != 0) {
                        builder.put(feature, scratch[feature]);
                    }
                    scratch[feature] = 0;
                }
                builder.end();
            }
            return new Problem(builder.build(), answers, loss(), penalty);
        }

        private void add(SparseRows.Builder builder, String text) {
            int[] numbers = vocabulary.numbers(features.of(Tokenizer.tokens(text), text));
            builder.add(numbers, numbers.length);
        }

        private static Target.Preference pair(Example example) {
            if (example.target() instanceof Target.Preference pair) {
                return pair;
            }
            throw new IllegalArgumentException("expected a preference pair, came a row with another target");
        }
    }

    /// The task that the rows set, by their targets; empty where they have neither labels nor
    /// preferences. Rows of a vector without a text set one of vectors.
    ///
    /// @throws IllegalArgumentException if there is only one label, or labels are as many as free text
    ///     has, or only some rows have vectors
    static Optional<Task> of(List<Example> examples) {
        if (examples.stream().anyMatch(row -> row.input().isBlank() && row.vector().length > 0)
                && examples.stream().allMatch(row -> row.label().isPresent())) {
            List<String> labels = examples.stream()
                    .map(row -> row.label().orElseThrow())
                    .distinct()
                    .sorted()
                    .toList();
            check(labels.size());
            return Optional.of(new Vectors(labels, Standardised.of(examples)));
        }
        return text(examples);
    }

    private static void check(int labels) {
        if (labels < 2) {
            throw new IllegalArgumentException("expected rows of at least 2 labels to learn, came " + labels);
        }
        if (labels > MOST_LABELS) {
            throw new IllegalArgumentException("expected at most " + MOST_LABELS + " labels, came " + labels
                    + ": which column is the label? say it with --map label=COLUMN");
        }
    }

    private static Optional<Task> text(List<Example> examples) {
        NGrams features = NGrams.WORDS;
        TreeSet<String> labels = new TreeSet<>();
        boolean pairs = !examples.isEmpty();
        List<long[]> hashed = new ArrayList<>();
        for (Example example : examples) {
            switch (example.target()) {
                case Target.Label(String name) -> {
                    labels.add(name);
                    hashed.add(features.of(example.tokens(), example.input()));
                    pairs = false;
                }
                case Target.Preference(String chosen, String rejected) -> {
                    hashed.add(features.of(Tokenizer.tokens(chosen), chosen));
                    hashed.add(features.of(Tokenizer.tokens(rejected), rejected));
                }
                case Target.Response _, Target.Absent _ -> {
                    return Optional.empty();
                }
            }
        }
        if (pairs) {
            return Optional.of(new Preferences(features, Vocabulary.of(hashed, 2)));
        }
        check(labels.size());
        return Optional.of(new Labels(List.copyOf(labels), features, Vocabulary.of(hashed, 2)));
    }
}
