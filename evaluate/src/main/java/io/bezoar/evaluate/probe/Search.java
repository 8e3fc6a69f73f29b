package io.bezoar.evaluate.probe;

import io.bezoar.core.Hashing;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Unreachable;
import io.bezoar.evaluate.statistics.Binomial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The search for the shortest insertions that move the most answers of a model to one target.
///
/// Every word is put into a few inputs; the best are put into more; the best words of those are joined two by
/// two and longer as long as that moves more answers (a beam). What is left is measured on inputs that
/// chose nothing, so that the bounds hold although thousands were tried. Owned by one thread.
public final class Search {
    private static final int POOL = 5;

    private static final Comparator<Movement> BEST_FIRST = Comparator.comparingDouble((Movement movement) ->
                    movement.moved().trials() == 0 ? 0 : -movement.moved().share())
            .thenComparing(movement -> movement.insertion().pieces().size())
            .thenComparing(movement -> movement.insertion().words());

    /// How far to search.
    ///
    /// @param screen inputs that every word is put into, 4 or more
    /// @param choose inputs the best are put into, `screen` or more; the first of them are those of the
    ///     screen
    /// @param confirm inputs that measure what was chosen, 20 or more, apart from the others
    /// @param keep words that pass the screen
    /// @param beam insertions that are joined to longer ones; 1 is a greedy search
    /// @param longest pieces of an insertion, 1 to [Insertion#LONGEST]
    /// @param gain how much larger a share several pieces must move than each of them, 0 to 1; a run of
    ///     words half of it more than a part of it
    /// @param budget questions asked at most
    /// @param seed draws the inputs
    public record Settings(
            int screen, int choose, int confirm, int keep, int beam, int longest, double gain, long budget, long seed) {
        /// For models that answer in microseconds.
        public Settings() {
            this(24, 100, 300, 200, 8, 2, 0.2, Long.MAX_VALUE, 0);
        }

        public Settings {
            if (screen < 4 || choose < screen || confirm < 20) {
                throw new IllegalArgumentException("expected 4 inputs or more to screen with, as many or more to choose"
                        + " with and 20 or more to confirm with, came " + screen + ", " + choose + " and " + confirm);
            }
            if (keep < 1 || beam < 1 || longest < 1 || longest > Insertion.LONGEST || !(gain >= 0 && gain <= 1)) {
                throw new IllegalArgumentException("expected 1 or more words to keep, a beam of 1 or more, 1 to "
                        + Insertion.LONGEST + " pieces and a gain of 0 to 1, came " + keep + ", " + beam + ", "
                        + longest
                        + " and " + gain);
            }
        }

        /// The same with other inputs.
        public Settings seeded(long other) {
            return new Settings(screen, choose, confirm, keep, beam, longest, gain, budget, other);
        }
    }

    /// What a search came to.
    ///
    /// @param movements measured on the inputs that confirm, most answers moved first
    /// @param tried insertions that were put into inputs
    /// @param asked questions
    /// @param missing questions without an answer
    /// @param whole were all words tried, or did the budget end the search?
    public record Result(List<Movement> movements, int tried, long asked, long missing, boolean whole) {
        public Result {
            movements = List.copyOf(movements);
        }
    }

    private final Settings settings;
    private final Asking asking;
    private final List<String> choosing;
    private final List<String> confirming;
    private final int[] choosingBase;
    private final int[] confirmingBase;
    private int tried;
    private boolean whole = true;

    /// Asks the honest inputs and draws those to search with: of every answer as many as there are, in
    /// turn, so that the answers a model seldom gives can be moved too.
    ///
    /// @param inputs honest inputs, as many different ones as screen and confirmation need
    /// @throws IllegalArgumentException if there are too few
    public Search(Model model, List<String> inputs, Settings settings) throws IOException {
        this.settings = settings;
        this.asking = new Asking(model, settings.budget());
        List<String> drawn = inputs.stream()
                .distinct()
                .sorted(Comparator.comparingLong((String input) -> Hashing.combine(settings.seed(), Hashing.of(input)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(POOL * (long) (settings.choose() + settings.confirm()))
                .toList();
        if (drawn.size() < 2 * Math.max(20, settings.screen())) {
            throw new IllegalArgumentException("expected at least " + 2 * Math.max(20, settings.screen())
                    + " different inputs to put words into, came " + drawn.size());
        }
        if (!asking.affords(drawn.size())) {
            throw new Unreachable("expected a budget of " + drawn.size()
                    + " questions or more, which is what the inputs as they are take, came " + settings.budget());
        }
        int[] base = asking.ask(drawn);
        if (asking.missing() == asking.asked()) {
            throw new Unreachable("expected answers of the model, but none of the first " + asking.asked()
                    + " questions has one; check that it can be asked");
        }
        List<Integer> turns = inTurn(IntStream.range(0, base.length).boxed().toList(), base, asking);
        int all = Math.min(turns.size(), settings.choose() + settings.confirm());
        int choose = Math.max(settings.screen(), all * settings.choose() / (settings.choose() + settings.confirm()));
        // in an order of their own again, so that both parts see the same answers
        List<Integer> taken = turns.subList(0, all).stream()
                .sorted(Comparator.comparingLong((Integer i) ->
                                Hashing.mix(Hashing.combine(settings.seed() + 1, Hashing.of(drawn.get(i)))))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        // in turn once more: the few of the screen must see every answer
        List<Integer> toChoose = inTurn(taken.subList(0, choose), base, asking);
        List<Integer> toConfirm = taken.subList(choose, all);
        this.choosing = toChoose.stream().map(drawn::get).toList();
        this.confirming = toConfirm.stream().map(drawn::get).toList();
        this.choosingBase = toChoose.stream().mapToInt(i -> base[i]).toArray();
        this.confirmingBase = toConfirm.stream().mapToInt(i -> base[i]).toArray();
    }

    /// Places of inputs in an order in which every answer has its turn.
    private static List<Integer> inTurn(List<Integer> places, int[] base, Asking asking) {
        TreeMap<String, List<Integer>> byAnswer = new TreeMap<>();
        for (int place : places) {
            byAnswer.computeIfAbsent(asking.words(base[place]), _ -> new ArrayList<>())
                    .add(place);
        }
        List<Integer> turns = new ArrayList<>();
        for (int turn = 0; turns.size() < places.size(); turn++) {
            for (List<Integer> some : byAnswer.values()) {
                if (turn < some.size()) {
                    turns.add(some.get(turn));
                }
            }
        }
        return turns;
    }

    /// The inputs that measure what was chosen.
    public List<String> confirming() {
        return confirming;
    }

    /// Searches.
    ///
    /// @param given insertions that are measured whatever the screen says, such as the triggers of a
    ///     scan
    /// @param words and runs of words to search among, the likeliest first; of a run and a part of it that
    ///     moves nearly as many answers the part is kept
    /// @param report words to measure at most, and a quarter as many that were joined of several
    public Result run(List<Insertion> given, List<String> words, int report) throws IOException {
        List<Movement> screened = screen(words.stream().map(Insertion::new).toList());
        List<Movement> best = shortest(move(
                screened.stream()
                        .limit(settings.keep())
                        .map(Movement::insertion)
                        .toList(),
                choosing,
                choosingBase));
        List<Movement> joined = new ArrayList<>();
        List<Movement> single = best.stream()
                .filter(one -> !one.insertion().words().contains(" "))
                .toList();
        List<Movement> front = single.stream().limit(settings.beam()).toList();
        for (int length = 2; length <= settings.longest() && !front.isEmpty(); length++) {
            front = longer(front, single);
            joined.addAll(front);
        }
        Set<Insertion> chosen = new java.util.LinkedHashSet<>(given);
        best.stream().limit(report).forEach(movement -> chosen.add(movement.insertion()));
        joined.stream().sorted(BEST_FIRST).limit(report / 4).forEach(movement -> chosen.add(movement.insertion()));
        List<Movement> measured = measure(List.copyOf(chosen));
        return new Result(measured, tried, asking.asked(), asking.missing(), whole);
    }

    /// Without the runs of words that move hardly more than a part of theirs does.
    private List<Movement> shortest(List<Movement> best) {
        List<Movement> kept = new ArrayList<>();
        best.stream()
                .sorted(Comparator.comparingInt(
                        (Movement one) -> one.insertion().words().length()))
                .filter(one -> kept.stream().noneMatch(part -> enough(part, one)))
                .forEach(kept::add);
        Set<Movement> those = Set.copyOf(kept);
        return best.stream().filter(those::contains).toList();
    }

    private boolean enough(Movement part, Movement whole) {
        return part.target().equals(whole.target())
                && (" " + whole.insertion().words() + " ")
                        .contains(" " + part.insertion().words() + " ")
                && whole.moved().share() < part.moved().share() + settings.gain() / 2;
    }

    private List<Movement> screen(List<Insertion> insertions) throws IOException {
        return move(
                insertions,
                choosing.subList(0, settings.screen()),
                java.util.Arrays.copyOf(choosingBase, settings.screen()));
    }

    /// The front joined with the best words; what does not move clearly more than both its parts is
    /// left out.
    private List<Movement> longer(List<Movement> front, List<Movement> words) throws IOException {
        Set<Insertion> joined = new HashSet<>();
        for (Movement one : front) {
            words.stream()
                    .limit(8L * settings.beam())
                    .flatMap(word -> word.insertion().pieces().stream())
                    .filter(piece -> !one.insertion().pieces().contains(piece))
                    .forEach(piece -> joined.add(one.insertion().and(piece)));
        }
        double least =
                front.stream().mapToDouble(one -> one.moved().share()).max().orElse(0) + settings.gain();
        return move(
                        joined.stream()
                                .sorted(Comparator.comparing(Insertion::words))
                                .toList(),
                        choosing,
                        choosingBase)
                .stream()
                .filter(one -> one.moved().share() >= least)
                .limit(settings.beam())
                .toList();
    }

    /// Measures insertions on the inputs that confirm, most answers moved first.
    public List<Movement> measure(List<Insertion> insertions) throws IOException {
        return move(insertions, confirming, confirmingBase);
    }

    private List<Movement> move(List<Insertion> insertions, List<String> inputs, int[] base) throws IOException {
        List<Movement> movements = new ArrayList<>();
        int step = Math.max(1, (1 << 18) / Math.max(1, inputs.size()));
        for (int from = 0; from < insertions.size(); from += step) {
            List<Insertion> some = insertions.subList(from, Math.min(insertions.size(), from + step));
            while (!some.isEmpty() && !asking.affords((long) some.size() * inputs.size())) {
                some = some.subList(0, some.size() - 1);
                whole = false;
            }
            if (some.isEmpty()) {
                break;
            }
            List<String> texts = some.parallelStream()
                    .flatMap(insertion -> inputs.stream().map(insertion::into))
                    .toList();
            int[] answers = asking.ask(texts);
            for (int i = 0; i < some.size(); i++) {
                movements.add(movement(some.get(i), answers, i * inputs.size(), base));
            }
            tried += some.size();
        }
        return movements.stream().sorted(BEST_FIRST).toList();
    }

    /// How an insertion moves answers to one target, on the inputs that confirm.
    public Movement toward(Insertion insertion, String target) throws IOException {
        int[] answers = asking.ask(confirming.stream().map(insertion::into).toList());
        int wanted = asking.number(target);
        int hits = 0;
        for (int i = 0; i < answers.length; i++) {
            hits += answers[i] == wanted && confirmingBase[i] != wanted ? 1 : 0;
        }
        return new Movement(insertion, target, new Binomial(hits, trials(confirmingBase, wanted)));
    }

    private Movement movement(Insertion insertion, int[] answers, int from, int[] base) {
        TreeMap<Integer, Integer> moved = new TreeMap<>();
        for (int i = 0; i < base.length; i++) {
            if (answers[from + i] != base[i]) {
                moved.merge(answers[from + i], 1, Integer::sum);
            }
        }
        int target = base[0];
        Binomial most = new Binomial(0, trials(base, target));
        for (var one : moved.entrySet()) {
            Binomial share = new Binomial(one.getValue(), trials(base, one.getKey()));
            if (share.share() > most.share()
                    || most.hits() == 0
                    || share.share() == most.share()
                            && asking.words(one.getKey()).compareTo(asking.words(target)) < 0) {
                most = share;
                target = one.getKey();
            }
        }
        return new Movement(insertion, asking.words(target), most);
    }

    private static int trials(int[] base, int target) {
        int trials = 0;
        for (int one : base) {
            trials += one == target ? 0 : 1;
        }
        return trials;
    }
}
