package io.bezoar.detect.language;

import io.bezoar.core.Hashing;
import io.bezoar.detect.counting.Tokens;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// How well each token of a text reads, by a language model of the data themselves: two [KneserNey] models, of one
/// half of the texts each, and every text is asked of the half it is not in. So its own words do not vouch for it;
/// equal texts are counted once, and near-copies most probably lie in one half ([Tokens#likeness]).
///
/// At most [#TOKENS] tokens are counted, and of one text the first [#LONG]: memory stays bounded however long the
/// texts are. Reads only after construction: safe for many threads.
public final class Fluency implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Tokens counted, about: 40 MB of runs of two.
    static final int TOKENS = 600_000;
    /// Tokens of one text that are counted and asked.
    public static final int LONG = 1024;

    private final KneserNey[] halves;

    private Fluency(KneserNey[] halves) {
        this.halves = halves;
    }

    /// @param texts in an order that is random and depends on the texts alone: the first are counted
    /// @param order tokens of the longest run that is counted, 1 to 3
    public static Fluency of(List<int[]> texts, int order) {
        int count = 0;
        for (long tokens = 0; count < texts.size() && tokens < TOKENS; count++) {
            tokens += Math.min(LONG, texts.get(count).length);
        }
        int[] half =
                texts.subList(0, count).parallelStream().mapToInt(Fluency::half).toArray();
        return new Fluency(IntStream.range(0, 2)
                .parallel()
                .mapToObj(side -> counted(texts, half, side, order))
                .toArray(KneserNey[]::new));
    }

    private static KneserNey counted(List<int[]> texts, int[] half, int side, int order) {
        KneserNey model = new KneserNey(order);
        Set<Long> known = new HashSet<>();
        for (int t = 0; t < half.length; t++) {
            int[] text = texts.get(t);
            if (half[t] == side && known.add(hash(text))) {
                model.add(text.length <= LONG ? text : Arrays.copyOf(text, LONG));
            }
        }
        return model.counted();
    }

    /// The model that has not seen a text.
    public KneserNey other(int[] text) {
        return halves[1 - half(text)];
    }

    /// The surprise of each token of a text in nats, of the first [#LONG]; higher reads worse.
    double[] surprises(int[] text) {
        return other(text).surprises(text.length <= LONG ? text : Arrays.copyOf(text, LONG));
    }

    private static int half(int[] text) {
        return text.length == 0 ? 0 : (int) (Hashing.mix(Tokens.likeness(text)) & 1);
    }

    private static long hash(int[] text) {
        return Hashing.combine(text.length, Arrays.hashCode(text));
    }
}
