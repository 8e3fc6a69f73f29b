package io.bezoar.bench.accuracy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How well scores order poison before the rest, and how well the flags hit it.
///
/// Ties count as the expectation over all their orders. A figure that has no meaning (recall without poison) is
/// `NaN`.
///
/// @param area area under the ROC curve, 0 to 1
/// @param averagePrecision mean precision at each poisoned row, from the most suspicious down, 0 to 1
/// @param recallAtPerMille share of the poison above the score that one clean row in a thousand reaches
/// @param recallAtPerCent the same for one in a hundred
/// @param precision share of the flagged rows that is poison
/// @param recall share of the poison that is flagged
/// @param falseAlarms share of the clean rows that is flagged
public record Ranking(
        double area,
        double averagePrecision,
        double recallAtPerMille,
        double recallAtPerCent,
        double precision,
        double recall,
        double falseAlarms) {

    /// One row.
    public record Row(double score, boolean poison, boolean flagged) {}

    /// Ranks the rows.
    public static Ranking of(List<Row> rows) {
        Row[] sorted = rows.toArray(Row[]::new);
        Arrays.sort(sorted, Comparator.comparingDouble(Row::score).reversed());
        double bad = rows.stream().filter(Row::poison).count();
        double good = rows.size() - bad;
        double flagged = rows.stream().filter(Row::flagged).count();
        double hit = rows.stream().filter(row -> row.flagged() && row.poison()).count();

        double[] limits = {0.001, 0.01};
        double[] recall = new double[2];
        double above = 0;
        double cleanAbove = 0;
        double area = 0;
        double precisions = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            double tiedBad = 0;
            while (to < sorted.length && sorted[to].score() == sorted[from].score()) {
                tiedBad += sorted[to].poison() ? 1 : 0;
                to++;
            }
            double tied = to - from;
            double tiedGood = tied - tiedBad;
            area += tiedGood * above + tiedGood * tiedBad / 2;
            for (int place = 0; place < tied; place++) {
                // the poison expected among the places before, given that this place holds poison
                double before = tiedBad * place / tied;
                precisions += tiedBad / tied * (above + before + tiedBad / tied) / (from + place + 1);
            }
            for (int i = 0; i < limits.length; i++) {
                double room = limits[i] * good - cleanAbove;
                if (room >= 0) {
                    recall[i] = (above + (tiedGood <= room ? tiedBad : tiedBad * room / tiedGood)) / bad;
                }
            }
            above += tiedBad;
            cleanAbove += tiedGood;
            from = to;
        }
        boolean two = bad > 0 && good > 0;
        return new Ranking(
                two ? area / (bad * good) : Double.NaN,
                two ? precisions / bad : Double.NaN,
                two ? recall[0] : Double.NaN,
                two ? recall[1] : Double.NaN,
                hit / flagged,
                hit / bad,
                (flagged - hit) / good);
    }

    /// Ranks a scan's rows against what was planted.
    public static Ranking of(Scanned scanned, Planting.Planted planted) {
        return of(scanned.rows().entrySet().stream()
                .map(row -> new Row(
                        row.getValue().score(),
                        planted.poison().contains(row.getKey()),
                        row.getValue().flagged()))
                .toList());
    }
}
