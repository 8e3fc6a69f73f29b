package io.bezoar.detect.triggers;

import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Postings;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Pairs of words that come together in rows of one class far more often than each of them by itself accounts for,
/// and hardly in rows of another.
///
/// [TriggerTies] pairs the words of rows that the surrogate contradicts. Where few honest rows hold the words of a
/// planted pair, the surrogate has learned each of them and contradicts nothing; and while one is looked at the other
/// still speaks for the class. What is left without both of them tells.
record JoinedWords(int minRows) {
    /// Pairs told of at most.
    private static final int FOUND = 2_000;
    /// At least this share of the rows that hold both carries the class.
    private static final double PURE = 0.9;
    /// Standard deviations beyond what two words that know nothing of each other reach.
    private static final double BEYOND = 8;
    /// Standard deviations by which the rarer word goes with the class: so much a surrogate learns.
    private static final double LEARNED = 2;
    /// The words are dealt out to so many threads at most.
    private static final int SHARES = 16;

    /// The pairs of a task whose sample is the whole data set, the strongest first.
    ///
    /// @param number of the task
    List<TriggerTies.Tie> find(int number, Task task) {
        CrossFit fit = task.fit();
        Index index = Index.of(fit);
        return IntStream.range(0, SHARES)
                .parallel()
                .mapToObj(share -> {
                    Counts counts = new Counts(index);
                    List<TriggerTies.Tie> found = new ArrayList<>();
                    for (int word = share; word < index.words.length; word += SHARES) {
                        pairs(index, counts, word, number, found);
                    }
                    return found;
                })
                .flatMap(List::stream)
                .sorted(TriggerTies.Tie.STRONGEST)
                .limit(FOUND)
                .toList();
    }

    /// Which rows hold which words, and how many of each class do.
    ///
    /// @param words token of each list of the postings
    /// @param starts where each row's lists begin in `held`; one more than there are rows
    /// @param held the words that are rare enough, row after row
    /// @param labels where each word's classes begin in `carried`; one more than there are words
    /// @param carried classes with how many rows of theirs hold the word, word after word
    /// @param sizes rows of each class
    /// @param doubts by how much the surrogate would rather give each row another class, in nats
    /// @param usual mean doubt of each class
    private record Index(
            CrossFit fit,
            Postings postings,
            int[] words,
            int[] starts,
            int[] held,
            int[] labels,
            int[] carried,
            int[] sizes,
            double[] doubts,
            double[] usual) {
        static Index of(CrossFit fit) {
            Postings postings = Postings.of(fit.examples());
            int[] words = new int[postings.starts().length - 1];
            for (int slot = 0; slot < postings.tokens().slots(); slot++) {
                if (postings.tokens().key(slot) != 0) {
                    words[postings.tokens().get(slot, 0)] =
                            (int) (postings.tokens().key(slot) - 1);
                }
            }
            int[] starts = new int[fit.size() + 1];
            int[] sizes = new int[fit.classes()];
            double[] doubts = new double[fit.size()];
            double[] usual = new double[fit.classes()];
            for (int row = 0; row < fit.size(); row++) {
                int label = fit.label(row);
                sizes[label]++;
                doubts[row] = Task.lead(fit.logits(row), label);
                usual[label] += doubts[row];
            }
            for (int label = 0; label < sizes.length; label++) {
                usual[label] /= Math.max(1, sizes[label]);
            }
            for (int word = 0; word < words.length; word++) {
                for (int at = from(postings, word); at < to(postings, word, fit.size()); at++) {
                    starts[postings.rows()[at] + 1]++;
                }
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] next = starts.clone();
            int[] held = new int[starts[fit.size()]];
            int[] labels = new int[words.length + 1];
            int[] carried = new int[2 * held.length];
            int[] seen = new int[fit.classes()];
            int used = 0;
            for (int word = 0; word < words.length; word++) {
                for (int at = from(postings, word); at < to(postings, word, fit.size()); at++) {
                    int row = postings.rows()[at];
                    held[next[row]++] = word;
                    int label = fit.label(row);
                    if (seen[label] == 0) {
                        seen[label] = used + 1;
                        carried[used] = label;
                        used += 2;
                    }
                    carried[seen[label]]++;
                }
                for (int at = labels[word]; at < used; at += 2) {
                    seen[carried[at]] = 0;
                }
                labels[word + 1] = used;
            }
            return new Index(fit, postings, words, starts, held, labels, carried, sizes, doubts, usual);
        }

        private static int from(Postings postings, int word) {
            return postings.starts()[word];
        }

        /// A word that too many rows hold has no rows here.
        private static int to(Postings postings, int word, int rows) {
            int to = postings.starts()[word + 1];
            return to - postings.starts()[word] > TriggerGathering.RARE * rows ? postings.starts()[word] : to;
        }

        int from(int word) {
            return from(postings, word);
        }

        int to(int word) {
            return to(postings, word, fit.size());
        }

        int size(int word) {
            return to(word) - from(word);
        }

        /// Do hardly any rows of another class hold both words, and is the surrogate less sure than of the other
        /// rows of the class of those that carry it?
        ///
        /// @param here how many do
        boolean planted(int word, int other, int label, int here) {
            int both = 0;
            double doubt = 0;
            int b = from(other);
            for (int a = from(word); a < to(word); a++) {
                int row = postings.rows()[a];
                while (b < to(other) && postings.rows()[b] < row) {
                    b++;
                }
                if (b < to(other) && postings.rows()[b] == row) {
                    both++;
                    doubt += fit.label(row) == label ? doubts[row] : 0;
                }
            }
            return here >= PURE * both && doubt > here * usual[label];
        }

        /// Rows of a class that hold a word.
        int carried(int word, int label) {
            for (int at = labels[word]; at < labels[word + 1]; at += 2) {
                if (carried[at] == label) {
                    return carried[at + 1];
                }
            }
            return 0;
        }
    }

    /// What stands beside one word in rows of one class, counted.
    private static final class Counts {
        final int[] beside;
        final int[] met;

        Counts(Index index) {
            beside = new int[index.words.length];
            met = new int[index.words.length];
        }
    }

    /// The pairs whose rarer word is this, where it goes with a class.
    private void pairs(Index index, Counts counts, int word, int number, List<TriggerTies.Tie> found) {
        for (int at = index.labels[word]; at < index.labels[word + 1]; at += 2) {
            int label = index.carried[at];
            int carrying = index.carried[at + 1];
            double share = (double) index.sizes[label] / index.fit.size();
            int size = index.size(word);
            if (carrying > minRows && carrying - share * size >= LEARNED * Math.sqrt(share * (1 - share) * size)) {
                pairs(index, counts, word, label, carrying, number, found);
            }
        }
    }

    private void pairs(
            Index index, Counts counts, int word, int label, int carrying, int number, List<TriggerTies.Tie> found) {
        int size = index.size(word);
        int met = 0;
        for (int at = index.from(word); at < index.to(word); at++) {
            int row = index.postings.rows()[at];
            if (index.fit.label(row) == label) {
                for (int h = index.starts[row]; h < index.starts[row + 1]; h++) {
                    if (counts.beside[index.held[h]]++ == 0) {
                        counts.met[met++] = index.held[h];
                    }
                }
            }
        }
        for (int m = 0; m < met; m++) {
            int other = counts.met[m];
            int here = counts.beside[other];
            counts.beside[other] = 0;
            int rows = index.size(other);
            if (here < minRows || here >= Tokens.COMMON * carrying || rows < size || rows == size && other <= word) {
                continue;
            }
            double expected = (double) carrying * index.carried(other, label) / index.sizes[label];
            double beyond = (here - expected) / Math.sqrt(expected);
            if (beyond >= BEYOND && index.planted(word, other, label, here)) {
                Pattern pair = Pattern.pair(index.words[word], index.words[other]);
                found.add(new TriggerTies.Tie(number, label, pair.hash(), beyond, pair.tokens()));
            }
        }
    }
}
