package io.bezoar.learn.certify;

import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.Partitions;
import java.util.Arrays;

/// Certificates from votes: each poisoned bucket changes at most the votes of the models that learn from
/// it.
public final class VoteCertificate {
    private VoteCertificate() {}

    /// Of a count of votes where each poison turns one vote at most (Levine & Feizi 2021, theorem 1).
    /// Ties go to the smaller class. For Deep Partition Aggregation and for nearest neighbours.
    ///
    /// @param votes for each class
    public static Certificate of(int[] votes) {
        int answer = best(votes);
        int gap = Integer.MAX_VALUE;
        for (int rival = 0; rival < votes.length; rival++) {
            if (rival != answer) {
                gap = Math.min(gap, votes[answer] - votes[rival] - (rival < answer ? 1 : 0));
            }
        }
        return new Certificate(answer, votes.length == 1 ? Arrays.stream(votes).sum() : gap / 2);
    }

    /// Of the votes of an ensemble where a bucket feeds several models (Wang, Levine & Feizi 2022,
    /// theorem 2): for each rival, the buckets that cost most go first, and the lead has to last.
    ///
    /// @param answers the answer of each model
    /// @param classes number of classes
    public static Certificate of(int[] answers, int classes, Partitions partitions) {
        int[] votes = counts(answers, classes);
        int answer = best(votes);
        int radius = partitions.spread().size();
        for (int rival = 0; rival < classes; rival++) {
            if (rival != answer) {
                radius = Math.min(radius, lasts(answers, answer, rival, votes, partitions));
            }
        }
        return new Certificate(answer, radius);
    }

    private static int lasts(int[] answers, int answer, int rival, int[] votes, Partitions partitions) {
        int[] costs = partitions.spread().stream()
                .mapToInt(models -> Arrays.stream(models)
                        .map(model -> 1 + (answers[model] == answer ? 1 : 0) - (answers[model] == rival ? 1 : 0))
                        .sum())
                .sorted()
                .toArray();
        int lead = votes[answer] - votes[rival] - (rival < answer ? 1 : 0);
        int count = 0;
        for (int i = costs.length - 1; i >= 0; i--) {
            lead -= costs[i];
            if (lead < 0) {
                return count;
            }
            count++;
        }
        return count;
    }

    /// Of each row of `rows`, by what the ensemble's partitions call for.
    public static Certificate[] of(Ensemble ensemble, io.bezoar.learn.Features rows) {
        boolean single = ensemble.partitions().spread().stream().allMatch(models -> models.length == 1);
        return Arrays.stream(ensemble.votes(rows))
                .map(answers -> single
                        ? of(counts(answers, ensemble.classes()))
                        : of(answers, ensemble.classes(), ensemble.partitions()))
                .toArray(Certificate[]::new);
    }

    static int[] counts(int[] answers, int classes) {
        int[] votes = new int[classes];
        for (int answer : answers) {
            votes[answer]++;
        }
        return votes;
    }

    static int best(int[] votes) {
        int best = 0;
        for (int c = 1; c < votes.length; c++) {
            if (votes[c] > votes[best]) {
                best = c;
            }
        }
        return best;
    }
}
