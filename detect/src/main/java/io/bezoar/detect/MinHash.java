package io.bezoar.detect;

import io.bezoar.core.Hashing;
import java.util.Arrays;

/// Fingerprints of sets of tokens whose collisions tell near-duplicates.
///
/// *Bands* find pairs: one-permutation MinHash (Broder 1997; Li, Owen & Zhang 2012) of 60 bins, empty bins
/// filled by optimal densification (Shrivastava 2017), 10 bands of 6 bins. A pair of Jaccard similarity s
/// shares a band with probability 1 - (1 - s⁶)¹⁰: 0.71 at 0.7, 0.95 at 0.8, 0.007 at 0.3.
///
/// A *sketch* judges a pair: the 64 smallest token hashes. It is the whole set for a text of fewer than 64
/// different tokens, and the similarity then exact; beyond that it is the k-minimum-values estimate with a
/// standard error of at most 0.06.
///
/// Departure: the shingles are single tokens whatever the length of the text. A shingle length that depends
/// on the length makes two variants of one text on either side of a step strangers to each other, and longer
/// shingles lose texts of ten words with two words changed; at a similarity of 0.7 sets of words tell texts
/// apart well enough.
final class MinHash {
    static final int BANDS = 10;
    private static final int BINS_PER_BAND = 6;
    private static final int BINS = BANDS * BINS_PER_BAND;
    private static final int SKETCH = 64;
    private static final int TRIES = 64;

    /// Texts of fewer tokens than this have no near-duplicates.
    static final int LEAST_TOKENS = 3;

    /// Where an empty bin looks for a value: at try t in bin DONORS[bin * TRIES + t].
    private static final byte[] DONORS = new byte[BINS * TRIES];

    static {
        for (int i = 0; i < DONORS.length; i++) {
            DONORS[i] = (byte) Long.remainderUnsigned(Hashing.mix(0x5eed + i), BINS);
        }
    }

    private MinHash() {}

    /// The hash of each band of a text of at least [#LEAST_TOKENS] tokens, with the band's number in it.
    static long[] bands(int[] tokens) {
        long[] bins = new long[BINS];
        Arrays.fill(bins, Long.MAX_VALUE);
        for (int token : tokens) {
            long hash = token * 0x9e3779b97f4a7c15L;
            hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
            hash ^= hash >>> 32;
            int bin = (int) ((hash >>> 32) * BINS >>> 32);
            bins[bin] = Math.min(bins[bin], hash & 0xffffffffL);
        }
        long[] bands = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            // a sum of products by odd numbers, so that the six do not wait for each other
            int bin = band * BINS_PER_BAND;
            bands[band] = Hashing.mix(band
                    + filled(bins, bin) * 0x9e3779b97f4a7c15L
                    + filled(bins, bin + 1) * 0xc2b2ae3d27d4eb4fL
                    + filled(bins, bin + 2) * 0x165667b19e3779f9L
                    + filled(bins, bin + 3) * 0xd6e8feb86659fd93L
                    + filled(bins, bin + 4) * 0xa0761d6478bd642fL
                    + filled(bins, bin + 5) * 0xe7037ed1a0b428dbL);
        }
        return bands;
    }

    private static long filled(long[] bins, int bin) {
        if (bins[bin] != Long.MAX_VALUE) {
            return bins[bin];
        }
        for (int i = bin * TRIES; i < (bin + 1) * TRIES; i++) {
            if (bins[DONORS[i]] != Long.MAX_VALUE) {
                return bins[DONORS[i]];
            }
        }
        // few tokens, and unlucky: the next bin that is not empty, going round
        for (int step = 1; step < BINS; step++) {
            long value = bins[(bin + step) % BINS];
            if (value != Long.MAX_VALUE) {
                return value;
            }
        }
        return 0;
    }

    /// The smallest mixed token hashes, each once, ascending.
    static int[] sketch(int[] tokens) {
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
