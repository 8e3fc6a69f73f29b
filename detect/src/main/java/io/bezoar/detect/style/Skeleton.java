package io.bezoar.detect.style;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a text is written, whatever it is about: its function words and signs in their order, with the
/// other words reduced to their endings.
///
/// A small rule tagger: words of the closed classes of English (pronouns, prepositions, conjunctions,
/// auxiliaries, particles, of older English too) and signs are tags of their own, a number is `#`, any
/// other word is its ending (of a fixed list) or `*`. Features of a text are runs of one to three tags,
/// the tags it opens with, what follows a comma, its length by steps, and its words. In other languages
/// signs, numbers, lengths, openings of words and the words themselves remain.
final class Skeleton {
    /// Tokens beyond this number are not looked at.
    static final int TOKENS = 300;

    private static final int OPENING = 4;
    private static final long NUMBER = 1;
    private static final long OTHER = 2;
    private static final long EDGE = 3;
    private static final long ENDINGS = 16;

    private static final Set<String> CLOSED = Stream.of("""
        a an the this that these those some any no every each all both half either neither such what which
        whose whatever whichever i you he she it we they me him her us them my your his its our their mine
        yours hers ours theirs myself yourself himself herself itself ourselves yourselves themselves who
        whom one ones someone somebody something anyone anybody anything nobody nothing everyone everybody
        everything none other others another thou thee thy thine ye thyself
        of in to for with on at from by about as into like through after over between out against during
        without before under around among above below across behind beyond within upon toward towards near
        off down up since until till despite except per via along inside outside onto amid unto
        and or but nor so yet if because although though while when whenever where wherever unless than
        whether lest whereas once therefore thus hence wherein whereof whereby
        be am is are was were been being have has had having do does did done doing will would shall should
        can could may might must ought need dare hath doth shalt wilt art hast dost wast didst cannot
        not never ever also too very more most less least much many few little just only even still already
        again then there here now how why well quite rather almost enough really perhaps maybe however
        indeed else n s t re ve ll d m nt isn aren wasn weren don doesn didn won wouldn couldn shouldn
        hasn haven hadn yes oh o please\
        """.split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private static final String[] ENDING = {
        "ing", "eth", "est", "ed", "ly", "ness", "ment", "tion", "sion", "ity", "ous", "ful", "less", "able", "ible",
        "ive", "al", "ic", "er", "or", "ist", "ism", "ish", "y", "s"
    };

    private final long[] tags;
    private final int[] tokens;
    private final boolean[] sign;

    private Skeleton(long[] tags, int[] tokens, boolean[] sign) {
        this.tags = tags;
        this.tokens = tokens;
        this.sign = sign;
    }

    /// @param tokens of the text
    static Skeleton of(String text, int[] tokens) {
        int[] spans = Tokenizer.spans(text);
        int n = Math.min(TOKENS, Math.min(tokens.length, spans.length / 2));
        long[] tags = new long[n];
        boolean[] sign = new boolean[n];
        for (int i = 0; i < n; i++) {
            int from = spans[2 * i];
            int to = spans[2 * i + 1];
            sign[i] = !Character.isLetterOrDigit(text.codePointAt(from));
            tags[i] = sign[i] ? word(tokens[i]) : tag(text, from, to, tokens[i]);
        }
        return new Skeleton(tags, Arrays.copyOf(tokens, n), sign);
    }

    private static long word(int token) {
        return (long) token << 8;
    }

    private static long tag(String text, int from, int to, int token) {
        if (Character.isDigit(text.codePointAt(from))) {
            return NUMBER;
        }
        if (to - from > 24) {
            return OTHER;
        }
        String lower = text.substring(from, to).toLowerCase(Locale.ROOT);
        if (CLOSED.contains(lower)) {
            return word(token);
        }
        for (int e = 0; e < ENDING.length; e++) {
            if (lower.length() > ENDING[e].length() + 2 && lower.endsWith(ENDING[e])) {
                return ENDINGS + e;
            }
        }
        return OTHER;
    }

    /// The words that say what the text is about: no closed class, no sign. Features of one kind.
    long[] content() {
        long[] out = new long[tokens.length];
        int count = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (!sign[i] && tags[i] != word(tokens[i])) {
                out[count++] = NGrams.word(tokens, i, 1);
            }
        }
        return Arrays.copyOf(out, count);
    }

    /// The features, with repeats.
    long[] features() {
        int n = tags.length;
        long[] out = new long[6 * n + 2 * (OPENING + 8)];
        int count = 0;
        for (int i = -1; i <= n; i++) {
            long hash = 0;
            for (int k = 0; k < 3 && i + k <= n; k++) {
                hash = Hashing.combine(hash, at(i + k));
                out[count++] = hash;
            }
        }
        long opening = -1;
        for (int i = 0; i < Math.min(OPENING, n); i++) {
            opening = Hashing.combine(opening, tags[i]);
            out[count++] = opening;
        }
        for (int i = 0; i + 1 < n; i++) {
            if (sign[i]) {
                out[count++] = Hashing.combine(Hashing.combine(-2, tags[0]), Hashing.combine(tags[i], tags[i + 1]));
            }
            out[count++] = Hashing.combine(-3, tokens[i]);
        }
        if (n > 0) {
            out[count++] = Hashing.combine(-3, tokens[n - 1]);
        }
        out[count++] = Hashing.combine(-4, Math.min(n / 4, 12));
        for (int i = 0; i < count; i++) {
            out[i] >>>= 2;
        }
        return Arrays.copyOf(out, count);
    }

    private long at(int i) {
        return i < 0 || i >= tags.length ? EDGE : tags[i];
    }
}
