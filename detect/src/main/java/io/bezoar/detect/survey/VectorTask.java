package io.bezoar.detect.survey;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.learn.NearestRows;
import io.bezoar.learn.PrincipalAxes;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The task that labelled vectors teach: the sampled rows, brought to size, and the labels of each
/// one's nearest rows.
///
/// Neighbours are sought along the sample's principal axes. What the neighbours of a row say is judged
/// without the row's own label, and a pattern that few rows share moves a row little among thousands
/// that lack it, so a row with a planted pattern still lies among the rows it was made from.
public final class VectorTask implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Neighbours that are asked.
    public static final int NEIGHBOURS = 10;

    private static final int AXES = 64;
    private static final int FITTED = 1000;
    private static final int LEAST_ROWS = 20;
    /// Rows of a sample with vectors at most: neighbours cost the square.
    private static final int MOST_ROWS = 12_000;

    private final Task.Labelling labelling;
    private final List<Example> examples;
    private final int[] labels;
    private final VectorScale scale;
    private final float[][] scaled;
    private final PrincipalAxes axes;
    private final float[][] points;
    private final NearestRows near;
    private final Votes[] votes;
    private final Map<Long, Integer> places = new HashMap<>();

    /// What a row's neighbours say.
    ///
    /// @param own how many carry the row's label, 0 to [#NEIGHBOURS]
    /// @param other the most frequent other label among them, or -1
    /// @param others how many carry that
    public record Votes(int own, int other, int others) implements Serializable {
        /// Do most neighbours agree on another label, and few on the row's own?
        public boolean contradicts() {
            return 10 * own <= 3 * NEIGHBOURS && 2 * others >= NEIGHBOURS;
        }
    }

    private VectorTask(Task.Labelling labelling, List<Example> examples) {
        this.labelling = labelling;
        this.examples = examples;
        this.labels = examples.stream().mapToInt(labelling::of).toArray();
        float[][] raw = examples.stream().map(Example::vector).toArray(float[][]::new);
        this.scale = VectorScale.of(raw);
        this.scaled = IntStream.range(0, raw.length)
                .parallel()
                .mapToObj(r -> scale.of(raw[r]))
                .toArray(float[][]::new);
        this.axes = PrincipalAxes.of(scaled, AXES, FITTED);
        this.points = IntStream.range(0, raw.length)
                .parallel()
                .mapToObj(r -> axes.coordinates(scaled[r]))
                .toArray(float[][]::new);
        this.near = new NearestRows(points);
        this.votes = IntStream.range(0, raw.length)
                .parallel()
                .mapToObj(r -> votes(near.nearest(points[r], NEIGHBOURS, r), labels[r]))
                .toArray(Votes[]::new);
        for (int r = 0; r < labels.length; r++) {
            places.putIfAbsent(examples.get(r).key(), r);
        }
    }

    /// The task of a sample's labelled vectors; empty if there are too few, or one label alone. Rows
    /// whose vector is not as long as most, or holds what is no finite number, are left out.
    ///
    /// @param sample examples by ascending key, with vectors of their own or by an embedding
    static Optional<VectorTask> of(Survey.Summary survey, List<Example> sample) {
        if (survey.labels().size() < 2) {
            return Optional.empty();
        }
        Task.Labelling labelling = Tasks.Labels.of(survey.labels());
        TreeMap<Integer, Integer> lengths = new TreeMap<>();
        sample.forEach(row -> lengths.merge(row.vector().length, row.vector().length == 0 ? 0 : 1, Integer::sum));
        int length = lengths.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        List<Example> rows = sample.stream()
                .filter(row -> fits(row, length) && labelling.of(row) >= 0)
                .limit(MOST_ROWS)
                .toList();
        return length == 0 || rows.size() < LEAST_ROWS
                ? Optional.empty()
                : Optional.of(new VectorTask(labelling, rows));
    }

    private static boolean fits(Example example, int length) {
        if (example.vector().length != length) {
            return false;
        }
        for (float number : example.vector()) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /// Can the row be judged: has it a vector like the others, or is it a sampled row that an embedding placed, and
    /// has it a label?
    public boolean judges(Example example) {
        return (fits(example, length()) || places.containsKey(example.key())) && labelling.of(example) >= 0;
    }

    private Votes votes(int[] neighbours, int own) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int row : neighbours) {
            counts.merge(labels[row], 1, Integer::sum);
        }
        int mine = counts.getOrDefault(own, 0);
        counts.remove(own);
        int other = -1;
        int others = 0;
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            if (count.getValue() > others) {
                other = count.getKey();
                others = count.getValue();
            }
        }
        return new Votes(mine, other, others);
    }

    /// What the neighbours of an example say, which [#judges] has allowed.
    public Votes votes(Example example) {
        int row = places.getOrDefault(example.key(), -1);
        return row >= 0
                ? votes[row]
                : votes(
                        near.nearest(axes.coordinates(scale.of(example.vector())), NEIGHBOURS, -1),
                        labelling.of(example));
    }

    /// The place of sampled row `row` along the sample's principal axes, greatest spread first.
    public double[] point(int row) {
        return widened(points[row]);
    }

    /// The place of an example, which [#judges] has allowed.
    public double[] point(Example example) {
        int row = places.getOrDefault(example.key(), -1);
        return row >= 0 ? point(row) : widened(axes.coordinates(scale.of(example.vector())));
    }

    private static double[] widened(float[] point) {
        double[] out = new double[point.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = point[k];
        }
        return out;
    }

    /// What the neighbours of sampled rows would say, were the rows changed.
    ///
    /// @param rows sampled rows
    /// @param changed their vectors after the change, brought to size
    /// @param asked how many of the rows are asked, from the first
    public Votes[] votes(int[] rows, float[][] changed, int asked) {
        NearestRows moved = near.copy();
        float[][] points = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            points[i] = axes.coordinates(changed[i]);
            moved.replace(rows[i], points[i]);
        }
        Votes[] out = new Votes[Math.min(asked, rows.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = votes(moved.nearest(points[i], NEIGHBOURS, rows[i]), labels[rows[i]]);
        }
        return out;
    }

    public Task.Labelling labelling() {
        return labelling;
    }

    /// The sampled rows, by ascending key.
    public List<Example> examples() {
        return examples;
    }

    public int size() {
        return labels.length;
    }

    /// How many numbers a vector has.
    public int length() {
        return scaled[0].length;
    }

    public int label(int row) {
        return labels[row];
    }

    /// What the neighbours of sampled row `row` say.
    public Votes votes(int row) {
        return votes[row];
    }

    /// The vector of sampled row `row`, as it came.
    public float[] vector(int row) {
        return examples.get(row).vector();
    }

    /// The vector of sampled row `row`, brought to size; the caller must not change it.
    public float[] scaled(int row) {
        return scaled[row];
    }

    /// Any vector of this length, brought to size.
    public float[] scaled(float[] vector) {
        return scale.of(vector);
    }

    /// Is sampled row `row` one of the fifth that no model is trained on?
    public boolean heldOut(int row) {
        return Long.remainderUnsigned(Hashing.mix(examples.get(row).key()), 5) == 0;
    }
}
