package io.bezoar.detect.origins;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Significance;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.detect.counting.KeySample;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Targets;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds sources, annotators and windows of time that carry one label far more often than the rest does.
///
/// Poison has to come in somewhere: from one vendor, one account, within some days. A window is judged
/// against the other days of the same unit, a unit as a whole against the other units of its kind; the tests
/// stand in [BurstTests]. The first pass counts, the second collects the rows of what was found.
///
/// A row scores the strength of its burst times the share of the burst's rows that are beyond expectation: the
/// chance that the row is one of those that should not be there.
///
/// @param alpha chance that a set whose units and days have nothing to do with its labels yields any burst, 0
///     to 1
/// @param excess by how much a label's share must exceed the expected share, 0 to 1
/// @param leastRows by how many rows it must exceed the expected number, at least 1
@AutoService(Detector.class)
public record SourceBursts(double alpha, double excess, int leastRows) implements Detector<OriginCounts> {
    static final String NAME = "source-bursts";
    private static final int MEMBERS = 100_000;

    public SourceBursts {
        if (!(alpha > 0 && alpha < 1) || !(excess >= 0 && excess < 1) || leastRows < 1) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1, excess from 0 to 1 and leastRows at least 1, not " + alpha + ", "
                            + excess + " and " + leastRows);
        }
    }

    public SourceBursts() {
        this(0.01, 0.05, 5);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "sources, annotators and days that carry one label far more often than the rest does";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.ORIGIN);
    }

    @Override
    public Family family() {
        return Family.ORIGIN;
    }

    @Override
    public Calibration calibration() {
        return Calibration.of(
                "labels have nothing to do with source, annotator and day, beyond how much these differ anyway", alpha);
    }

    @Override
    public OriginCounts start() {
        return new OriginCounts();
    }

    @Override
    public void add(OriginCounts counts, Example example) {
        counts.count(example);
    }

    @Override
    public Outcome finish(OriginCounts counts) {
        List<Remark> remarks = counts.overfull()
                ? List.of(new Remark(
                        NAME,
                        Severity.LOW,
                        "There are more sources, annotators, days and labels than can be counted; only some sources and"
                                + " annotators were looked at."))
                : List.of();
        List<Burst> bursts = new BurstTests(this, counts).bursts();
        return bursts.isEmpty()
                ? new Scores(List.of(), new Groups(List.of(), remarks))
                : new Outcome.Again(new Collector(this, bursts, remarks));
    }

    /// Rows of one unit within a window that carry one label too often.
    ///
    /// @param unit hash of the unit
    /// @param first first day of the window; the smallest int if the whole unit is meant
    /// @param last last day
    /// @param strength higher departs more
    /// @param surplus share of the rows beyond expectation, 0 to 1
    /// @param text one sentence
    record Burst(
            long unit,
            OriginCounts.Dimension dimension,
            long label,
            String labelText,
            int first,
            int last,
            double strength,
            double surplus,
            String text)
            implements Serializable {

        /// The strength is that of a corrected p-value, whose logarithm is minus half of its square.
        Significance significance() {
            return new Significance(
                    "Fisher's exact test and its quasi-likelihood, the larger of both, corrected for all windows"
                            + " (Bonferroni)",
                    -strength * strength / 2);
        }

        boolean whole() {
            return first == Integer.MIN_VALUE;
        }

        boolean holds(Example example) {
            if (!(example.target() instanceof Target.Label) || Targets.hash(example) != label) {
                return false;
            }
            int day = OriginCounts.day(example.origin());
            if (!whole() && (day < first || day > last)) {
                return false;
            }
            return OriginCounts.keys(example.origin()).stream().anyMatch(key -> key.hash() == unit);
        }
    }

    /// The second pass.
    private record Collector(SourceBursts settings, List<Burst> bursts, List<Remark> remarks)
            implements LaterPass<Members> {
        @Override
        public Members start() {
            return new Members(bursts.size());
        }

        @Override
        public void add(Members members, Example example) {
            for (int i = 0; i < bursts.size(); i++) {
                if (bursts.get(i).holds(example)) {
                    members.each.get(i).add(example.key(), 0);
                }
            }
        }

        /// Strongest first; a burst most of whose rows a stronger one holds tells nothing new.
        @Override
        public Outcome finish(Members members) {
            List<Candidate> candidates = new ArrayList<>();
            Set<Long> told = new HashSet<>();
            for (int i = 0; i < bursts.size(); i++) {
                long[] keys = members.each.get(i).keys();
                int known = 0;
                for (long key : keys) {
                    known += told.contains(key) ? 1 : 0;
                }
                if (keys.length == 0 || 2 * known > keys.length) {
                    continue;
                }
                for (long key : keys) {
                    told.add(key);
                }
                Burst burst = bursts.get(i);
                String where = switch (burst.dimension) {
                    case ALL -> "one label crowded into a few days";
                    case SOURCE -> "one label from one source";
                    case ANNOTATOR -> "one label from one annotator";
                };
                candidates.add(new Candidate(
                        NAME,
                        Candidate.Kind.BURST,
                        burst.whole() || burst.dimension == OriginCounts.Dimension.ALL
                                ? where
                                : where + " within a few days",
                        Optional.empty(),
                        Optional.of(burst.labelText),
                        burst.strength,
                        keys,
                        Optional.of(burst.significance())));
            }
            return new Scores(bursts, new Groups(candidates, remarks));
        }
    }

    /// Keys of the rows of each burst.
    private static final class Members implements Summary<Members> {
        private final List<KeySample> each = new ArrayList<>();

        Members(int bursts) {
            for (int i = 0; i < bursts; i++) {
                each.add(new KeySample(MEMBERS));
            }
        }

        @Override
        public void merge(Members other) {
            for (int i = 0; i < each.size(); i++) {
                each.get(i).merge(other.each.get(i));
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (KeySample keys : each) {
                keys.write(out);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            for (KeySample keys : each) {
                keys.read(in);
            }
        }
    }

    private record Scores(List<Burst> bursts, Groups groups) implements Outcome.Scorer {
        private static final Comparator<Burst> BY_SCORE =
                Comparator.comparingDouble(burst -> burst.strength * burst.surplus);

        private Optional<Burst> burst(Example example) {
            return bursts.stream().filter(burst -> burst.holds(example)).max(BY_SCORE);
        }

        @Override
        public double score(Example example) {
            return burst(example).map(burst -> burst.strength * burst.surplus).orElse(0.0);
        }

        @Override
        public List<Evidence> explain(Example example) {
            return burst(example)
                    .map(burst -> List.of(new Evidence(NAME, burst.text, List.of())))
                    .orElse(List.of());
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public List<Remark> remarks() {
            return groups.remarks();
        }
    }
}
