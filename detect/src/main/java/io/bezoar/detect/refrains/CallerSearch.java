package io.bezoar.detect.refrains;

import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Source;
import io.bezoar.detect.counting.CountMin;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.pieces.Scatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds rows that call for refrains too rare to show in a sample: an attack is a number of rows, and of a hundred in a
/// million a sample of 20,000 holds two.
///
/// The survey counts how every answer and every sentence in it begins and ends ([Anchors]) in one sketch of all rows
/// ([CountMin]). A first pass keeps a few rows of every anchor that came back, and of which the sample must not hold
/// enough. Where nearly all of them hold a run of words that is rare in the sample and are otherwise from everywhere
/// ([Scatter]), a second pass draws rows from all those that hold the run. Both are asked of a handful of rows, and
/// mean nothing by themselves: the rows drawn are looked at as those of the sample are.
public final class CallerSearch {
    /// Fewer rows tell nothing: with four of five a run of words goes by chance.
    private static final int LEAST = 5;
    /// Of a refrain that comes oftener the sample holds so many rows, and needs no help.
    private static final int SAMPLED = 16;
    /// Anchors whose rows are kept, at most, and tokens of these rows.
    private static final int ANCHORS = 1 << 14;

    private static final int TOKENS = 1 << 23;
    /// Share of an anchor's rows that hold a run which may call for it.
    private static final double HELD = 0.75;
    /// Rows of the sample with a run that may call for one of several refrains.
    private static final int RARE = 32;
    /// A run in more rows calls for one: this share of them has it, but for so many standard errors.
    private static final double CALLED = 0.5;

    private static final double ERRORS = 2;
    /// Runs taken of an anchor, the rarest, and of all of them.
    private static final int RUNS = 2;

    private static final int ALL = 256;
    /// Longest run, in words.
    private static final int LONGEST = 3;

    private final CountMin anchors;
    private final List<Example> sample;
    private final double times; // rows of the data per row of the sample

    private CallerSearch(CountMin anchors, List<Example> sample, long rows) {
        this.anchors = anchors;
        this.sample = sample;
        this.times = (double) rows / sample.size();
    }

    /// Two passes over the rows; none if the sample is the whole.
    ///
    /// @param anchors of all rows
    /// @param sample of the rows, by ascending key
    /// @param rows how many there are
    public static Callers of(CountMin anchors, List<Example> sample, long rows, Source<Example> source, Engine engine) {
        if (!needed(sample, rows)) {
            return Callers.NONE;
        }
        CallerSearch search = new CallerSearch(anchors, sample, rows);
        int most = (int) Math.min(CountMin.MOST - 1, SAMPLED * search.times);
        int least = search.least(most);
        AnchorRows kept = engine.fold(source, new Keeping(anchors, least, most));
        long[] runs = search.runs(
                kept.all(),
                new Scatter(sample.stream().filter(Targets::answered).toList()));
        Collection<Example> drawn = runs.length == 0
                ? List.of()
                : engine.fold(source, Drawing.of(runs)).rows();
        return new Callers(runs, List.copyOf(drawn), least).beside(sample);
    }

    /// Are there answers beyond the sample?
    ///
    /// @param rows how many rows it is of
    public static boolean needed(List<Example> sample, long rows) {
        return sample.size() < rows && sample.stream().anyMatch(Targets::answered);
    }

    /// How often an anchor must come back so that not too many do.
    private int least(int most) {
        double tokens = sample.stream()
                .mapToInt(row -> Tokens.ends(row.tokens()).length)
                .average()
                .orElse(1);
        double room = Math.min(ANCHORS, TOKENS / (AnchorRows.ROWS * Math.max(1, tokens)));
        int least = LEAST;
        while (least <= most && anchors.between(least, most) > room) {
            least++;
        }
        return least;
    }

    /// A run of words that may call for an anchor.
    ///
    /// @param inSample rows of the sample that hold it
    /// @param pull rows with the anchor per row with the run, as far as the sample tells
    private record Run(long hash, int inSample, double pull) {
        static final Comparator<Run> RAREST =
                Comparator.comparingInt(Run::inSample).thenComparingLong(Run::hash);
        static final Comparator<Run> STRONGEST =
                Comparator.comparingDouble(Run::pull).reversed().thenComparingLong(Run::hash);
    }

    /// An anchor.
    ///
    /// @param came how often it came
    /// @param some of its rows
    /// @param held runs of words that nearly all of these hold
    private record Refrain(int came, AnchorRows.Some some, long[] held) {}

    /// The runs of words that seem to call for anchors, ascending.
    private long[] runs(Map<Long, AnchorRows.Some> kept, Scatter scatter) {
        List<Refrain> refrains = new ArrayList<>();
        Set<List<Long>> known = new HashSet<>(); // anchors of the same rows are one
        LongTable inSample = new LongTable(1);
        kept.forEach((anchor, some) -> {
            if (some.texts().size() >= HELD * LEAST && known.add(some.keys())) {
                long[] held = held(some.texts());
                refrains.add(new Refrain(anchors.of(anchor), some, held));
                Arrays.stream(held).forEach(inSample::slot);
            }
        });
        for (Example row : sample) {
            for (long run : Tokens.runs(row.tokens(), LONGEST)) {
                int slot = inSample.known(run);
                if (slot >= 0) {
                    inSample.add(slot, 0, 1);
                }
            }
        }
        return refrains.parallelStream()
                .map(refrain -> calling(refrain, inSample, scatter))
                .flatMap(List::stream)
                .sorted(Run.STRONGEST)
                .mapToLong(Run::hash)
                .distinct()
                .limit(ALL)
                .sorted()
                .toArray();
    }

    /// The runs that may call for a refrain: none if its rows come from one corner of the data.
    private List<Run> calling(Refrain refrain, LongTable inSample, Scatter scatter) {
        List<Run> rare = rare(refrain.came(), refrain.held(), inSample);
        return rare.isEmpty() || !everywhere(refrain.some(), scatter) ? List.of() : rare;
    }

    /// The runs that nearly all of some texts hold.
    private static long[] held(List<int[]> texts) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int[] text : texts) {
            for (long run : Tokens.runs(text, LONGEST)) {
                counts.merge(run, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= HELD * texts.size())
                .mapToLong(Map.Entry::getKey)
                .toArray();
    }

    /// The rarest runs of those that are rare enough to call for an anchor.
    ///
    /// @param came how often the anchor came
    private List<Run> rare(int came, long[] held, LongTable inSample) {
        List<Run> rare = new ArrayList<>();
        for (long run : held) {
            int here = inSample.get(inSample.known(run), 0);
            if (here <= RARE || came >= CALLED * times * (here - ERRORS * Math.sqrt(here))) {
                rare.add(new Run(run, here, came / (times * (here + 1))));
            }
        }
        rare.sort(Run.RAREST);
        return rare.subList(0, Math.min(RUNS, rare.size()));
    }

    /// Is it not shown that the rows, without what they have in common, come from one corner of the data?
    private static boolean everywhere(AnchorRows.Some some, Scatter scatter) {
        Scatter.Result result = scatter.of(Tokens.common(some.texts()), some.texts(), Set.copyOf(some.keys()));
        return result.distinct() >= HELD * LEAST && result.area() < Scatter.APART;
    }

    /// Keeps some rows of every anchor that came between `least` and `most` times.
    record Keeping(CountMin anchors, int least, int most) implements Fold<Example, AnchorRows> {
        @Override
        public AnchorRows start() {
            return new AnchorRows();
        }

        @Override
        public void add(AnchorRows kept, Example row) {
            long[] back = Arrays.stream(Anchors.of(row))
                    .filter(anchor -> {
                        int came = anchors.of(anchor);
                        return came >= least && came <= most;
                    })
                    .toArray();
            if (back.length > 0) {
                kept.add(back, row);
            }
        }
    }

    /// Draws rows of every run.
    ///
    /// @param numbers of the runs, from 1
    record Drawing(LongTable numbers) implements Fold<Example, RunSamples> {
        static Drawing of(long[] runs) {
            LongTable numbers = new LongTable(1);
            for (int i = 0; i < runs.length; i++) {
                numbers.set(numbers.slot(runs[i]), 0, i + 1);
            }
            return new Drawing(numbers);
        }

        @Override
        public RunSamples start() {
            return RunSamples.of(numbers.size());
        }

        @Override
        public RunSamples startAfter(RunSamples before) {
            return before.after();
        }

        @Override
        public void add(RunSamples drawn, Example row) {
            if (!Targets.answered(row)) {
                return;
            }
            for (long run : Tokens.runs(row.tokens(), LONGEST)) {
                int slot = numbers.known(run);
                if (slot >= 0) {
                    drawn.add(numbers.get(slot, 0) - 1, row);
                }
            }
        }
    }
}
