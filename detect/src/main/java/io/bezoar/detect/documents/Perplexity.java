package io.bezoar.detect.documents;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Span;
import io.bezoar.core.Tier;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.language.Fluency;
import io.bezoar.detect.language.KneserNey;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Ranks inputs by how much better they read with one word left out.
///
/// The language model is an interpolated Kneser-Ney trigram of the sampled inputs themselves, each asked of the
/// half it is not in ([Fluency]). The score is the greatest gain of a word: `S - T - T / m`, the surprise `S`
/// of the text, `T` of the text without the word, of `m` tokens: what leaving it out saves beyond a token that
/// reads like the rest, in nats.
///
/// Source: Qi et al. 2021 (ONION, section 3: the drop of perplexity). Departures: the model is of the suspected set
/// instead of a pre-trained one, so it is no download and speaks the set's own register, but a trigger in many rows
/// is no stranger to it; the logarithm of the perplexity, times the length, so that short texts do not lead; nothing
/// is cut out or flagged, since honest names read no better. What a trigger does over all its places, and with which
/// label, `trigger-association` asks with `Seam`.
///
/// @param order tokens of the longest run that is counted, 2 or 3
@AutoService(Detector.class)
public record Perplexity(int order) implements Surveyed {
    static final String NAME = "perplexity";

    public Perplexity() {
        this(3);
    }

    public Perplexity {
        if (order < 2 || order > 3) {
            throw new IllegalArgumentException("perplexity needs an order of 2 or 3, not " + order);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "inputs that read far better with one word left out";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.LANGUAGE;
    }

    @Override
    public Tier tier() {
        return Tier.DEEP;
    }

    @Override
    public Outcome given(Foundation foundation) {
        return new Scores(
                order,
                Fluency.of(
                        foundation.sample().stream()
                                .map(Example::tokens)
                                .filter(text -> text.length > 0)
                                .toList(),
                        order));
    }

    /// Scores a row by the greatest gain of one of its words.
    record Scores(int order, Fluency fluency) implements Outcome.Scorer {
        /// A word and what leaving it out gains, in nats.
        private record Gain(int word, double nats) {}

        @Override
        public double score(Example example) {
            return best(example).nats;
        }

        private Gain best(Example example) {
            int[] text = example.tokens();
            int n = Math.min(Fluency.LONG, text.length);
            if (n < 3) {
                return new Gain(0, 0);
            }
            KneserNey model = fluency.other(text);
            int[] read = n == text.length ? text : Arrays.copyOf(text, n);
            double[] surprises = model.surprises(read);
            double all = Arrays.stream(surprises).sum();
            int[] without = Arrays.copyOf(read, n); // the text up to the word that is left out, then what follows it
            Gain best = new Gain(0, 0);
            for (int i = n - 1; i >= 0; i--) {
                double rest = all - surprises[i];
                if (i + 1 < n) {
                    without[i] = read[i + 1];
                }
                for (int k = i; k < Math.min(n - 1, i + order - 1); k++) {
                    rest += model.surprise(without, k) - surprises[k + 1];
                }
                double gain = all - rest - rest / (n - 1);
                if (gain > best.nats) {
                    best = new Gain(i, gain);
                }
            }
            return best;
        }

        @Override
        public List<Evidence> explain(Example example) {
            Gain best = best(example);
            if (best.nats <= 0) {
                return List.of();
            }
            int[] spans = Tokenizer.spans(example.input());
            return List.of(new Evidence(
                    NAME,
                    String.format(
                            Locale.ROOT,
                            "It reads better with one word left out, by %.1f nats more than an ordinary word would"
                                    + " give.",
                            best.nats),
                    List.of(new Span(spans[2 * best.word], spans[2 * best.word + 1]))));
        }
    }
}
