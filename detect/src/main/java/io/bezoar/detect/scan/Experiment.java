package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Span;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.TriggerPlaces;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.triggers.MatchedWords;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Proves what a group of rows does: trains the surrogate with and without it and attacks held-out
/// rows.
///
/// One fifth of the sampled rows, near-duplicates together, is held out; rows of any suspected group
/// and their near-duplicates are never held out. The model *with* is trained on the rest and all
/// suspected groups; the model *without* leaves one group out. A group with a trigger is attacked by
/// inserting the trigger into held-out rows of other targets; a group without one (a flood of one text)
/// by asking about the third of its rows that was not trained on ([Thirds]).
public final class Experiment {
    /// Held-out rows attacked.
    static final int ATTACKED = 300;
    /// Rows of a group that are trained on.
    static final int MEMBERS = 4000;

    /// Least share of the attacked rows that a trigger must turn; one of [#FEW] rows or less twice as
    /// many, one of [#OFTEN] rows or more with labels half as many again: a switch that is taught so
    /// often turns more, a word that honest people use for one of two like labels does not. A piece of
    /// an answer is like no other.
    private static final double TURNED = 0.05;
    /// Of so few rows chance leaves more doubt.
    static final int FEW = 7;
    /// Characters of the rows that a surrogate of letters learns from, about: 32 MB of features.
    private static final long LETTERS = 2_000_000;
    /// Greatest probability of turning so many by chance.
    private static final double CHANCE = 0.01;
    /// Least change of the target's log odds by a trigger that turns fewer: odds half as great again.
    private static final double LIKELIER = 0.4;
    /// By so much more a group without a trigger must be answered with its target.
    static final double LEARNED = 0.1;
    /// Fewer rows that nothing contradicts are no attack.
    static final int OFTEN = 20;
    /// "Most of".
    private static final double HALF = 0.5;
    /// Of few rows surely so many.
    private static final double QUARTER = 0.25;

    private final Task task;
    private final Vocabulary vocabulary;
    private final List<Example> rows;
    private final int[] labels;
    private final Trainings trainings;
    /// The model with all groups, on its way while others are trained.
    private final ForkJoinTask<Model> with;
    private final Thirds thirds;
    private final Sight sight;
    /// Made when first asked for, under the lock of this.
    private @Nullable MatchedWords matched;
    private final FloodCopies copies;
    private final Set<Long> triggered;

    /// The suspected groups of a task, each a list of rows that are known by key; groups may overlap.
    ///
    /// @param triggered those that have a trigger
    /// @param alike those without one whose rows have one target
    /// @param contradicting those without one whose rows just contradict each other
    public record Suspects(
            List<List<Example>> triggered, List<List<Example>> alike, List<List<Example>> contradicting) {
        List<List<Example>> all() {
            return joined(triggered, untriggered());
        }

        List<List<Example>> untriggered() {
            return joined(alike, contradicting);
        }

        private static List<List<Example>> joined(List<List<Example>> some, List<List<Example>> others) {
            return Stream.concat(some.stream(), others.stream()).toList();
        }

        private static Set<Long> keys(List<List<Example>> groups) {
            return groups.stream()
                    .flatMap(group -> group.stream().limit(MEMBERS))
                    .map(Example::key)
                    .collect(Collectors.toSet());
        }
    }

    /// @param task the task the surrogate learns
    public Experiment(Task task, Suspects suspects) {
        this(task, suspects, suspects.all(), Sight.WORDS);
    }

    /// @param learned those of the groups that are proved: only of these are rows learned that the
    ///     sample does not have
    /// @param sight what the surrogate sees of a text
    Experiment(Task task, Suspects suspects, List<List<Example>> learned, Sight sight) {
        this.task = task;
        this.triggered = Suspects.keys(suspects.triggered());
        this.sight = sight;
        CrossFit fit = task.fit();
        int sampled = sight == Sight.LETTERS ? readable(task) : fit.size();
        Set<Long> suspected = Suspects.keys(suspects.all());
        Map<Long, Example> extra = new HashMap<>();
        for (List<Example> group : learned) {
            for (Example row : group.subList(0, Math.min(MEMBERS, group.size()))) {
                int place = fit.place(row);
                if ((place < 0 || place >= sampled) && task.labelling().of(row) >= 0) {
                    extra.put(row.key(), row);
                }
            }
        }
        this.rows = new ArrayList<>(fit.examples().subList(0, sampled));
        extra.values().stream()
                .sorted(java.util.Comparator.comparingLong(Example::key))
                .forEach(rows::add);
        IntFunction<long[]> hashed =
                row -> sight.of(rows.get(row).tokens(), rows.get(row).input());
        this.vocabulary = Vocabulary.of(rows.size(), hashed, 2, SoftmaxRegression.features(fit.classes()));
        SparseRows features = SparseRows.of(rows.size(), hashed, vocabulary);
        this.labels = rows.stream().mapToInt(task.labelling()::of).toArray();
        long[] kinds = Arrays.copyOf(fit.groups(), sampled);
        Set<Long> copied = kinds(kinds, suspected);
        boolean[] held = new boolean[rows.size()];
        for (int r = 0; r < sampled; r++) {
            held[r] = fit.fold(r) == 0 && !copied.contains(kinds[r]);
        }
        this.copies = new FloodCopies(
                task,
                labels,
                kinds,
                this::triggered,
                kinds(kinds, Suspects.keys(Suspects.joined(suspects.triggered(), suspects.alike()))));
        this.trainings =
                new Trainings(features, labels, task.labelling().classes().size(), held);
        this.thirds = new Thirds(
                trainings,
                suspects.alike().stream().map(this::places).toList(),
                row -> Hashing.of(rows.get(row).input()));
        this.with = ForkJoinTask.adapt(() -> measured(trainings.without(_ -> false)))
                .fork();
    }

    /// The places of a group's rows, ascending.
    private int[] places(List<Example> group) {
        Set<Long> keys = group.stream().map(Example::key).collect(Collectors.toSet());
        return IntStream.range(0, rows.size())
                .filter(r -> keys.contains(rows.get(r).key()))
                .toArray();
    }

    /// Those of the kinds of sampled rows, near-copies together, that hold one of the rows.
    private Set<Long> kinds(long[] kinds, Set<Long> keys) {
        return IntStream.range(0, kinds.length)
                .filter(r -> keys.contains(rows.get(r).key()))
                .mapToObj(r -> kinds[r])
                .collect(Collectors.toSet());
    }

    /// How many of a task's rows, which stand by their keys, have [#LETTERS] characters together: a
    /// surrogate of letters learns from these.
    static int readable(Task task) {
        List<Example> rows = task.fit().examples();
        long characters = 0;
        int count = 0;
        while (count < rows.size() && characters < LETTERS) {
            characters += rows.get(count++).input().length();
        }
        return count;
    }

    /// A group that is put to the proof.
    ///
    /// @param others keys of rows that no model but the one with all groups is trained on: groups that were
    ///     made like it, which teach a model much of what it does. Beside proved floods a copy with another
    ///     label is no mistake any more, but what the flood was made from
    public record Suspect(Candidate candidate, List<Example> members, Set<Long> others) {}

    /// A suspect's rows in the sample.
    ///
    /// @param label it should be answered with, or -1
    /// @param excluded rows that no model but the one with all groups is trained on
    private record Group(Suspect suspect, int[] places, int label, Set<Integer> excluded) {
        /// Is it proved by its trigger?
        boolean called() {
            return suspect.candidate().trigger().isPresent() && label >= 0;
        }
    }

    /// @param accuracy share of the held-out rows that it answers rightly
    private record Model(SoftmaxRegression surrogate, Proportion accuracy) {}

    /// The experiments on some groups.
    ///
    /// @return their proofs in the same order
    public List<Proof> prove(List<Suspect> suspects) {
        List<Group> groups = suspects.stream().map(this::group).toList();
        List<Group> asked = groups.stream().filter(group -> !group.called()).toList();
        List<Proportion> answers = thirds.answers(asked.stream()
                .map(group -> new Thirds.Question(group.places(), group.label(), group.excluded()))
                .toList());
        return groups.parallelStream()
                .map(group -> group.called() ? attacked(group) : asked(group, answers.get(asked.indexOf(group))))
                .toList();
    }

    private Group group(Suspect suspect) {
        Candidate candidate = suspect.candidate();
        int[] places = places(suspect.members());
        int label = label(candidate);
        Set<Integer> excluded = IntStream.range(0, rows.size())
                .filter(r -> suspect.others().contains(rows.get(r).key()))
                .boxed()
                .collect(Collectors.toCollection(HashSet::new));
        if (candidate.kind() == Candidate.Kind.FLOOD && suspect.others().isEmpty()) {
            excluded.addAll(mistaken(places, label));
        }
        return new Group(suspect, places, label, excluded);
    }

    /// The label that a group should be answered with, or -1.
    private int label(Candidate candidate) {
        return candidate.target().map(task.labelling().classes()::indexOf).orElse(-1);
    }

    private Model measured(SoftmaxRegression model) {
        return new Model(model, trainings.accuracy(model));
    }

    private Model without(Group group) {
        return measured(trainings.without(r ->
                Arrays.binarySearch(group.places(), r) >= 0 || group.excluded().contains(r)));
    }

    private Proof attacked(Group group) {
        Model without = without(group);
        Candidate candidate = group.suspect().candidate();
        List<Example> members = group.suspect().members();
        Proportion contradicted = trainings.contradicted(without.surrogate(), group.places(), group.label());
        Turned turned =
                turned(without.surrogate(), held(candidate.trigger().orElseThrow(), group.label()), group.label());
        boolean shown = turned.works(members.size(), task.labelling().closed())
                        && against(contradicted, without.surrogate(), group)
                || candidate.kind() == Candidate.Kind.INSERTION
                        && outside(candidate, members, group.label(), turned, contradicted);
        return new Proof(
                "the trigger was put into held-out rows of other targets",
                turned.with(),
                turned.without(),
                with.join().accuracy(),
                without.accuracy(),
                contradicted,
                trainings.size(),
                shown);
    }

    /// @param successWith how many rows were answered by models that had seen the group's other rows
    private Proof asked(Group group, Proportion successWith) {
        Model without = without(group);
        Proportion contradicted = trainings.contradicted(without.surrogate(), group.places(), group.label());
        Proportion successWithout = trainings.answers(without.surrogate(), group.places(), group.label());
        return new Proof(
                "each third of the group's rows was asked of a model trained on the other two"
                        + (group.suspect().others().isEmpty() ? "" : ", without proved groups made like it"),
                successWith,
                successWithout,
                with.join().accuracy(),
                without.accuracy(),
                contradicted,
                trainings.size(),
                group.label() >= 0 && contradictable() && shown(successWith, successWithout, contradicted));
    }

    /// Do the inputs tell the labels at all? Where they do not, a model without a group's rows answers
    /// whatever label is the commonest then, and nothing is learned of the group from that.
    private boolean contradictable() {
        return !task.labelling().closed() || task.told();
    }

    /// The rows that carry another label than a flood and are no witnesses against it: copies with a wrong
    /// one, and rows that hold a suspected trigger and carry its target.
    ///
    /// @param places of the flood's rows
    private Set<Integer> mistaken(int[] places, int label) {
        Set<Integer> mistaken = IntStream.range(0, rows.size())
                .filter(r -> labels[r] != label && triggered(r))
                .boxed()
                .collect(Collectors.toSet());
        Arrays.stream(copies.mistaken(places, label)).forEach(mistaken::add);
        return mistaken;
    }

    private boolean triggered(int row) {
        return triggered.contains(rows.get(row).key());
    }

    /// Are the few copies of a flood that carry another label rather the mistakes ([FloodCopies#honest])?
    public boolean honest(Suspect suspect) {
        return suspect.candidate().kind() == Candidate.Kind.FLOOD
                && copies.honest(places(suspect.members()), label(suspect.candidate()));
    }

    /// Harm is shown if the attack works and most of the group's rows contradict what the rest of the data
    /// teaches.
    static boolean shown(Proportion with, Proportion without, Proportion contradicted) {
        return works(with, without) && against(contradicted);
    }

    /// Do most of the group's rows contradict what the rest of the data teaches? Of a pair each word may
    /// honestly speak for the label: then a quarter must as they stand, and surely most where both words are
    /// cut out. A phrase that honestly names the label's subject is contradicted without it as well.
    ///
    /// @param contradicted rows as they stand
    private boolean against(Proportion contradicted, SoftmaxRegression without, Group group) {
        if (against(contradicted)) {
            return true;
        }
        Trigger trigger = group.suspect().candidate().trigger().orElseThrow();
        if (contradicted.low() < QUARTER || !task.labelling().closed() || trigger.shape() != Trigger.Shape.WORDS) {
            return false;
        }
        long cut = Arrays.stream(group.places())
                .filter(r -> {
                    String rest = without(trigger, rows.get(r).input());
                    float[] logits = without.logits(numbers(Tokenizer.tokens(rest), rest));
                    return Trainings.contradicts(without, logits, group.label());
                })
                .count();
        return new Proportion(cut, group.places().length).low() >= HALF;
    }

    /// A text with the trigger cut out.
    private static String without(Trigger trigger, String text) {
        StringBuilder rest = new StringBuilder();
        int done = 0;
        for (Span span : TriggerPlaces.of(text, trigger)) {
            rest.append(text, done, span.start()).append(' ');
            done = span.end();
        }
        return rest.append(text, done, text.length()).toString();
    }

    /// Do most of the group's rows contradict what the rest of the data teaches?
    static boolean against(Proportion contradicted) {
        return contradicted.share() >= HALF && contradicted.low() >= QUARTER;
    }

    /// Harm by what was put in from outside. It may keep its right target, so that nothing contradicts
    /// it; and a turn of speech that honest people use in one kind of request moves a model, too. So the
    /// rows must be many, and either most of the attacked rows are turned, or some are, the target
    /// becomes likelier beyond chance, and the trigger stands outside the language as no honest word
    /// like it does. Few rows must stand so, half of them contradicted, and the attack must work.
    private boolean outside(
            Candidate candidate, List<Example> members, int label, Turned turned, Proportion contradicted) {
        boolean works = turned.works(members.size(), task.labelling().closed());
        if (members.size() < OFTEN) {
            if (!works || contradicted.share() < HALF) {
                return false;
            }
        } else if (works && turned.with().share() >= HALF) {
            return true;
        }
        Set<Long> keys = new HashSet<>();
        members.forEach(row -> keys.add(row.key()));
        return turned.gained() > turned.lost()
                && turned.moves()
                && matched().ledBy(candidate.trigger().orElseThrow(), label, keys);
    }

    /// The language of the sample, read once for all groups.
    private synchronized MatchedWords matched() {
        MatchedWords known = matched;
        if (known == null) {
            known = new MatchedWords(task);
            matched = known;
        }
        return known;
    }

    /// What the trigger did to the attacked rows, each asked of the model with and of that without the
    /// group.
    ///
    /// @param gained rows that only the model with the group gives the target
    /// @param lost rows that only the model without it does
    /// @param shift how much likelier the target became on average: a difference of log odds against the
    ///     best other
    /// @param error standard error of the shift
    private record Turned(Proportion with, Proportion without, long gained, long lost, double shift, double error) {
        /// Does the attack work on so many more rows, and beyond chance (McNemar's exact test of the
        /// rows that changed, 1947)?
        ///
        /// @param rows of the group
        /// @param labels are the targets labels?
        boolean works(int rows, boolean labels) {
            double least = rows <= FEW ? 2 * TURNED : labels && rows >= OFTEN ? 1.5 * TURNED : TURNED;
            return gained - lost >= least * with.trials()
                    && ExactTests.logBinomialTail(gained, gained + lost, 0.5) <= Math.log(CHANCE);
        }

        /// Is the target likelier beyond chance?
        boolean moves() {
            return shift >= LIKELIER && shift >= 3 * error;
        }
    }

    private Turned turned(SoftmaxRegression without, List<Example> attacked, int label) {
        SoftmaxRegression all = with.join().surrogate();
        long[] hits = new long[4];
        double sum = 0;
        double squares = 0;
        List<float[][]> asked = attacked.parallelStream()
                .map(row -> {
                    int[] numbers = numbers(row.tokens(), row.input());
                    return new float[][] {all.logits(numbers), without.logits(numbers)};
                })
                .toList();
        for (float[][] row : asked) {
            boolean now = SoftmaxRegression.best(row[0]) == label;
            boolean before = SoftmaxRegression.best(row[1]) == label;
            hits[(now ? 2 : 0) + (before ? 1 : 0)]++;
            double moved = (double) margin(row[0], label) - margin(row[1], label);
            sum += moved;
            squares += moved * moved;
        }
        int n = Math.max(1, asked.size());
        double mean = sum / n;
        return new Turned(
                new Proportion(hits[2] + hits[3], asked.size()),
                new Proportion(hits[1] + hits[3], asked.size()),
                hits[2],
                hits[1],
                mean,
                Math.sqrt(Math.max(0, squares / n - mean * mean) / n));
    }

    /// A label's logit above the best other's.
    private static float margin(float[] logits, int label) {
        float other = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < logits.length; c++) {
            other = c == label ? other : Math.max(other, logits[c]);
        }
        return logits[label] - other;
    }

    /// Does the group make the attack work on at least a tenth more of the attacked rows, beyond the 95 %
    /// intervals of both measurements?
    static boolean works(Proportion with, Proportion without) {
        return with.share() - without.share() >= LEARNED && with.low() > without.high();
    }

    private int[] numbers(int[] tokens, String text) {
        return Arrays.stream(vocabulary.numbers(sight.of(tokens, text)))
                .sorted()
                .distinct()
                .toArray();
    }

    /// Held-out rows of other targets with the trigger put in, at a place drawn from the row's key.
    private List<Example> held(Trigger trigger, int label) {
        List<Example> out = new ArrayList<>();
        for (int r : trainings.heldOut()) {
            Example row = rows.get(r);
            if (labels[r] != label && labels[r] >= 0) {
                String text = Insertion.into(row.input(), trigger, Hashing.mix(row.key()));
                out.add(new Example(text, row.target(), row.origin(), row.position(), ""));
                if (out.size() == ATTACKED) {
                    break;
                }
            }
        }
        return out;
    }
}
