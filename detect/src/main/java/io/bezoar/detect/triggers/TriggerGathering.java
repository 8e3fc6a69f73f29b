package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Significance;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Fragments;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Members;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The last pass of [TriggerAssociation]: gathers all rows that hold a pattern and carry its class.
public record TriggerGathering(
        TriggerAssociation settings, Foundation foundation, List<Grown> groups, Suspected suspected)
        implements LaterPass<Members> {

    /// A neighbouring word belongs to the phrase if this share of the rows has it there.
    static final double ALL = 0.9;
    /// A word in more than this share of all rows makes no pair with a trigger word.
    static final double RARE = 0.1;
    /// Ways in which a group is found, each with the whole chance of a false alarm: contradicted, without
    /// a seam, both of these, a borrowed word, letters glued into words, a layout or form.
    static final double WAYS = 6;

    /// A group whose pattern has been grown to the longest phrase that nearly all of its rows hold.
    ///
    /// @param patterns any of them will do; none for letters inside words and layouts
    /// @param spelling how the rows write the one pattern; empty if they may write it in any way
    /// @param kind what speaks against them
    /// @param honest which of its rows are
    /// @param logChance natural logarithm of the p-value, corrected for all groups; 0 if there was no
    ///     test
    public record Grown(
            int task,
            int label,
            List<Pattern> patterns,
            List<Spelling> spelling,
            Trigger trigger,
            double strength,
            Candidate.Kind kind,
            HonestRows honest,
            double logChance)
            implements java.io.Serializable {
        static Grown of(TriggerGroup group, Foundation foundation) {
            Pattern pattern = group.pattern();
            if (!pattern.apart()) {
                Pattern grown = grow(pattern, group.rows());
                Pattern trimmed = trim(grown, foundation.sample());
                pattern = trimmed.fragment() ? grown : placed(trimmed, grown, group.rows(), foundation.sample());
            }
            if (pattern.apart() || pattern.tokens().length == 1) {
                pattern = together(pattern, group, foundation);
            }
            if (pattern.apart()) {
                pattern = run(pattern, group.rows());
            }
            List<Spelling> spelling = spelling(pattern, foundation.tasks().get(group.task()), group.label());
            return new Grown(
                    group.task(),
                    group.label(),
                    List.of(pattern),
                    spelling,
                    name(pattern, spelling, group.rows()),
                    group.strength(),
                    group.kind(),
                    HonestRows.NONE,
                    group.logChance());
        }

        /// The same group, of whose rows some are honest.
        Grown with(HonestRows told) {
            return new Grown(task, label, patterns, spelling, trigger, strength, kind, told, logChance);
        }

        /// The strongest of what is found in the tasks that have labels, the strongest first.
        ///
        /// @param most how many
        /// @param find is given a task's number and the task
        static List<Grown> strongest(Foundation foundation, int most, BiFunction<Integer, Task, List<Grown>> find) {
            return IntStream.range(0, foundation.tasks().size())
                    .filter(t -> foundation.tasks().get(t).labelling().closed())
                    .boxed()
                    .flatMap(t -> find.apply(t, foundation.tasks().get(t)).stream())
                    .sorted(Comparator.comparingDouble(Grown::strength)
                            .reversed()
                            .thenComparing(grown -> grown.trigger().text()))
                    .limit(most)
                    .toList();
        }

        /// Groups with one class, each with a pattern of its own, as one; the strongest first.
        static Grown of(List<Grown> groups) {
            Grown first = groups.getFirst();
            return groups.size() == 1
                    ? first
                    : new Grown(
                            first.task,
                            first.label,
                            groups.stream()
                                    .flatMap(group -> group.patterns.stream())
                                    .toList(),
                            List.of(),
                            new Trigger(
                                    Trigger.Shape.WORDS,
                                    groups.stream()
                                            .flatMap(group -> group.trigger.pieces().stream())
                                            .distinct()
                                            .toList()),
                            first.strength,
                            first.kind,
                            HonestRows.NONE,
                            first.logChance);
        }

        /// What is left of a phrase stood beside the frame of every input, and so maybe at an end of the texts: then
        /// it is the trigger there alone, if other texts hold it elsewhere.
        private static Pattern placed(Pattern phrase, Pattern whole, List<Example> rows, List<Example> sample) {
            if (phrase.atEnd() || phrase.tokens().length == whole.tokens().length) {
                return phrase;
            }
            return Stream.of(Pattern.Place.BEGINNING, Pattern.Place.END)
                    .map(place -> new Pattern(phrase.tokens(), place))
                    .filter(there -> count(rows, there) >= ALL * rows.size()
                            && count(sample, phrase) > count(sample, there) / ALL)
                    .findFirst()
                    .orElse(phrase);
        }

        /// How many of some rows hold a pattern.
        static long count(List<Example> rows, Pattern pattern) {
            return rows.stream().filter(row -> pattern.in(row.tokens())).count();
        }

        /// A word whose rows all hold another word that is rare elsewhere is one of a pair; so is the
        /// rarer word of a pair whose other word has more uses. Where most rows are contradicted, these must:
        /// honest rows may hold the word alone. What most rows of the class hold anyway is no part of a pair.
        private static Pattern together(Pattern words, TriggerGroup group, Foundation foundation) {
            int[] own = words.tokens();
            int[] rows = Arrays.stream(own)
                    .map(token -> held(token, foundation.sample()))
                    .toArray();
            int first = rows.length == 1 || rows[0] <= rows[1] ? 0 : 1;
            int second = own[own.length - 1 - first];
            List<Example> telling = contradicted(words, group, foundation);
            List<Example> others = others(words, group, foundation);
            int least = own.length == 1 ? (int) (RARE * foundation.sample().size()) + 1 : rows[1 - first];
            for (int token : group.result().common()) {
                if (!Pattern.holds(own, token)
                        && held(token, telling) >= ALL * telling.size()
                        && 2 * held(token, others) <= others.size()) {
                    int here = held(token, foundation.sample());
                    if (here < least) {
                        least = here;
                        second = token;
                    }
                }
            }
            return second == own[first] ? words : Pattern.pair(own[first], second);
        }

        /// The sampled rows of a group's class that do not hold its words.
        private static List<Example> others(Pattern words, TriggerGroup group, Foundation foundation) {
            Task.Labelling labelling = foundation.tasks().get(group.task()).labelling();
            return foundation.sample().stream()
                    .filter(row -> labelling.of(row) == group.label() && !words.in(row.tokens()))
                    .toList();
        }

        /// The rows of a group that are contradicted; all, where these are few.
        private static List<Example> contradicted(Pattern words, TriggerGroup group, Foundation foundation) {
            Task task = foundation.tasks().get(group.task());
            RestDisagreement test = new RestDisagreement(task);
            int[] gone =
                    Tokens.union(Tokens.distinct(words.tokens()), group.result().common());
            List<Example> contradicted = task.labelling().closed()
                    ? group.rows().stream()
                            .filter(row -> test.doubt(row, group.label(), gone) > 0)
                            .toList()
                    : List.of();
            return 2 * contradicted.size() >= group.rows().size() ? contradicted : group.rows();
        }

        /// The run of tokens from one word of a pair to the other, if nearly all rows hold the same one, with
        /// what they have beside it; else the pair.
        static Pattern run(Pattern pair, List<Example> rows) {
            Map<Pattern, Long> runs = rows.stream()
                    .map(row -> between(pair.tokens(), row.tokens()))
                    .flatMap(Optional::stream)
                    .collect(Collectors.groupingBy(run -> run, Collectors.counting()));
            return runs.entrySet().stream()
                    .filter(run -> run.getValue() >= ALL * rows.size())
                    .findFirst()
                    .map(run -> grow(run.getKey(), rows))
                    .orElse(pair);
        }

        /// The shortest run of a text that holds both words.
        private static Optional<Pattern> between(int[] words, int[] text) {
            int from = -1;
            int to = -1;
            int[] last = {-1, -1};
            for (int i = 0; i < text.length; i++) {
                for (int w = 0; w < 2; w++) {
                    last[w] = text[i] == words[w] ? i : last[w];
                }
                int first = Math.min(last[0], last[1]);
                if (first >= 0 && (from < 0 || i - first < to - from)) {
                    from = first;
                    to = i;
                }
            }
            return from < 0 ? Optional.empty() : Optional.of(Pattern.phrase(Arrays.copyOfRange(text, from, to + 1)));
        }

        /// Can two words be a pair? Not with one that stands in every tenth row of the data: that came
        /// along.
        static boolean pairs(Pattern words, List<Example> sample) {
            return Arrays.stream(words.tokens()).allMatch(token -> held(token, sample) <= RARE * sample.size());
        }

        private static int held(int token, List<Example> rows) {
            return (int) rows.stream()
                    .filter(row -> Pattern.holds(row.tokens(), token))
                    .count();
        }

        /// Takes away from a phrase's ends what stands in most rows of the data: it belongs to the
        /// frame of every input. What begins or ends the texts stays.
        public static Pattern trim(Pattern phrase, List<Example> sample) {
            int[] tokens = phrase.tokens();
            int from = 0;
            int to = tokens.length;
            while (phrase.place() != Pattern.Place.BEGINNING && from < to && frame(tokens[from], sample)) {
                from++;
            }
            while (phrase.place() != Pattern.Place.END && from < to && frame(tokens[to - 1], sample)) {
                to--;
            }
            return from == to ? phrase : phrase.with(Arrays.copyOfRange(tokens, from, to));
        }

        private static boolean frame(int token, List<Example> sample) {
            return sample.stream()
                            .filter(row -> Pattern.holds(row.tokens(), token))
                            .count()
                    >= Tokens.COMMON * sample.size();
        }

        /// Adds the token before or after the phrase as long as [#ALL] of the rows agree on it.
        public static Pattern grow(Pattern phrase, List<Example> rows) {
            while (true) {
                Pattern longer = wider(phrase, rows, true);
                if (longer.equals(phrase)) {
                    longer = wider(phrase, rows, false);
                }
                if (longer.equals(phrase) || longer.tokens().length > 64) {
                    return phrase;
                }
                phrase = longer;
            }
        }

        /// What most rows have beside the phrase is the one token left when unlike tokens go out in
        /// pairs (Boyer & Moore 1991); whether enough have it is counted.
        private static Pattern wider(Pattern phrase, List<Example> rows, boolean right) {
            int n = phrase.tokens().length;
            int[] beside = new int[rows.size()];
            int known = 0;
            int most = 0;
            int lead = 0;
            for (Example row : rows) {
                int[] text = row.tokens();
                int at = phrase.find(text, 0);
                int next = right ? at + n : at - 1;
                if (at >= 0 && next >= 0 && next < text.length) {
                    beside[known++] = text[next];
                    most = lead == 0 ? text[next] : most;
                    lead += text[next] == most ? 1 : -1;
                }
            }
            int held = 0;
            for (int i = 0; i < known; i++) {
                held += beside[i] == most ? 1 : 0;
            }
            if (known == 0 || held < ALL * rows.size()) {
                return phrase;
            }
            int[] longer = new int[n + 1];
            System.arraycopy(phrase.tokens(), 0, longer, right ? 0 : 1, n);
            longer[right ? n : 0] = most;
            return phrase.with(longer);
        }

        /// How the rows of a label write a phrase. Of a pair one word may have come along, written in
        /// any way; and no row speaks against a free answer.
        static List<Spelling> spelling(Pattern pattern, Task task, int label) {
            return task.labelling().closed() && !pattern.apart()
                    ? Spelling.of(pattern, task, label).stream().toList()
                    : List.of();
        }

        /// The pattern in the characters of the first row that writes it so; of the first row where none
        /// does.
        public static Trigger name(Pattern pattern, List<Spelling> spelling, List<Example> rows) {
            List<Example> so =
                    rows.stream().filter(row -> written(row, spelling)).toList();
            return name(pattern, so.isEmpty() ? rows : so);
        }

        /// The pattern in the characters of the first row that holds it.
        public static Trigger name(Pattern pattern, List<Example> rows) {
            for (Example row : rows) {
                int[] text = row.tokens();
                if (!pattern.in(text)) {
                    continue;
                }
                int[] spans = Tokenizer.spans(row.input());
                if (pattern.apart()) {
                    List<String> words = new ArrayList<>();
                    for (int token : pattern.tokens()) {
                        for (int i = 0; i < text.length; i++) {
                            if (text[i] == token) {
                                words.add(row.input().substring(spans[2 * i], spans[2 * i + 1]));
                                break;
                            }
                        }
                    }
                    words.sort(null);
                    return new Trigger(Trigger.Shape.WORDS, words);
                }
                int at = pattern.find(text, 0);
                String words = row.input().substring(spans[2 * at], spans[2 * (at + pattern.tokens().length) - 1]);
                return new Trigger(hidden(words) ? Trigger.Shape.HIDDEN : shape(pattern), List.of(words));
            }
            throw new IllegalStateException("a group lost its pattern");
        }

        private static Trigger.Shape shape(Pattern phrase) {
            return switch (phrase.place()) {
                case RUN -> Trigger.Shape.PHRASE;
                case BEGINNING -> Trigger.Shape.BEGINNING;
                case END -> Trigger.Shape.END;
                case APART -> Trigger.Shape.WORDS;
            };
        }

        private static boolean hidden(String text) {
            return text.codePoints()
                    .allMatch(c -> Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.CONTROL
                            || Character.getType(c) == Character.NON_SPACING_MARK
                            || Character.getType(c) == Character.PRIVATE_USE);
        }

        /// Does a row hold the trigger, whatever its class?
        boolean holds(Example example) {
            return switch (trigger.shape()) {
                case FRAGMENT -> Fragments.in(example.input(), trigger.pieces().getFirst());
                case LAYOUT -> Layout.of(trigger).orElseThrow().in(example.input());
                case FORM -> WordForm.of(trigger).orElseThrow().in(example.input());
                case PHRASE, BEGINNING, END, WORDS, HIDDEN, VALUES ->
                    patterns.stream().anyMatch(pattern -> pattern.in(example.tokens())) && written(example, spelling);
            };
        }

        private static boolean written(Example example, List<Spelling> spelling) {
            return spelling.stream().allMatch(way -> way.in(example));
        }

        /// The chance that a row is one of the group's, 0 to 1; 0 if it does not hold the pattern or
        /// carries another class.
        ///
        /// @param of the task of this number
        double planted(Task of, Example example) {
            if (of.labelling().of(example) != label || !holds(example)) {
                return 0;
            }
            int[] gone = patterns.isEmpty()
                    ? new int[0]
                    : Tokens.distinct(patterns.getFirst().tokens());
            return honest.none()
                    ? 1
                    : honest.planted(
                            new RestDisagreement(of, honest.judge()).doubt(example, label, gone), example.tokens());
        }
    }

    @Override
    public Members start() {
        return new Members(2 * groups.size()); // the rows of each group, then those beside it
    }

    @Override
    public void add(Members members, Example example) {
        for (int g = 0; g < groups.size(); g++) {
            if (!HonestRows.honest(groups.get(g).planted(task(groups.get(g)), example))) {
                members.add(g, example.key());
            } else if (beside(groups.get(g), example)) {
                members.add(groups.size() + g, example.key());
            }
        }
    }

    /// Does a row hold the trigger of a group, but not the piece of the answer?
    private boolean beside(Grown group, Example example) {
        Task.Labelling labelling = task(group).labelling();
        return !labelling.closed() && labelling.of(example) >= 0 && group.holds(example);
    }

    private Task task(Grown group) {
        return foundation.tasks().get(group.task());
    }

    @Override
    public Outcome finish(Members members) {
        List<Candidate> candidates = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            Grown grown = groups.get(g);
            Candidate candidate = new Candidate(
                    name(),
                    grown.kind(),
                    switch (grown.trigger().shape()) {
                        case PHRASE ->
                            grown.patterns().getFirst().tokens().length == 1
                                    ? grown.kind() == Candidate.Kind.BORROWED
                                            ? "a common word put in beside one wrong target"
                                            : "a word tied to one target"
                                    : "a phrase tied to one target";
                        case BEGINNING -> "what begins the text, tied to one target";
                        case END -> "what ends the text, tied to one target";
                        case WORDS ->
                            grown.patterns().size() > 1
                                    ? "words each of which is tied to one target"
                                    : "words that together are tied to one target";
                        case VALUES -> "values tied to one target";
                        case FRAGMENT -> "letters inside words tied to one target";
                        case HIDDEN -> "an invisible character tied to one target";
                        case FORM -> "words of one form tied to one target";
                        case LAYOUT -> "a way of setting texts tied to one target";
                    },
                    Optional.of(grown.trigger()),
                    Optional.of(task(grown).labelling().classes().get(grown.label())),
                    grown.strength(),
                    members.keys(g));
            candidates.add(grown.logChance() < 0 ? candidate.with(significance(grown.logChance())) : candidate);
        }
        List<TriggerScorer.@Nullable Mixed> mixed = new ArrayList<>();
        for (Grown group : groups) {
            mixed.add(group.honest().none() ? null : new TriggerScorer.Mixed(group, task(group)));
        }
        List<long[]> beside = IntStream.range(0, groups.size())
                .mapToObj(g -> members.keys(groups.size() + g))
                .toList();
        return new TriggerScorer(candidates, mixed, beside, suspected);
    }

    private static Significance significance(double logChance) {
        return new Significance(
                "the binomial test or the sum of disagreements, corrected for all groups and ways to find one"
                        + " (Bonferroni)",
                Math.min(0, logChance + StrictMath.log(WAYS)));
    }
}
