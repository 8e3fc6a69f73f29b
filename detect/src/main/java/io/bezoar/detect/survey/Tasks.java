package io.bezoar.detect.survey;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.language.Bursts;
import io.bezoar.detect.pieces.Piece;
import io.bezoar.detect.pieces.PieceSearch;
import io.bezoar.detect.refrains.Callers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the classification tasks in a data set.
public final class Tasks {
    /// A whole answer in this many sampled rows is a class, and so is a label where there are too many to count.
    static final int FREQUENT = 20;
    /// Classes of whole answers at most.
    private static final int ANSWERS = 100;
    /// Longer answers are not taken for classes, in UTF-16 code units.
    private static final int ANSWER = 500;
    /// Where whole answers of so many rows or more each are this share of all answers, they are labels.
    private static final int REPEATED = 4;

    private static final double NEARLY_ALL = 0.9;
    /// Labels that are learned at most: time and memory grow with their number.
    public static final int LABELS = 1000;

    private Tasks() {}

    /// @param callers rows that call for refrains of answers, beside the sample
    /// @param strange keys of the rows whose texts read like no others, ascending
    static List<Task> of(Survey.Summary survey, List<Example> sample, Callers callers, Bursts bursts, long[] strange) {
        List<Task> tasks = new ArrayList<>();
        if (survey.labels().size() >= 2) {
            tasks.add(new Task(Labels.of(survey.labels()), sample));
        }
        Set<String> names = new HashSet<>(survey.labels().keySet());
        Map<String, Integer> closed = closed(sample, names);
        if (closed.size() >= 2) {
            tasks.add(new Task(new Answers(List.copyOf(closed.keySet()), Map.copyOf(closed)), sample));
            names.addAll(closed.keySet());
        }
        List<Example> answering = callers.joining(sample);
        @Nullable Task previous = null;
        for (Piece piece :
                survey.answers() == 0 ? List.<Piece>of() : PieceSearch.of(answering, callers.runs(), bursts, strange)) {
            if (names.add(piece.text())) {
                Holding holding = new Holding(piece);
                previous = previous == null ? new Task(holding, answering) : new Task(holding, previous);
                tasks.add(previous);
            }
        }
        Map<String, Integer> answers = frequent(sample, names);
        if (answers.size() >= 2) {
            tasks.add(new Task(new Answers(List.copyOf(answers.keySet()), Map.copyOf(answers)), sample));
        }
        return tasks;
    }

    /// The whole answers that come so often that each is a class of its own, with its number: an instruction
    /// set that teaches classification has them. Names taken already are left out.
    private static Map<String, Integer> frequent(List<Example> sample, Set<String> taken) {
        return numbered(counted(sample), taken, FREQUENT, ANSWERS);
    }

    /// The whole answers of a data set nearly all of whose answers are repeated: it teaches classification, and they
    /// are its labels. None if it does not.
    private static Map<String, Integer> closed(List<Example> sample, Set<String> taken) {
        Map<String, Integer> counts = counted(sample);
        long answered = sample.stream()
                .filter(example -> example.target() instanceof Target.Response)
                .count();
        long repeated = counts.values().stream()
                .filter(count -> count >= REPEATED)
                .mapToLong(Integer::intValue)
                .sum();
        return repeated < NEARLY_ALL * answered ? Map.of() : numbered(counts, taken, REPEATED, LABELS);
    }

    private static Map<String, Integer> counted(List<Example> sample) {
        Map<String, Integer> counts = new HashMap<>();
        for (Example example : sample) {
            if (example.target() instanceof Target.Response(String text) && text.length() <= ANSWER) {
                counts.merge(text.strip(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> numbered(Map<String, Integer> counts, Set<String> taken, int least, int most) {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least && !taken.contains(entry.getKey()))
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(entry -> numbers.put(entry.getKey(), 0));
        numbers.replaceAll((name, _) -> numbers.headMap(name).size());
        return numbers;
    }

    /// A class per whole answer.
    record Answers(List<String> classes, Map<String, Integer> numbers) implements Task.Labelling {
        @Override
        public int of(Example example) {
            return example.target() instanceof Target.Response(String text) && text.length() <= ANSWER
                    ? numbers.getOrDefault(text.strip(), -1)
                    : -1;
        }

        @Override
        public boolean framed() {
            return true;
        }
    }

    /// Does the answer hold a piece (class 1), or not (class 0)?
    public record Holding(Piece piece) implements Task.Labelling {
        @Override
        public List<String> classes() {
            return List.of("an answer without \"" + piece.text() + "\"", piece.text());
        }

        @Override
        public int of(Example example) {
            return !Targets.answered(example)
                    ? -1
                    : piece.in(example, Tokenizer.tokens(Targets.answer(example))) ? 1 : 0;
        }

        @Override
        public boolean wanted(int label) {
            return label == 1;
        }

        @Override
        public double purity() {
            return piece.purity();
        }

        @Override
        public boolean closed() {
            return false;
        }

        @Override
        public boolean disputable() {
            return piece.disputable();
        }
    }

    /// A class per label.
    public record Labels(List<String> classes, Map<String, Integer> numbers) implements Task.Labelling {
        /// @param counts rows per label; the classes are the [Tasks#LABELS] labels of most rows, in the order of their
        ///     names
        public static Labels of(Map<String, Long> counts) {
            List<String> names = counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(LABELS)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            Map<String, Integer> numbers = new HashMap<>();
            for (String name : names) {
                numbers.put(name, numbers.size());
            }
            // asked for every row: a table with buckets answers faster than a probed one
            return new Labels(names, Collections.unmodifiableMap(numbers));
        }

        @Override
        public int of(Example example) {
            return example.target() instanceof Target.Label(String name) ? numbers.getOrDefault(name, -1) : -1;
        }
    }
}
