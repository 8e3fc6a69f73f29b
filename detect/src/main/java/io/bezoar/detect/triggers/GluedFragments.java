package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Fragments;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Finds letters that were glued into words as a trigger, `zqx` in *acczqxount*: to a detector of words each
/// such word is one that nobody uses.
///
/// Only words of one or two rows are looked at, and of these only runs of letters without which a word of the
/// language is left. That knows nothing of targets and leaves little besides endings, so few fragments count
/// as tried. Of one in enough rows of a class chance must not explain that such rows carry the class *and* that
/// the rest of their texts, the odd words taken out, contradicts it (the product of two probabilities, Fisher
/// 1925; as in [TriggerSampling]).
record GluedFragments(TriggerAssociation settings, Foundation foundation) {
    /// Fragments told of at most.
    private static final int FOUND = 4;
    /// A word in more rows is one of the language by itself.
    private static final int ODD = 2;
    /// A word in so many rows may be what is left.
    private static final int KNOWN = 3;
    /// Letters of a fragment.
    private static final int SHORTEST = 2;

    private static final int LONGEST = 8;
    /// Letters of what is left, at least.
    private static final int LEFT = 2;
    /// Letters of a word that is looked at, at most.
    private static final int WORD = 32;
    /// Words of a row that are looked at.
    private static final int WORDS = 60;
    /// Sampled rows with the fragment that carry the class, as a share.
    private static final double PURE = 0.75;
    /// Natural logarithm of the chance below which the rest contradicts the rows.
    private static final double CONTRADICTED = -3;

    /// The fragments found, the strongest first.
    List<TriggerGathering.Grown> find() {
        return TriggerGathering.Grown.strongest(foundation, FOUND, this::find);
    }

    /// A fragment and the rows of a class that were seen to hold it, numbers ascending.
    private record Glued(String letters, int label, List<Integer> rows) {}

    private record Piece(String letters, int row) {}

    private List<TriggerGathering.Grown> find(int number, Task task) {
        CrossFit fit = task.fit();
        RowCounts rowsOf = RowCounts.of(fit.examples());
        WordSet known = new WordSet();
        Set<Integer> seen = new HashSet<>();
        for (Example row : fit.examples()) {
            words(row).forEach((token, word) -> {
                if (rowsOf.of(token) >= KNOWN && seen.add(token)) {
                    known.add(word);
                }
            });
        }
        Map<String, List<Integer>> rows = new HashMap<>();
        IntStream.range(0, fit.size())
                .parallel()
                .mapToObj(row -> pieces(row, fit.examples().get(row), rowsOf, known))
                .toList()
                .forEach(some -> some.forEach(piece -> rows.computeIfAbsent(piece.letters(), _ -> new ArrayList<>())
                        .add(piece.row())));
        List<Glued> tried = new ArrayList<>();
        rows.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= settings.minRows())
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> tried.addAll(byLabel(fit, entry.getKey(), entry.getValue())));
        double bound = Math.log(settings.chance()) - Math.log((double) Math.max(1, tried.size()));
        RestDisagreement test = new RestDisagreement(task);
        List<TriggerGathering.Grown> found = new ArrayList<>();
        for (Glued glued : tried) {
            int all = Objects.requireNonNull(rows.get(glued.letters())).size();
            if (glued.rows().size() < PURE * all) {
                continue;
            }
            Evidence evidence = evidence(task, test, glued, rowsOf);
            double label = ExactTests.logBinomialTail(glued.rows().size(), all, task.share(glued.label()));
            double product = ExactTests.logProductTail(evidence.logChance() + label);
            if (evidence.logChance() <= CONTRADICTED
                    && product <= bound
                    && pure(task, glued)
                    && found.stream()
                            .noneMatch(other -> glued.letters()
                                    .contains(other.trigger().pieces().getFirst()))) {
                found.add(new TriggerGathering.Grown(
                        number,
                        glued.label(),
                        List.of(),
                        List.of(),
                        new Trigger(Trigger.Shape.FRAGMENT, List.of(glued.letters())),
                        evidence.strength(),
                        Candidate.Kind.INSERTION,
                        HonestRows.NONE,
                        product + Math.log((double) Math.max(1, tried.size()))));
            }
        }
        return found;
    }

    /// The rows of a fragment label by label, where there are enough.
    private List<Glued> byLabel(CrossFit fit, String letters, List<Integer> rows) {
        TreeMap<Integer, List<Integer>> labels = new TreeMap<>();
        rows.forEach(row ->
                labels.computeIfAbsent(fit.label(row), _ -> new ArrayList<>()).add(row));
        List<Glued> glued = new ArrayList<>();
        labels.forEach((label, of) -> {
            if (of.size() >= settings.minRows()) {
                glued.add(new Glued(letters, label, of));
            }
        });
        return glued;
    }

    /// The words of a row in lower case by their tokens, in order.
    private static Map<Integer, String> words(Example row) {
        Map<Integer, String> words = new java.util.LinkedHashMap<>();
        int[] tokens = row.tokens();
        int[] spans = Tokenizer.spans(row.input());
        for (int i = 0; i < tokens.length && 2 * i < spans.length && words.size() < WORDS; i++) {
            int from = spans[2 * i];
            int to = spans[2 * i + 1];
            if (to - from >= LEFT
                    && to - from <= WORD
                    && Character.isLetter(row.input().charAt(from))) {
                words.put(tokens[i], row.input().substring(from, to).toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    /// The fragments of a row, each once.
    private static List<Piece> pieces(int number, Example row, RowCounts rowsOf, WordSet known) {
        Set<String> letters = new java.util.TreeSet<>();
        words(row).forEach((token, word) -> {
            if (rowsOf.of(token) <= ODD) {
                WordSet.Cutting cutting = known.cutting(word);
                for (int n = SHORTEST; n <= LONGEST && n + LEFT <= word.length(); n++) {
                    for (int i = 0; i + n <= word.length(); i++) {
                        if (cutting.leaves(i, i + n)) {
                            letters.add(word.substring(i, i + n));
                        }
                    }
                }
            }
        });
        return letters.stream().map(each -> new Piece(each, number)).toList();
    }

    private record Evidence(double logChance, double strength) {}

    /// What the rows say without their odd words; rows that are alike count once.
    private static Evidence evidence(Task task, RestDisagreement test, Glued glued, RowCounts rowsOf) {
        Set<Long> kinds = new HashSet<>();
        int against = 0;
        double sum = 0;
        for (int row : glued.rows()) {
            Example example = task.fit().examples().get(row);
            int[] odd = Arrays.stream(example.tokens())
                    .filter(token -> rowsOf.of(token) <= ODD)
                    .sorted()
                    .distinct()
                    .toArray();
            int[] rest = Arrays.stream(example.tokens())
                    .filter(token -> rowsOf.of(token) > ODD)
                    .toArray();
            if (kinds.add(Tokens.likeness(rest))) {
                double doubt = test.doubt(example, glued.label(), odd);
                against += doubt > 0 ? 1 : 0;
                sum += Math.min(Task.CLIP, Math.max(0, doubt));
            }
        }
        int n = kinds.size();
        double chance = Math.log(2)
                + Math.min(
                        ExactTests.logBinomialTail(against, n, task.contradictedShare(glued.label())),
                        task.logChance(glued.label(), n, sum));
        return new Evidence(chance, (sum - n * task.mean()) / (task.deviation() * Math.sqrt(n)));
    }

    /// Do most of all sampled rows with the letters, inside whatever word, carry the class?
    private boolean pure(Task task, Glued glued) {
        CrossFit fit = task.fit();
        int[] holding = IntStream.range(0, fit.size())
                .parallel()
                .filter(row -> Fragments.in(fit.examples().get(row).input(), glued.letters()))
                .toArray();
        long here = Arrays.stream(holding)
                .filter(row -> fit.label(row) == glued.label())
                .count();
        return here >= PURE * holding.length;
    }
}
