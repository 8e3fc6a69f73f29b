package io.bezoar.learn.certify;

import io.bezoar.learn.Features;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.Ensemble;
import java.util.stream.IntStream;

/// Run-Off Election over Deep Partition Aggregation (Rezaei, Banihashem, Chegini & Feizi 2023, sections
/// 3 and 4.2): the two classes with most votes meet again, and each model votes for the one that it
/// scores higher.
///
/// The answer changes only if it drops out of the first two or loses the second round; the radius is one
/// less than the least number of models that either takes.
public final class RunOffElection {
    private static final int MOST_MODELS = 5000; // a table of their square

    private RunOffElection() {}

    /// What the models say of one row.
    ///
    /// @param votes first votes of each class
    /// @param first the class with most votes, the smaller of equals
    /// @param second the class with most of the others
    /// @param firstOver for each class, the models that score `first` above it
    /// @param secondOver likewise for `second`
    public record Election(int[] votes, int first, int second, int[] firstOver, int[] secondOver) {
        /// Who is elected among `models` models: `first` if more than half of them score it above
        /// `second`, or half of them do and it is the smaller class. A model that scores both alike is
        /// against `first`.
        public int elected(int models) {
            int lead = 2 * firstOver[second] - models;
            return lead > 0 || lead == 0 && first < second ? first : second;
        }
    }

    /// Certificates of each row of `rows`, of which there must be at least two classes.
    public static Certificate[] of(Ensemble ensemble, Features rows) {
        int classes = ensemble.classes();
        if (ensemble.partitions().spread().stream().anyMatch(models -> models.length != 1)) {
            throw new IllegalArgumentException("expected partitions that share no rows for a run-off election");
        }
        if (ensemble.models().size() > MOST_MODELS) {
            throw new IllegalArgumentException("expected at most " + MOST_MODELS
                    + " partitions for a run-off election, came "
                    + ensemble.models().size());
        }
        if (classes < 2) {
            throw new IllegalArgumentException("expected two classes or more for a run-off election, came " + classes);
        }
        int[][] answers = ensemble.votes(rows);
        int count = answers.length;
        int[][] votes = new int[count][];
        int[] first = new int[count];
        int[] second = new int[count];
        for (int row = 0; row < count; row++) {
            votes[row] = VoteCertificate.counts(answers[row], classes);
            first[row] = VoteCertificate.best(votes[row]);
            int best = first[row] == 0 ? 1 : 0;
            for (int c = 0; c < classes; c++) {
                if (c != first[row] && votes[row][c] > votes[row][best]) {
                    best = c;
                }
            }
            second[row] = best;
        }
        int[][] firstOver = new int[count][classes];
        int[][] secondOver = new int[count][classes];
        double[] scores = new double[classes];
        for (Classifier model : ensemble.models()) {
            Classifier.Scored scored = model.on(rows);
            for (int row = 0; row < count; row++) {
                scored.score(row, scores);
                for (int c = 0; c < classes; c++) {
                    firstOver[row][c] += above(scores, first[row], c);
                    secondOver[row][c] += above(scores, second[row], c);
                }
            }
        }
        int models = ensemble.models().size();
        int[][] steps = steps(models + 1);
        return IntStream.range(0, count)
                .mapToObj(row -> of(
                        new Election(votes[row], first[row], second[row], firstOver[row], secondOver[row]), models, steps))
                .toArray(Certificate[]::new);
    }

    private static int above(double[] scores, int one, int other) {
        return scores[one] > scores[other] ? 1 : 0;
    }

    /// The certificate of one election among `models` models.
    public static Certificate of(Election election, int models) {
        return of(election, models, steps(models + 1));
    }

    private static Certificate of(Election election, int models, int[][] steps) {
        int[] votes = election.votes();
        int elected = election.elected(models);
        int other = elected == election.first() ? election.second() : election.first();
        int[] over = elected == election.first() ? election.firstOver() : election.secondOver();
        int[] gaps = new int[votes.length];
        for (int c = 0; c < votes.length; c++) {
            gaps[c] = Math.max(0, votes[elected] - votes[c] + (c > elected ? 1 : 0));
        }
        int least = 1 + models;
        for (int a = 0; a < votes.length; a++) {
            for (int b = a + 1; b < votes.length; b++) {
                if (a != elected && b != elected) {
                    least = Math.min(least, steps[gaps[a]][gaps[b]]);
                }
            }
        }
        for (int c = 0; c < votes.length; c++) {
            if (c != elected) {
                int rise = half(votes[other] - votes[c] + (c > other ? 1 : 0));
                int win = half(2 * over[c] - models + (c > elected ? 1 : 0));
                least = Math.min(least, Math.max(rise, win));
            }
        }
        return new Certificate(elected, Math.max(0, least - 1));
    }

    private static int half(int votes) {
        return Math.max(0, Math.ceilDiv(votes, 2));
    }

    /// How many models it takes for two rivals to make up gaps of `i` and `j` votes on one class: a
    /// model that turns from the class to a rival makes up two of one gap and one of the other.
    ///
    /// @param most the largest gap
    public static int[][] steps(int most) {
        int[][] steps = new int[most + 1][most + 1];
        for (int i = 0; i <= most; i++) {
            for (int j = 0; j <= most; j++) {
                if (i == 0 && j == 0) {
                    steps[i][j] = 0;
                } else if (i <= 1 && j <= 2 || i <= 2 && j <= 1) {
                    steps[i][j] = 1;
                } else if (j <= 1) {
                    steps[i][j] = Math.ceilDiv(i, 2);
                } else if (i <= 1) {
                    steps[i][j] = Math.ceilDiv(j, 2);
                } else {
                    steps[i][j] = 1 + Math.min(steps[i - 2][j - 1], steps[i - 1][j - 2]);
                }
            }
        }
        return steps;
    }
}
