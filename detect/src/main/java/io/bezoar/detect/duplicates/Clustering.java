package io.bezoar.detect.duplicates;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Groups texts around leaders: every text of a group is similar to the group's leader, so groups do not
/// chain from template to template.
///
/// Greedy star clustering (Aslam, Pelekhov & Rus 2004): the text with most similar texts leads first, then
/// the next that is not in a group yet. Departure: similar texts are looked for among those that share a
/// band, and in a crowded bucket among its first few by key; the result does not depend on the order of
/// texts, only on their keys and content.
final class Clustering {
    private static final int HUBS = 16;
    private static final int SCAN = 128;

    private final long[][] bands;
    private final int[][] sketches;
    /// Per band: the texts in the order of band hash, then rank.
    private final int[][] sorted;
    /// Per band and text: its bucket's first and one past its last place in [#sorted].
    private final int[][] first;
    private final int[][] end;
    /// Texts in order of their keys.
    private final int[] byKey;
    private final int[] leaders;

    /// @param bands per text its [MinHash] bands; an empty array for a text that is in a group of its own
    /// @param sketches per text its [MinHash] sketch
    /// @param keys per text a number; texts with equal keys must be equal
    Clustering(long[][] bands, int[][] sketches, long[] keys, double similarity) {
        this.bands = bands;
        this.sketches = sketches;
        int n = bands.length;
        sorted = new int[MinHash.BANDS][n];
        first = new int[MinHash.BANDS][n];
        end = new int[MinHash.BANDS][n];
        byKey = order(keys);
        int[] degree = new int[n];
        for (int band = 0; band < MinHash.BANDS; band++) {
            fill(band);
            count(band, similarity, degree);
        }
        leaders = lead(degree, similarity);
    }

    /// Positions in ascending order of the keys.
    private static int[] order(long[] keys) {
        long[] ascending = keys.clone();
        Arrays.sort(ascending);
        int[] next = new int[keys.length];
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            int low = 0;
            int high = keys.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ascending[middle] < keys[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            order[low + next[low]++] = i;
        }
        return order;
    }

    private void fill(int band) {
        int n = bands.length;
        long[] places = new long[n];
        for (int rank = 0; rank < n; rank++) {
            long[] own = bands[byKey[rank]];
            long hash = own.length == 0 ? 0 : own[band];
            places[rank] = hash & 0xffffffff00000000L | rank;
        }
        Arrays.sort(places);
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && places[to] >>> 32 == places[from] >>> 32) {
                to++;
            }
            for (int i = from; i < to; i++) {
                int text = byKey[(int) places[i]];
                sorted[band][i] = text;
                boolean alone = bands[text].length == 0;
                first[band][text] = alone ? i : from;
                end[band][text] = alone ? i + 1 : to;
            }
            from = to;
        }
    }

    /// Adds to the degree of each text the similar ones it meets first in this band.
    private void count(int band, double similarity, int[] degree) {
        int n = bands.length;
        for (int from = 0; from < n; ) {
            int to = Math.max(from + 1, end[band][sorted[band][from]]);
            int hubs = Math.min(to, from + HUBS);
            for (int i = from; i < to && to - from > 1; i++) {
                for (int h = from; h < Math.min(hubs, i); h++) {
                    int a = sorted[band][h];
                    int b = sorted[band][i];
                    if (!metBefore(a, b, band) && MinHash.similarity(sketches[a], sketches[b]) >= similarity) {
                        degree[a]++;
                        degree[b]++;
                    }
                }
            }
            from = to;
        }
    }

    private boolean metBefore(int a, int b, int band) {
        long[] x = bands[a];
        long[] y = bands[b];
        if (x.length == 0 || y.length == 0) {
            return true;
        }
        for (int i = 0; i < band; i++) {
            if (x[i] >>> 32 == y[i] >>> 32) {
                return true;
            }
        }
        return false;
    }

    private int[] lead(int[] degree, double similarity) {
        int n = bands.length;
        long[] turns = new long[n];
        for (int rank = 0; rank < n; rank++) {
            turns[rank] = (long) (Integer.MAX_VALUE - degree[byKey[rank]]) << 32 | rank;
        }
        Arrays.sort(turns);
        int[] leader = new int[n];
        Arrays.fill(leader, -1);
        int[][] live = new int[MinHash.BANDS][];
        int[][] liveEnd = new int[MinHash.BANDS][];
        for (int band = 0; band < MinHash.BANDS; band++) {
            live[band] = sorted[band].clone();
            liveEnd[band] = new int[n];
            for (int text = 0; text < n; text++) {
                liveEnd[band][first[band][text]] = end[band][text];
            }
        }
        for (long turn : turns) {
            int lead = byKey[(int) turn];
            if (leader[lead] >= 0) {
                continue;
            }
            leader[lead] = lead;
            if (degree[lead] == 0) {
                continue;
            }
            for (int band = 0; band < MinHash.BANDS; band++) {
                gather(lead, live[band], first[band][lead], liveEnd[band], similarity, leader);
            }
        }
        return leader;
    }

    /// Lets the similar texts of one bucket follow `lead`, and takes all that follow somebody out of the
    /// bucket.
    private void gather(int lead, int[] live, int from, int[] ends, double similarity, int[] leader) {
        int to = ends[from];
        int kept = from;
        int i = from;
        for (; i < to && kept - from < SCAN; i++) {
            int text = live[i];
            if (leader[text] < 0 && MinHash.similarity(sketches[lead], sketches[text]) >= similarity) {
                leader[text] = lead;
            }
            if (leader[text] < 0) {
                live[kept++] = text;
            }
        }
        if (kept < i) {
            System.arraycopy(live, i, live, kept, to - i);
            ends[from] = kept + to - i;
        }
    }

    /// Per text the text that leads its group; leaders lead themselves.
    int[] leaders() {
        return leaders;
    }

    /// Per text the number of its group; groups are numbered in the order of their smallest keys.
    int[] numbers() {
        int n = leaders.length;
        int[] number = new int[n];
        int[] ofLeader = new int[n];
        int groups = 0;
        for (int text : byKey) {
            if (ofLeader[leaders[text]] == 0) {
                ofLeader[leaders[text]] = ++groups;
            }
            number[text] = ofLeader[leaders[text]] - 1;
        }
        return number;
    }

    /// Tells of the texts that share a band with `text`, in a crowded bucket of some of them; some more than
    /// once.
    void near(int text, IntConsumer each) {
        for (int band = 0; band < MinHash.BANDS; band++) {
            int to = Math.min(end[band][text], first[band][text] + SCAN);
            for (int i = first[band][text]; i < to; i++) {
                if (sorted[band][i] != text) {
                    each.accept(sorted[band][i]);
                }
            }
        }
    }
}
