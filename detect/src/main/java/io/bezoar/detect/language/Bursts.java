package io.bezoar.detect.language;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.groups.Targets;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/// Stretches of text that read like nothing else in the data: letters at random, words in no order, another language
/// or script.
///
/// Of each text that the data teach to write (an answer, or a document) every token's surprise is taken
/// ([Fluency]), less that of an ordinary token and half a standard deviation; the stretch whose sum is greatest is
/// the text's burst (the maximal segment of Karlin & Altschul 1990, with surprises for scores). Honest texts have
/// bursts as well: a list of names, a table, a quotation. How great they are differs from set to set, so a burst is
/// called strange from [#TIMES] times that of the median text on.
///
/// @param fluency the language of the data
/// @param level what a token's surprise must exceed, in nats
/// @param unit standard deviation of the surprises, in nats
/// @param bar a greater burst is strange, in units; infinite if there are too few texts to tell
public record Bursts(Fluency fluency, double level, double unit, double bar) implements Serializable {
    /// Fewer texts are no language.
    private static final int TEXTS = 200;
    /// Bursts by the median one. Of honest texts about one in a hundred exceeds it, of templates one in twenty.
    private static final double TIMES = 4;
    /// A burst in units that even sets of like texts must exceed.
    private static final double LEAST = 8;
    /// Texts that the level is measured on.
    private static final int MEASURED = 1500;

    /// A text outside the sample is asked if so many of its tokens are unknown.
    private static final int UNKNOWN = 6;

    /// A stretch of a text.
    ///
    /// @param from its first token
    /// @param to after its last token
    /// @param weight how much it surprises beyond the level, in units; 0 for a text that reads well
    public record Burst(int from, int to, double weight) {}

    /// @param sample rows in an order that is random and depends on their keys alone
    public static Bursts of(List<Example> sample) {
        List<int[]> texts = sample.parallelStream()
                .map(Bursts::text)
                .filter(text -> text.length > 0)
                .toList();
        if (texts.size() < TEXTS) {
            return new Bursts(Fluency.of(List.of(), 2), 0, 1, Double.POSITIVE_INFINITY);
        }
        Fluency fluency = Fluency.of(texts, 2);
        List<double[]> measured = texts.subList(0, Math.min(MEASURED, texts.size())).parallelStream()
                .map(fluency::surprises)
                .toList();
        double count = 0;
        double sum = 0;
        for (double[] text : measured) {
            count += text.length;
            for (double surprise : text) {
                sum += surprise;
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (double[] text : measured) {
            for (double surprise : text) {
                squares += (surprise - mean) * (surprise - mean);
            }
        }
        double unit = Math.max(1e-3, Math.sqrt(squares / count));
        Bursts ungraded = new Bursts(fluency, mean + unit / 2, unit, Double.POSITIVE_INFINITY);
        double[] weights = measured.stream()
                .mapToDouble(text -> ungraded.burst(text).weight())
                .sorted()
                .toArray();
        return new Bursts(fluency, mean + unit / 2, unit, Math.max(LEAST, TIMES * weights[weights.length / 2]));
    }

    /// The tokens a row teaches to write: those of its answer, of a document itself; none where a label is taught.
    public static int[] text(Example row) {
        if (row.target() instanceof Target.Label) {
            return new int[0];
        }
        return Targets.answered(row) ? Tokenizer.tokens(Targets.answer(row)) : row.tokens();
    }

    /// The burst of a text.
    public Burst of(int[] text) {
        return burst(fluency.surprises(text));
    }

    private Burst burst(double[] surprises) {
        int from = 0;
        double sum = 0;
        Burst best = new Burst(0, 0, 0);
        for (int i = 0; i < surprises.length; i++) {
            if (sum <= 0) {
                sum = 0;
                from = i;
            }
            sum += (surprises[i] - level) / unit;
            if (sum > best.weight) {
                best = new Burst(from, i + 1, sum);
            }
        }
        return best;
    }

    /// Is a burst greater than those of honest texts?
    public boolean strange(Burst burst) {
        return burst.weight > bar;
    }

    /// Does a text hold a stretch that reads like nothing else?
    public boolean strange(int[] text) {
        return bar < Double.POSITIVE_INFINITY && strange(of(text));
    }

    /// Holds a text some tokens that no text of the other half holds? A quick look, to leave out most of those that are
    /// not strange.
    public boolean unknown(int[] text) {
        if (bar == Double.POSITIVE_INFINITY) {
            return false;
        }
        KneserNey model = fluency.other(text);
        int unknown = 0;
        for (int i = 0; i < Math.min(Fluency.LONG, text.length) && unknown < UNKNOWN; i++) {
            unknown += model.known(text[i]) ? 0 : 1;
        }
        return unknown >= UNKNOWN;
    }

    /// The keys of those rows whose texts do, ascending.
    public long[] strange(List<Example> rows) {
        return bar == Double.POSITIVE_INFINITY
                ? new long[0]
                : rows.parallelStream()
                        .filter(row -> strange(text(row)))
                        .mapToLong(Example::key)
                        .sorted()
                        .distinct()
                        .toArray();
    }

    /// Is a key among those?
    public static boolean among(long[] keys, Example row) {
        return Arrays.binarySearch(keys, row.key()) >= 0;
    }
}
