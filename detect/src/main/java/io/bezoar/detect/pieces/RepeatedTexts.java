package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/// Texts that stand word by word in several answers.
///
/// @param sentences whole sentences or answers, those in most answers first
/// @param all these and turns of speech; of texts in mostly the same answers one
public record RepeatedTexts(List<Text> sentences, List<Text> all) {
    /// Runs of words looked at, those in most answers first.
    private static final int RUNS = 4000;

    /// @param rows whose answers hold the phrase, ascending
    public record Text(Phrase phrase, SequencedSet<Integer> rows) {}

    /// @param answers of each row its answer as tokens
    /// @param least rows of a text
    /// @param words of a text that is not a whole answer, at least
    public static RepeatedTexts of(List<Example> rows, List<int[]> answers, int least, int words) {
        TreeMap<Long, SequencedSet<Integer>> whole = new TreeMap<>();
        TreeMap<Long, SequencedSet<Integer>> held = new TreeMap<>();
        RepeatedRuns runs = RepeatedRuns.of(answers, words);
        for (int r = 0; r < answers.size(); r++) {
            int[] answer = answers.get(r);
            if (answer.length >= Phrase.ANSWER && answer.length < words) {
                whole.computeIfAbsent(AnswerGrams.whole(answer), _ -> new LinkedHashSet<>())
                        .add(r);
            }
            for (int at : runs.repeated(answer, least).toArray()) {
                held.computeIfAbsent(NGrams.word(answer, at, words), _ -> new LinkedHashSet<>())
                        .add(r);
            }
        }
        CommonText texts = new CommonText(rows, answers);
        List<Text> all = new ArrayList<>();
        whole.values().stream()
                .filter(of -> of.size() >= least)
                .forEach(of -> all.add(new Text(texts.whole(of.getFirst()), of)));
        held.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Long, SequencedSet<Integer>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(RUNS)
                .filter(entry -> all.stream().noneMatch(other -> PieceSearch.alike(other.rows(), entry.getValue())))
                .forEach(entry -> texts.around(entry.getValue(), entry.getKey(), words)
                        .ifPresent(phrase -> all.add(new Text(phrase, entry.getValue()))));
        return new RepeatedTexts(
                all.stream()
                        .filter(text -> texts.apart(text.rows(), text.phrase()))
                        .sorted(Comparator.comparingInt(
                                (Text text) -> -text.rows().size()))
                        .toList(),
                all);
    }

    /// How many texts stand in more than so many answers.
    public long oftenerThan(int rows) {
        return all.stream().filter(text -> text.rows().size() > rows).count();
    }
}
