package io.bezoar.detect.scan;

import io.bezoar.core.Proportion;
import io.bezoar.learn.SoftmaxRegression;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Asks about groups without a trigger: each third of a group's rows is asked of a surrogate that has seen the other
/// two. Groups that are tried without the same other rows share three surrogates, each trained without a third of
/// *every* group.
final class Thirds {
    private static final int PIECES = 3;

    private final Trainings trainings;
    /// For each row of a group the third it is in, 0 to 2; -1 for all other rows.
    private final int[] piece;

    /// Deals the rows of each group into thirds; a row of several groups is dealt with the first. Rows with the same
    /// text are dealt together: a surrogate that saw a copy remembers its answer, and is asked nothing.
    ///
    /// @param groups the places of each one's rows
    /// @param text a number for a row's text
    Thirds(Trainings trainings, List<int[]> groups, IntToLongFunction text) {
        this.trainings = trainings;
        this.piece = new int[trainings.rows()];
        Arrays.fill(piece, -1);
        for (int[] group : groups) {
            Map<Long, Integer> dealt = new HashMap<>();
            for (int row : group) {
                if (piece[row] < 0) {
                    piece[row] = dealt.computeIfAbsent(text.applyAsLong(row), _ -> dealt.size() % PIECES);
                }
            }
        }
    }

    /// A group that is asked about.
    ///
    /// @param rows places of its rows, which were dealt
    /// @param label it should be answered with; below 0 there is none, and nothing answers with it
    /// @param without rows that no surrogate is trained on beside
    record Question(int[] rows, int label, Set<Integer> without) {}

    /// How many rows of each group are given its label by a surrogate that has seen the group's other two thirds.
    List<Proportion> answers(List<Question> questions) {
        Map<Set<Integer>, List<Question>> alike = questions.stream()
                .filter(question -> question.label() >= 0)
                .collect(Collectors.groupingBy(Question::without, LinkedHashMap::new, Collectors.toList()));
        List<Training> needed = alike.entrySet().stream()
                .flatMap(entry -> IntStream.range(0, PIECES)
                        .mapToObj(third -> new Training(entry.getKey(), third, entry.getValue())))
                .toList();
        Map<Question, Long> hits = needed.parallelStream()
                .flatMap(training -> training.hits(this))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
        return questions.stream()
                .map(question -> new Proportion(hits.getOrDefault(question, 0L), question.rows().length))
                .toList();
    }

    /// One surrogate and what it is asked.
    private record Training(Set<Integer> without, int third, List<Question> questions) {
        Stream<Map.Entry<Question, Long>> hits(Thirds thirds) {
            SoftmaxRegression model = thirds.trainings.without(r -> thirds.piece[r] == third || without.contains(r));
            return questions.stream().map(question -> {
                int[] asked = Arrays.stream(question.rows())
                        .filter(r -> thirds.piece[r] == third)
                        .toArray();
                return Map.entry(
                        question,
                        thirds.trainings.answers(model, asked, question.label()).hits());
            });
        }
    }
}
