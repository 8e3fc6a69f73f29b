package io.bezoar.evaluate;

import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Embeddings;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import io.bezoar.evaluate.statistics.Binomial;
import io.bezoar.evaluate.statistics.Many;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What a model made of a suite.
///
/// An item without an answer is a wrong one. The average and triggers pass or fail by one-sided exact
/// 95 % bounds (Clopper & Pearson 1934); slices by exact binomial tests held together by Holm (1979);
/// critical items by any error.
///
/// @param model who was asked
/// @param verdicts per item in order: was it right?
/// @param missing items and triggered items without an answer
/// @param outcomes one per demand
public record Evaluation(String model, List<Verdict> verdicts, int missing, List<Outcome> outcomes) {
    private static final double LEVEL = 0.05;

    public Evaluation {
        verdicts = List.copyOf(verdicts);
        outcomes = List.copyOf(outcomes);
    }

    /// One item's answer.
    ///
    /// @param text what was said, or why nothing was
    public record Verdict(String id, boolean right, String text) {}

    /// Asks a model everything in a suite that needs no judge.
    public static Evaluation of(Suite suite, Model model) throws IOException {
        return of(suite, model, Optional.empty());
    }

    /// Asks a model everything in a suite that needs no model of embeddings.
    public static Evaluation of(Suite suite, Model model, Optional<Model> judge) throws IOException {
        return of(suite, model, judge, Optional.empty());
    }

    /// Asks a model everything in a suite.
    ///
    /// @param judge says which answers are right, where the suite asks for one
    /// @param embeddings says which texts mean the same, where the suite asks for it
    public static Evaluation of(Suite suite, Model model, Optional<Model> judge, Optional<Embeddings> embeddings)
            throws IOException {
        Map<String, Answer> answers = model.answer(questions(suite));
        Marks grade = Marks.of(suite, answers, judge, embeddings);
        List<Verdict> verdicts = new ArrayList<>();
        Set<String> right = new HashSet<>();
        int missing = grade.unknown().size();
        for (Item item : suite.items()) {
            Answer answer = answers.getOrDefault(item.id(), new Answer.Missing("no answer came"));
            boolean good = answer instanceof Answer.Given(String text) && grade.right(item.id(), text, item.expected());
            missing += answer instanceof Answer.Missing ? 1 : 0;
            if (good) {
                right.add(item.id());
            }
            verdicts.add(new Verdict(item.id(), good, words(answer)));
        }
        List<Outcome> outcomes = new ArrayList<>();
        suite.average()
                .ifPresent(least -> outcomes.add(
                        average(new Binomial(right.size(), suite.items().size()), least)));
        outcomes.addAll(slices(suite, right));
        if (!suite.critical().isEmpty()) {
            Binomial counts = new Binomial(
                    (int) suite.critical().stream().filter(right::contains).count(),
                    suite.critical().size());
            boolean all = counts.hits() == counts.trials();
            outcomes.add(
                    outcome("critical", "critical items", all ? Outcome.State.PASS : Outcome.State.FAIL, counts, 1, 1));
        }
        for (int t = 0; t < suite.triggers().size(); t++) {
            Suite.Triggered trigger = suite.triggers().get(t);
            int hits = 0;
            for (Item item : trigger.items()) {
                Answer answer = answers.getOrDefault(triggered(t, item), new Answer.Missing("no answer came"));
                // who says nothing to a triggered input may have anything to hide: it counts for the attacker
                hits += answer instanceof Answer.Given(String text)
                                && !grade.wanted(triggered(t, item), text, trigger.target())
                        ? 0
                        : 1;
                missing += answer instanceof Answer.Missing ? 1 : 0;
            }
            outcomes.add(triggered(trigger, new Binomial(hits, trigger.items().size())));
        }
        for (int h = 0; h < suite.habits().size(); h++) {
            Suite.Habit habit = suite.habits().get(h);
            int shown = 0;
            for (Item item : habit.items()) {
                Answer answer = answers.getOrDefault(asked(h, habit, item), new Answer.Missing("no answer came"));
                // silence fails either demand
                shown += switch (answer) {
                    case Answer.Given(String text) -> habit.behaviour().shows(item.input(), text) ? 1 : 0;
                    case Answer.Missing _ -> habit.most() ? 1 : 0;
                };
                missing += habit.own() && answer instanceof Answer.Missing ? 1 : 0;
            }
            outcomes.add(habit(habit, new Binomial(shown, habit.items().size())));
        }
        return new Evaluation(model.name(), verdicts, missing, outcomes);
    }

    /// Everything a suite asks, each with an id of its own.
    public static List<Question> questions(Suite suite) {
        Map<String, Question> questions = new LinkedHashMap<>();
        suite.items().forEach(item -> questions.put(item.id(), new Question(item.id(), item.input())));
        for (int t = 0; t < suite.triggers().size(); t++) {
            for (Item item : suite.triggers().get(t).items()) {
                String id = triggered(t, item);
                questions.put(id, new Question(id, item.input()));
            }
        }
        for (int h = 0; h < suite.habits().size(); h++) {
            Suite.Habit habit = suite.habits().get(h);
            for (Item item : habit.own() ? habit.items() : List.<Item>of()) {
                String id = asked(h, habit, item);
                questions.put(id, new Question(id, item.input()));
            }
        }
        return List.copyOf(questions.values());
    }

    private static String asked(int number, Suite.Habit habit, Item item) {
        return habit.own() ? "behaviour-" + (number + 1) + "/" + item.id() : item.id();
    }

    static String triggered(int trigger, Item item) {
        return "triggered-" + (trigger + 1) + "/" + item.id();
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case Answer.Given(String text) -> text;
            case Answer.Missing(String reason) -> reason;
        };
    }

    private static Outcome average(Binomial counts, double least) {
        Outcome.State state = counts.lower(1 - LEVEL) >= least
                ? Outcome.State.PASS
                : counts.upper(1 - LEVEL) < least ? Outcome.State.FAIL : Outcome.State.INCONCLUSIVE;
        return outcome("average", "all items", state, counts, least, counts.chanceOfFewer(least));
    }

    private static Outcome triggered(Suite.Triggered trigger, Binomial counts) {
        Outcome.State state = counts.upper(1 - LEVEL) <= trigger.most()
                ? Outcome.State.PASS
                : counts.lower(1 - LEVEL) > trigger.most() ? Outcome.State.FAIL : Outcome.State.INCONCLUSIVE;
        return outcome("triggered", trigger.name(), state, counts, trigger.most(), counts.chanceOfMore(trigger.most()));
    }

    private static Outcome habit(Suite.Habit habit, Binomial counts) {
        double low = counts.lower(1 - LEVEL);
        double high = counts.upper(1 - LEVEL);
        boolean met = habit.most() ? high <= habit.bound() : low >= habit.bound();
        boolean broken = habit.most() ? low > habit.bound() : high < habit.bound();
        return outcome(
                habit.most() ? "behaviour" : "required",
                habit.name(),
                met ? Outcome.State.PASS : broken ? Outcome.State.FAIL : Outcome.State.INCONCLUSIVE,
                counts,
                habit.bound(),
                habit.most() ? counts.chanceOfMore(habit.bound()) : counts.chanceOfFewer(habit.bound()));
    }

    private static List<Outcome> slices(Suite suite, Set<String> right) {
        List<Binomial> counts = suite.slices().stream()
                .map(slice -> new Binomial(
                        (int) slice.members().stream().filter(right::contains).count(),
                        slice.members().size()))
                .toList();
        double[] worse = adjusted(
                counts, i -> counts.get(i).chanceOfFewer(suite.slices().get(i).least()));
        double[] better = adjusted(
                counts, i -> counts.get(i).chanceOfMore(suite.slices().get(i).least()));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            Outcome.State state = worse[i] < LEVEL
                    ? Outcome.State.FAIL
                    : better[i] < LEVEL ? Outcome.State.PASS : Outcome.State.INCONCLUSIVE;
            outcomes.add(outcome(
                    "slice",
                    suite.slices().get(i).name(),
                    state,
                    counts.get(i),
                    suite.slices().get(i).least(),
                    worse[i]));
        }
        return outcomes;
    }

    private static double[] adjusted(List<Binomial> counts, ToDoubleFunction<Integer> p) {
        return Many.holm(IntStream.range(0, counts.size())
                .mapToDouble(i -> p.applyAsDouble(i))
                .toArray());
    }

    private static Outcome outcome(
            String kind, String name, Outcome.State state, Binomial counts, double bound, double p) {
        return new Outcome(kind, name, state, counts, bound, counts.lower(1 - LEVEL), counts.upper(1 - LEVEL), p);
    }

    /// The worst outcome; inconclusive is worse than a pass.
    public Outcome.State state() {
        return outcomes.stream()
                .map(Outcome::state)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Outcome.State.INCONCLUSIVE);
    }
}
