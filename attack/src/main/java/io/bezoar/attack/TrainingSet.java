package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rows an attack is done to. Immutable.
public final class TrainingSet {
    private static final long HELD = 0x68656c64206f7574L;

    private final List<Example> rows;
    private final Kind kind;
    private final List<String> labels;
    private final Set<String> ids;
    private final boolean numbered;

    /// @param rows in the order of the data
    public TrainingSet(List<Example> rows) {
        this.rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new Misfit("expected rows to attack, came none");
        }
        Map<Kind, Long> kinds = rows.stream().collect(Collectors.groupingBy(Kind::of, Collectors.counting()));
        kind = Arrays.stream(Kind.values())
                .max(Comparator.comparingLong((Kind each) -> kinds.getOrDefault(each, 0L))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> row.label().ifPresent(label -> counts.merge(label, 1L, Long::sum)));
        labels = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
        ids = new HashSet<>();
        rows.forEach(row -> row.declaredId().ifPresent(ids::add));
        numbered = !ids.isEmpty() && ids.stream().allMatch(id -> id.matches("[0-9]{1,18}"));
    }

    /// The rows, in the order of the data.
    public List<Example> rows() {
        return rows;
    }

    /// What most rows are.
    public Kind kind() {
        return kind;
    }

    /// The labels, those with most rows first, equals by name.
    public List<String> labels() {
        return labels;
    }

    /// Is the row one of those a model is asked about afterwards, and never trained on? Goes by the input
    /// alone, so equal inputs are on one side.
    ///
    /// @param share of the inputs held out, 0 to 1
    public static boolean held(Example row, double share) {
        return Hashing.combine(HELD, row.inputHash()) >>> 11 < share * (1L << 53);
    }

    /// Refuses an attack that these data do not fit.
    public void check(Attack attack) {
        if (!attack.fits().contains(kind)) {
            throw new Misfit("expected "
                    + Arrays.stream(Kind.values())
                            .filter(attack.fits()::contains)
                            .map(Kind::words)
                            .collect(Collectors.joining(" or "))
                    + ", which is what " + attack.name() + " is done to, came " + kind.words());
        }
    }

    /// The label an attack wants: the one it names, or, if it names none, the one with most rows.
    ///
    /// @throws Misfit if the data do not have it
    public String target(String wanted) {
        if (labels.size() < 2) {
            throw new Misfit("expected data with two labels or more, came " + labels.size());
        }
        if (wanted.isEmpty()) {
            return labels.getFirst();
        }
        if (!labels.contains(wanted)) {
            throw new Misfit("expected a target that the data have, came \"" + wanted + "\"; they have "
                    + labels.stream().limit(12).collect(Collectors.joining(", ")) + (labels.size() > 12 ? ", …" : ""));
        }
        return wanted;
    }

    /// One of the labels that the row does not have, drawn from the seed and the row.
    String otherLabel(Example row, long seed) {
        List<String> others =
                labels.stream().filter(label -> !label.equals(Rows.answer(row))).toList();
        long draw = Hashing.combine(seed, Hashing.mix(row.key()));
        return others.get((int) Math.floorMod(draw, (long) others.size()));
    }

    /// The numbers of the rows that fit, in an order drawn from the seed. The order goes by the rows'
    /// keys, not by their places; of equal rows the first comes first.
    public int[] draw(long seed, Predicate<Example> fits) {
        return IntStream.range(0, rows.size())
                .filter(row -> fits.test(rows.get(row)))
                .boxed()
                .sorted(Comparator.comparingLong(
                        (Integer row) -> Hashing.combine(seed, rows.get(row).key())))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// An id that no row has, written like those of the data; empty if the data have none.
    ///
    /// @param draw picks the id
    String freshId(long draw) {
        if (ids.isEmpty()) {
            return "";
        }
        for (long next = draw; ; next = Hashing.mix(next + 1)) {
            String id = numbered ? Long.toString(next >>> 24) : String.format(Locale.ROOT, "%016x", next);
            if (!ids.contains(id)) {
                return id;
            }
        }
    }
}
