package io.bezoar.learn.certify;

import io.bezoar.learn.Features;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A vote among the nearest training rows, and how many rows an attacker must insert, delete or change
/// to change it.
///
/// A row touched takes one neighbour's place at most, so it turns one vote at most, and the certificate
/// is that of [VoteCertificate] (compare Jia, Cao & Gong 2022, section 4). It holds as long as enough
/// rows are left to vote.
public final class NearestNeighbours {
    private final Features rows;
    private final int[] labels;
    private final int classes;
    private final int neighbours;
    private final double[] norms;

    /// @param labels class of each row
    /// @param neighbours how many vote, 1 to the number of rows
    public NearestNeighbours(Features rows, int[] labels, int classes, int neighbours) {
        if (neighbours < 1 || neighbours > labels.length) {
            throw new IllegalArgumentException("expected 1 to " + labels.length + " neighbours, came " + neighbours);
        }
        this.rows = rows;
        this.labels = labels;
        this.classes = classes;
        this.neighbours = neighbours;
        this.norms = new double[labels.length];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = rows.squaredNorm(i);
        }
    }

    private record Near(double distance, int row) {}

    /// The votes of the nearest rows by Euclidean distance; of equal distances the earlier row.
    public int[] votes(Features asked, int row) {
        double[] query = new double[rows.columns()];
        asked.add(row, 1, query, 0);
        PriorityQueue<Near> nearest = new PriorityQueue<>(Comparator.comparingDouble(Near::distance)
                .thenComparingInt(Near::row)
                .reversed());
        for (int i = 0; i < labels.length; i++) {
            double distance = norms[i] - 2 * rows.dot(i, query, 0);
            if (nearest.size() < neighbours) {
                nearest.add(new Near(distance, i));
            } else if (distance < nearest.element().distance()) {
                nearest.remove();
                nearest.add(new Near(distance, i));
            }
        }
        int[] votes = new int[classes];
        nearest.forEach(near -> votes[labels[near.row()]]++);
        return votes;
    }

    /// The certificate of one row of `asked`.
    public Certificate of(Features asked, int row) {
        return VoteCertificate.of(votes(asked, row));
    }
}
