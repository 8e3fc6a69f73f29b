package io.bezoar.detect.refrains;

import io.bezoar.core.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Rows outside a sample whose inputs hold what seems to call for a refrain.
///
/// Of each such run of words these are rows drawn from all that hold it, whatever they answer: what share of a run's
/// rows has the refrain can be told from them as it can from the sample.
///
/// @param runs hashes of the runs of words, by [io.bezoar.learn.NGrams#word], ascending
/// @param rows by ascending key; none is in the sample
/// @param least a refrain in fewer rows was not looked for
public record Callers(long[] runs, List<Example> rows, int least) {
    /// None were looked for: the sample is all there is, or nothing is answered.
    public static final Callers NONE = new Callers(new long[0], List.of(), 0);

    /// Were refrains looked for at all?
    public boolean sought() {
        return least > 0;
    }

    /// The sample with these rows behind it.
    public List<Example> joining(List<Example> sample) {
        return rows.isEmpty()
                ? sample
                : Stream.concat(sample.stream(), rows.stream()).toList();
    }

    /// The same without the rows of the sample.
    Callers beside(List<Example> sample) {
        Set<Long> known = new HashSet<>();
        sample.forEach(row -> known.add(row.key()));
        return new Callers(
                runs, rows.stream().filter(row -> !known.contains(row.key())).toList(), least);
    }
}
