package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
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
import io.bezoar.detect.survey.VectorTask;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds rows with vectors whose nearest rows carry other labels (k-nearest-neighbour editing: Wilson
/// 1972).
///
/// The score is the share of the ten nearest other rows with another label, 0 to 1; beyond one half the
/// label is in conflict. What `label-conflict` is for texts, this is for vectors: by itself it never
/// asks for more than `keep`.
@AutoService(Detector.class)
public record NeighbourConflict() implements Surveyed {

    @Override
    public String name() {
        return "neighbour-conflict";
    }

    @Override
    public String purpose() {
        return "labels that the nearest vectors do not share";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.PLACES);
    }

    @Override
    public Family family() {
        return Family.LABELS;
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation
                .vectors()
                .<Outcome>map(Shares::new)
                .orElseGet(() -> new VectorGathering.Scores(List.of(), new Groups(List.of(), List.of())));
    }

    private record Shares(VectorTask task) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            return task.judges(example)
                    ? (double) (VectorTask.NEIGHBOURS - task.votes(example).own()) / VectorTask.NEIGHBOURS
                    : 0;
        }

        @Override
        public List<Evidence> explain(Example example) {
            if (score(example) <= 0.5) {
                return List.of();
            }
            VectorTask.Votes votes = task.votes(example);
            return List.of(new Evidence(
                    "neighbour-conflict",
                    String.format(
                            Locale.ROOT,
                            "Of the %d nearest rows %d carry %s, and %d its own label.",
                            VectorTask.NEIGHBOURS,
                            votes.others(),
                            Targets.cut(task.labelling().classes().get(Math.max(0, votes.other()))),
                            votes.own()),
                    List.of()));
        }

        @Override
        public List<Remark> remarks() {
            long conflicts = java.util.stream.IntStream.range(0, task.size())
                    .filter(row -> 2 * task.votes(row).own() < VectorTask.NEIGHBOURS)
                    .count();
            return List.of(new Remark(
                    "neighbour-conflict",
                    Severity.LOW,
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of the labels are not shared by most of the nearest rows (%d of %d sampled rows).",
                            100.0 * conflicts / task.size(),
                            conflicts,
                            task.size())));
        }
    }
}
