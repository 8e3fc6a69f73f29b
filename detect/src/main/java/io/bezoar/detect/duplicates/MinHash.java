package io.bezoar.detect.duplicates;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Fingerprints of sets of tokens whose collisions tell near-duplicates.
///
/// *Bands* find pairs: one-permutation MinHash (Broder 1997; Li, Owen & Zhang 2012) of 60 bins, empty bins
/// filled by densification (Shrivastava 2017), 10 bands of 6 bins. A pair of Jaccard similarity s shares a
/// band with probability 1 - (1 - s⁶)¹⁰: 0.71 at 0.7, 0.95 at 0.8, 0.007 at 0.3.
///
/// Departure: at each try all empty bins look at the bin equally far on, by a random distance, and not each at
/// a bin of its own. No two then copy the same bin in one try, and all tries together are a handful of shifts
/// of one 60-bit number. Pairs of texts of 6 to 200 words share a band as often, within 0.04.
///
/// A *sketch* judges a pair: the 64 smallest token hashes. It is the whole set for a text of fewer than 64
/// different tokens, and the similarity then exact; beyond that it is the k-minimum-values estimate with a
/// standard error of at most 0.06.
///
/// Departure: the shingles are single tokens whatever the length of the text. A shingle length that depends
/// on the length makes two variants of one text on either side of a step strangers to each other, and longer
/// shingles lose texts of ten words with two words changed; at a similarity of 0.7 sets of words tell texts
/// apart well enough. Letters of scripts written without spaces are no words, and long texts hold much the same
/// ones: there a shingle is a run of three letters of an alphabet, or of two that stand for words or parts of
/// words.
final class MinHash {
    static final int BANDS = 10;
    private static final int BINS_PER_BAND = 6;
    private static final int BINS = BANDS * BINS_PER_BAND;
    private static final int SKETCH = 64;
    private static final long ALL = (1L << BINS) - 1;

    /// Letters of a shingle in a script that spells without spaces.
    private static final int SPELLED = 3;
    /// And in one whose letters stand for words or parts of words.
    private static final int DRAWN = 2;

    /// Texts of fewer tokens than this have no near-duplicates.
    static final int LEAST_TOKENS = 3;

    /// How far on an empty bin looks for a value at each try: 1 to 59 in an order drawn once.
    private static final int[] DISTANCES = IntStream.range(1, BINS)
            .boxed()
            .sorted(Comparator.comparingLong(distance -> Hashing.mix(0x5eed + distance)))
            .mapToInt(Integer::intValue)
            .toArray();

    private MinHash() {}

    /// The tokens, runs of letters without spaces in shingles; a run shorter than a shingle is one.
    static int[] shingles(int[] tokens) {
        for (int token : tokens) {
            if (Tokenizer.letter(token) >= 0) {
                return joined(tokens);
            }
        }
        return tokens;
    }

    private static int[] joined(int[] tokens) {
        int[] out = new int[tokens.length];
        int n = 0;
        for (int i = 0; i < tokens.length; ) {
            int letter = Tokenizer.letter(tokens[i]);
            if (letter < 0) {
                out[n++] = tokens[i++];
                continue;
            }
            boolean spelled = Tokenizer.spells(letter);
            int end = i + 1;
            while (end < tokens.length
                    && Tokenizer.letter(tokens[end]) >= 0
                    && Tokenizer.spells(Tokenizer.letter(tokens[end])) == spelled) {
                end++;
            }
            int length = Math.min(end - i, spelled ? SPELLED : DRAWN);
            for (int from = i; from + length <= end; from++) {
                long hash = tokens[from];
                for (int k = 1; k < length; k++) {
                    hash = Hashing.combine(hash, tokens[from + k]);
                }
                out[n++] = (int) hash;
            }
            i = end;
        }
        return Arrays.copyOf(out, n);
    }

    /// The hash of each band of a text of at least [#LEAST_TOKENS] tokens, with the band's number in it.
    static long[] bands(int[] text) {
        int[] tokens = shingles(text);
        long[] bins = new long[BINS];
        Arrays.fill(bins, Long.MAX_VALUE);
        long full = 0;
        for (int token : tokens) {
            long hash = token * 0x9e3779b97f4a7c15L;
            hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
            hash ^= hash >>> 32;
            int bin = (int) ((hash >>> 32) * BINS >>> 32);
            bins[bin] = Math.min(bins[bin], hash & 0xffffffffL);
            full |= 1L << bin;
        }
        fill(bins, full);
        long[] bands = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            // a sum of products by odd numbers, so that the six do not wait for each other
            int bin = band * BINS_PER_BAND;
            bands[band] = Hashing.mix(band
                    + bins[bin] * 0x9e3779b97f4a7c15L
                    + bins[bin + 1] * 0xc2b2ae3d27d4eb4fL
                    + bins[bin + 2] * 0x165667b19e3779f9L
                    + bins[bin + 3] * 0xd6e8feb86659fd93L
                    + bins[bin + 4] * 0xa0761d6478bd642fL
                    + bins[bin + 5] * 0xe7037ed1a0b428dbL);
        }
        return bands;
    }

    /// Gives every empty bin the value of a full one.
    ///
    /// @param full bit i is set if bin i is full; not 0
    private static void fill(long[] bins, long full) {
        long empty = ALL & ~full;
        for (int t = 0; empty != 0; t++) {
            int distance = DISTANCES[t];
            long found = empty & (full >>> distance | full << BINS - distance);
            empty ^= found;
            for (; found != 0; found &= found - 1) {
                int bin = Long.numberOfTrailingZeros(found);
                bins[bin] = bins[bin + distance < BINS ? bin + distance : bin + distance - BINS];
            }
        }
    }

    /// The smallest mixed token hashes, each once, ascending.
    static int[] sketch(int[] text) {
        int[] tokens = shingles(text);
        int[] hashes = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            hashes[i] = (int) (Hashing.mix(tokens[i]) >>> 32);
        }
        Arrays.sort(hashes);
        int n = 0;
        for (int i = 0; i < hashes.length && n < SKETCH; i++) {
            if (n == 0 || hashes[n - 1] != hashes[i]) {
                hashes[n++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, n);
    }

    /// The Jaccard similarity of the sets behind two sketches, 0 to 1.
    static double similarity(int[] a, int[] b) {
        int limit = Math.max(a.length, b.length) == SKETCH ? SKETCH : 2 * SKETCH;
        int shared = 0;
        int union = 0;
        int i = 0;
        int j = 0;
        while (union < limit && (i < a.length || j < b.length)) {
            union++;
            if (j == b.length) {
                i++;
            } else if (i == a.length) {
                j++;
            } else if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return union == 0 ? 0 : (double) shared / union;
    }
}
