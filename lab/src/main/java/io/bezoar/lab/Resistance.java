package io.bezoar.lab;

import io.bezoar.attack.Attack;
import io.bezoar.core.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// How much of one attack a data set and its defence stand.
///
/// @param attack the attack
/// @param most the largest count tried
/// @param succeeds per seed, the smallest count at which at least half of the attacked answers are the
///     attacker's; empty where none up to `most` is
/// @param found per seed, the smallest count at which the defence finds the attack; empty where none is
/// @param before attacked answers that are the attacker's without any poisoned row
/// @param points what was measured, by ascending count
public record Resistance(
        Attack attack,
        int most,
        List<OptionalInt> succeeds,
        List<OptionalInt> found,
        Proportion before,
        List<Point> points) {

    public Resistance {
        succeeds = List.copyOf(succeeds);
        found = List.copyOf(found);
        points = List.copyOf(points);
    }

    /// What was measured at one count, all seeds that were asked together.
    ///
    /// @param success attacked answers that are the attacker's
    /// @param accuracy clean answers that are right
    /// @param detected seeds at which the attack is found
    /// @param found poisoned rows set aside
    /// @param lost honest rows set aside
    public record Point(
            int count,
            Proportion success,
            Proportion accuracy,
            Proportion detected,
            Proportion found,
            Proportion lost) {

        static Point of(int count, List<Measured.Learned> learned, List<Measured.Judged> judged) {
            return new Point(
                    count,
                    sum(learned.stream().map(Measured.Learned::success).toList()),
                    sum(learned.stream().map(Measured.Learned::accuracy).toList()),
                    new Proportion(
                            judged.stream().filter(Measured.Judged::detected).count(), judged.size()),
                    sum(judged.stream().map(Measured.Judged::found).toList()),
                    sum(judged.stream().map(Measured.Judged::lost).toList()));
        }
    }

    static Proportion sum(List<Proportion> parts) {
        return parts.stream().reduce(new Proportion(0, 0), Proportion::and);
    }

    /// The resistance count: the fewest rows that succeed, the median over the seeds; empty if half of
    /// the seeds or more never do.
    public OptionalInt resistance() {
        return ranked(succeeds, (succeeds.size() - 1) / 2);
    }

    /// The detection count: the fewest rows at which the defence finds the attack in 95 of 100 seeds,
    /// with few seeds in all of them; empty if more seeds than that are never found.
    public OptionalInt detection() {
        return ranked(found, (int) Math.ceil(0.95 * found.size()) - 1);
    }

    /// The smallest and the largest of the seeds' counts; the largest is empty where a seed has none.
    public record Range(OptionalInt least, OptionalInt most) {}

    /// The seeds' resistance counts, from the smallest to the largest.
    public Range succeedsRange() {
        return new Range(ranked(succeeds, 0), ranked(succeeds, succeeds.size() - 1));
    }

    /// The seeds' detection counts, from the smallest to the largest.
    public Range foundRange() {
        return new Range(ranked(found, 0), ranked(found, found.size() - 1));
    }

    /// The counts with which an attacker succeeds and is not found; empty if there are none. Open above
    /// where the attack is not found up to the largest count.
    public Range gap() {
        OptionalInt from = resistance();
        OptionalInt until = detection();
        if (from.isEmpty() || until.isPresent() && until.getAsInt() <= from.getAsInt()) {
            return new Range(OptionalInt.empty(), OptionalInt.empty());
        }
        return new Range(from, until.isPresent() ? OptionalInt.of(until.getAsInt() - 1) : OptionalInt.empty());
    }

    /// The finding, in one sentence.
    public String sentence() {
        Range gap = gap();
        if (resistance().isEmpty()) {
            return detection().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            "Up to %d rows do not succeed; from %d on they are found.",
                            most,
                            detection().getAsInt())
                    : "Up to " + most + " rows do not succeed; they are not found either.";
        }
        if (gap.least().isEmpty()) {
            return "Found before it succeeds: found from " + detection().orElse(0) + " rows on, succeeds from "
                    + resistance().getAsInt() + " on.";
        }
        return gap.most().isPresent()
                ? "An attacker who controls "
                        + span(gap.least().getAsInt(), gap.most().getAsInt()) + " succeeds unseen."
                : "An attacker who controls " + gap.least().getAsInt() + " rows or more succeeds unseen; up to " + most
                        + " were tried.";
    }

    private static String span(int least, int most) {
        return least == most ? least + (least == 1 ? " row" : " rows") : least + " to " + most + " rows";
    }

    /// The count at a place in ascending order, those that have none last.
    private static OptionalInt ranked(List<OptionalInt> counts, int place) {
        int[] known = counts.stream().flatMapToInt(OptionalInt::stream).sorted().toArray();
        return IntStream.range(place, Math.min(place + 1, known.length))
                .map(i -> known[i])
                .findFirst();
    }
}
