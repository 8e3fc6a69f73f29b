package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Trigger;
import io.bezoar.detect.survey.VectorTask;
import io.bezoar.learn.DenseSoftmax;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Proves what a group of rows with vectors does, as [Experiment] does for texts: a linear surrogate on
/// the vectors is trained with and without the group, and the values its rows share are put into
/// held-out rows of other labels.
public final class VectorExperiment {
    private static final int PIECES = 3;

    private final VectorTask task;
    private final int classes;
    private final float[][] rows;
    private final int[] labels;
    private final Map<Long, Integer> places = new HashMap<>();
    private final int[] heldOut;
    private final int[] training;
    private final DenseSoftmax with;

    /// @param suspects the rows of every group, known by key; groups may overlap
    public VectorExperiment(VectorTask task, List<List<Example>> suspects) {
        this.task = task;
        this.classes = task.labelling().classes().size();
        Set<Long> suspected = new HashSet<>();
        Map<Long, Example> extra = new HashMap<>();
        Set<Long> sampled = new HashSet<>();
        task.examples().forEach(row -> sampled.add(row.key()));
        for (List<Example> group : suspects) {
            for (Example row : group.subList(0, Math.min(Experiment.MEMBERS, group.size()))) {
                suspected.add(row.key());
                if (!sampled.contains(row.key()) && task.judges(row)) {
                    extra.put(row.key(), row);
                }
            }
        }
        List<Example> more = extra.values().stream()
                .sorted(java.util.Comparator.comparingLong(Example::key))
                .toList();
        int size = task.size();
        rows = new float[size + more.size()][];
        labels = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            Example row = r < size ? task.examples().get(r) : more.get(r - size);
            rows[r] = r < size ? task.scaled(r) : task.scaled(row.vector());
            labels[r] = task.labelling().of(row);
            places.putIfAbsent(row.key(), r);
        }
        boolean[] held = new boolean[rows.length];
        for (int r = 0; r < size; r++) {
            held[r] = task.heldOut(r)
                    && !suspected.contains(task.examples().get(r).key());
        }
        heldOut = IntStream.range(0, rows.length).filter(r -> held[r]).toArray();
        training = IntStream.range(0, rows.length).filter(r -> !held[r]).toArray();
        with = train(training);
    }

    private DenseSoftmax train(int[] use) {
        return DenseSoftmax.train(rows, labels, classes, use, new DenseSoftmax.Settings());
    }

    /// The experiment on one group.
    ///
    /// @param members the group's rows
    public Proof prove(Candidate candidate, List<Example> members) {
        int[] group = members.stream()
                .mapToInt(row -> places.getOrDefault(row.key(), -1))
                .filter(r -> r >= 0)
                .sorted()
                .distinct()
                .toArray();
        int[] rest = Arrays.stream(training)
                .filter(r -> Arrays.binarySearch(group, r) < 0)
                .toArray();
        DenseSoftmax without = train(rest);
        int label = candidate.target().map(task.labelling().classes()::indexOf).orElse(-1);
        Proportion contradicted = count(group, r -> without.answer(rows[r]) != (label >= 0 ? label : labels[r]));
        Proportion accuracyWith = count(heldOut, r -> with.answer(rows[r]) == labels[r]);
        Proportion accuracyWithout = count(heldOut, r -> without.answer(rows[r]) == labels[r]);
        List<Trigger.Reading> readings =
                candidate.trigger().map(Trigger::readings).orElse(List.of());
        Proportion successWith;
        Proportion successWithout;
        if (label >= 0 && !readings.isEmpty()) {
            float[][] attacked = Arrays.stream(heldOut)
                    .filter(r -> labels[r] != label)
                    .limit(Experiment.ATTACKED)
                    .mapToObj(r -> marked(task.examples().get(r).vector(), readings))
                    .toArray(float[][]::new);
            int[] all = IntStream.range(0, attacked.length).toArray();
            successWith = count(all, r -> with.answer(attacked[r]) == label);
            successWithout = count(all, r -> without.answer(attacked[r]) == label);
        } else {
            successWith = new Proportion(0, 0);
            for (int piece = 0; piece < PIECES; piece++) {
                int mine = piece;
                DenseSoftmax others = train(IntStream.concat(
                                Arrays.stream(rest),
                                IntStream.range(0, group.length)
                                        .filter(i -> i % PIECES != mine)
                                        .map(i -> group[i]))
                        .toArray());
                Proportion success = count(
                        IntStream.range(0, group.length)
                                .filter(i -> i % PIECES == mine)
                                .map(i -> group[i])
                                .toArray(),
                        r -> others.answer(rows[r]) == (label >= 0 ? label : labels[r]));
                successWith = successWith.and(success);
            }
            successWithout = new Proportion(contradicted.trials() - contradicted.hits(), contradicted.trials());
        }
        return new Proof(
                readings.isEmpty()
                        ? "each third of the group's rows was asked of a model trained on the other two"
                        : "the values were put into held-out rows of other targets",
                successWith,
                successWithout,
                accuracyWith,
                accuracyWithout,
                contradicted,
                training.length,
                label >= 0 && Experiment.shown(successWith, successWithout, contradicted));
    }

    /// The vector with the values put in, brought to size.
    private float[] marked(float[] vector, List<Trigger.Reading> readings) {
        float[] out = vector.clone();
        for (Trigger.Reading reading : readings) {
            if (reading.number() < out.length) {
                out[reading.number()] = reading.value();
            }
        }
        return task.scaled(out);
    }

    private static Proportion count(int[] asked, java.util.function.IntPredicate hit) {
        return new Proportion(Arrays.stream(asked).parallel().filter(hit).count(), asked.length);
    }
}
