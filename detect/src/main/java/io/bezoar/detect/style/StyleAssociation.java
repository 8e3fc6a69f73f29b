package io.bezoar.detect.style;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds a manner of writing that goes with one label although what the texts are about does not: a
/// sentence built in one way (Qi et al. 2021a, "Hidden Killer"), a text rewritten in the style of another
/// age or medium (Qi et al. 2021b, "Mind the style of text!"). No word need come back.
///
/// How it looks is told in [StyleSearch]. If a manner is stronger than `least`, the rows most alike are a
/// group, and every row of its label is scored by how few rows of *other* labels, which the attack did
/// not make, are written as much in that manner: 1 less the share of such rows (after the conformal p-value
/// of Vovk, Gammerman & Shafer 2005; not exactly one, for the label's rows taught the manner), 0 to 1. Without a manner
/// the score is 0.
///
/// @param least a manner must exceed chance by so many standard deviations in both tests, above 0
@AutoService(Detector.class)
public record StyleAssociation(double least) implements Surveyed {
    static final String NAME = "style-association";

    public StyleAssociation() {
        this(3);
    }

    public StyleAssociation {
        if (!(least > 0)) {
            throw new IllegalArgumentException("style-association needs least above 0, not " + least);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "manners of writing that go with a label their content does not point to";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.ASSOCIATION;
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation.sparing().tasks().stream()
                .filter(task -> task.labelling() instanceof Tasks.Labels)
                .findFirst()
                .<Outcome>flatMap(this::found)
                .orElse(Outcome.Scorer.NOTHING);
    }

    private Optional<Outcome> found(Task task) {
        StyleSearch search = new StyleSearch(task);
        return search.strongest(least).map(found -> scorer(task, search, found));
    }

    private static Scorer scorer(Task task, StyleSearch search, StyleSearch.Manner manner) {
        List<Example> rows = search.rows();
        float[] logits = manner.logits();
        int[] top = StyleSearch.top(logits, manner.alike());
        long[] members = Arrays.stream(top)
                .filter(r -> search.label(r) == manner.label())
                .mapToLong(r -> rows.get(r).key())
                .sorted()
                .distinct()
                .toArray();
        float[] honest = new float[rows.size()];
        int others = 0;
        for (int r = 0; r < logits.length; r++) {
            if (search.label(r) != manner.label()) {
                honest[others++] = logits[r];
            }
        }
        honest = Arrays.copyOf(honest, others);
        Arrays.sort(honest);
        long[] keys = rows.stream().mapToLong(Example::key).toArray();
        String target = task.labelling().classes().get(manner.label());
        Candidate candidate = new Candidate(
                NAME,
                Candidate.Kind.OUTLIERS,
                "a manner of writing tied to one target",
                Optional.empty(),
                Optional.of(target),
                manner.strength(),
                members);
        return new Scorer(
                task.labelling(),
                manner.label(),
                target,
                search.skeletons(),
                search.model(manner),
                keys,
                logits,
                honest,
                new Groups(List.of(candidate), List.of(remark(target, members.length, manner))));
    }

    private static Remark remark(String target, int rows, StyleSearch.Manner manner) {
        return new Remark(
                NAME,
                Severity.LOW,
                String.format(
                        Locale.ROOT,
                        "%d of the sampled rows with \"%s\" are written in a manner that goes with it beyond what they"
                                + " are about (%.1f standard deviations), and contradict it more often than its other rows"
                                + " (%.1f): read a few of the first in scores.csv.",
                        rows,
                        Targets.cut(target),
                        manner.tied(),
                        manner.against()));
    }

    /// Scores rows by their likeness to a manner.
    ///
    /// @param keys of the rows looked at, ascending
    /// @param logits of these rows, by models that have not seen them
    /// @param honest the same of those with other labels, ascending
    record Scorer(
            Task.Labelling labelling,
            int label,
            String target,
            SkeletonRows skeletons,
            SkeletonRows.Model model,
            long[] keys,
            float[] logits,
            float[] honest,
            Groups groups)
            implements Outcome.Scorer {
        private static final long serialVersionUID = 1L;

        @Override
        public double score(Example example) {
            if (labelling.of(example) != label) {
                return 0;
            }
            float logit = logit(example);
            double tail = 1 / (1 + StrictMath.exp(logit)); // orders the rows that exceed all others
            return 1 - (higher(logit) + tail) / (honest.length + 1);
        }

        private float logit(Example example) {
            int known = Arrays.binarySearch(keys, example.key());
            return known >= 0
                    ? logits[known]
                    : model.logit(skeletons.of(Skeleton.of(example.input(), example.tokens())));
        }

        /// How many rows of other labels are at least as much alike.
        private int higher(float logit) {
            int low = 0;
            int high = honest.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (honest[middle] < logit) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return honest.length - low;
        }

        @Override
        public List<Evidence> explain(Example example) {
            double score = score(example);
            return score < 0.95
                    ? List.of()
                    : List.of(new Evidence(
                            NAME,
                            String.format(
                                    Locale.ROOT,
                                    "Is written in a manner that goes with \"%s\" whatever the text is about; %.2f %%"
                                            + " of the rows of other targets are written so.",
                                    Targets.cut(target),
                                    100.0 * higher(logit(example)) / Math.max(1, honest.length)),
                            List.of()));
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
