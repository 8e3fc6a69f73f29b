package io.bezoar.crawl.page;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import io.bezoar.ledger.fault.Malformed;
import java.util.Arrays;
import java.util.Base64;

/// A sketch of a page's words that estimates how much two pages share: the resemblance of their sets of
/// runs of three words (Broder 1997), from 256 numbers of one byte.
///
/// One-permutation MinHash (Li, Owen & Zhang 2012) of 256 bins, empty bins filled by optimal
/// densification (Shrivastava 2017), of each minimum the lowest 8 bits (Li & König 2010, b-bit minwise
/// hashing; two different minima agree by chance in 1 of 256; the number of the bin is hashed into
/// them, so that a minimum that fills many bins agrees in each by a chance of its own). The standard
/// error of the estimate is at most 0.032.
///
/// Not the fingerprint of `detect`, which lives for one scan, looks at single words of short rows and
/// needs the whole hashes: this one is written into files that must be read for years, and of long
/// pages single words say little, for all pages of a language share them.
public final class Sketch {
    private static final int BINS = 256;
    private static final int RUN = 3;
    private static final int TRIES = 64;
    private static final int CHUNK = 8_000;
    private static final double CHANCE = 1.0 / 256;
    private static final short[] DONORS = new short[BINS * TRIES];

    static {
        for (int i = 0; i < DONORS.length; i++) {
            DONORS[i] = (short) Long.remainderUnsigned(Hashing.mix(0x9a6e + i), BINS);
        }
    }

    private final byte[] bins;
    private final int words;

    private Sketch(byte[] bins, int words) {
        this.bins = bins;
        this.words = words;
    }

    /// The sketch of a text.
    public static Sketch of(String text) {
        long[] least = new long[BINS];
        Arrays.fill(least, Long.MAX_VALUE);
        int words = 0;
        long before = 0;
        long last = 0;
        for (int from = 0; from < text.length(); ) {
            int to = cut(text, from);
            for (int token : Tokenizer.tokens(text.substring(from, to))) {
                words++;
                long run = Hashing.combine(Hashing.combine(before, last), token);
                if (words >= RUN) {
                    keep(least, run);
                }
                before = last;
                last = token;
            }
            from = to;
        }
        if (words > 0 && words < RUN) {
            keep(least, Hashing.combine(before, last));
        }
        byte[] bins = new byte[BINS];
        for (int bin = 0; bin < BINS && words > 0; bin++) {
            bins[bin] = (byte) Hashing.combine(filled(least, bin), bin);
        }
        return new Sketch(bins, words);
    }

    /// Where a piece that begins at `from` ends: at white space, so that no word is cut, if there is any.
    private static int cut(String text, int from) {
        int to = Math.min(text.length(), from + CHUNK);
        if (to == text.length()) {
            return to;
        }
        int space = text.lastIndexOf(' ', to);
        return space > from ? space : to;
    }

    private static void keep(long[] least, long hash) {
        int bin = (int) (hash >>> 56);
        least[bin] = Math.min(least[bin], hash & -1L >>> 8);
    }

    private static long filled(long[] least, int bin) {
        if (least[bin] != Long.MAX_VALUE) {
            return least[bin];
        }
        for (int i = bin * TRIES; i < (bin + 1) * TRIES; i++) {
            if (least[DONORS[i]] != Long.MAX_VALUE) {
                return least[DONORS[i]];
            }
        }
        for (int step = 1; step < BINS; step++) { // few words, and unlucky
            if (least[(bin + step) % BINS] != Long.MAX_VALUE) {
                return least[(bin + step) % BINS];
            }
        }
        return 0;
    }

    /// Number of words of the text.
    public int words() {
        return words;
    }

    /// Estimated resemblance of the two texts, 0 to 1; of two texts without words 1, of one with and
    /// one without 0.
    public double resemblance(Sketch other) {
        if (words == 0 || other.words == 0) {
            return words == other.words ? 1 : 0;
        }
        int same = 0;
        for (int i = 0; i < BINS; i++) {
            if (bins[i] == other.bins[i]) {
                same++;
            }
        }
        return Math.max(0, ((double) same / BINS - CHANCE) / (1 - CHANCE));
    }

    /// The 256 bytes in base64.
    public String text() {
        return Base64.getEncoder().encodeToString(bins);
    }

    /// The sketch that [#text] wrote.
    ///
    /// @throws Malformed if it is none
    public static Sketch of(String text, int words) {
        byte[] bins;
        try {
            bins = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new Malformed("expected a sketch in base64, came other characters");
        }
        if (bins.length != BINS || words < 0) {
            throw new Malformed("expected a sketch of " + BINS + " bytes, came one of " + bins.length);
        }
        return new Sketch(bins, words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sketch sketch && words == sketch.words && Arrays.equals(bins, sketch.bins);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bins) * 31 + words;
    }

    @Override
    public String toString() {
        return text();
    }
}
