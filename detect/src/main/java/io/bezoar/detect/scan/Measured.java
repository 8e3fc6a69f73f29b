package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import io.bezoar.core.Engine;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.learn.evidence.Conformal;
import io.bezoar.learn.evidence.EValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Holds the scores of every row against those of the trusted rows: a p-value for each detector, and the
/// mean e-value over families. Detectors that need an origin are left out, since trusted rows have none.
final class Measured {
    /// Rows like the trusted ones among the discoveries, at most.
    private static final double RATE = 0.05;

    private final List<String> columns = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<Conformal> measures = new ArrayList<>();
    private final Families families;

    /// @param scorers in the order of every row's scores
    Measured(Map<Detector<?>, Outcome.Scorer> scorers, Trusted.Mixture mixture, Engine engine) {
        List<Detector<?>> measured = new ArrayList<>();
        int place = 0;
        for (Map.Entry<Detector<?>, Outcome.Scorer> entry : scorers.entrySet()) {
            if (!entry.getKey().needs().contains(Need.ORIGIN)) {
                measured.add(entry.getKey());
                columns.add(entry.getKey().name());
                places.add(place);
                measures.add(new Conformal(mixture.scores(entry.getValue(), engine)));
            }
            place++;
        }
        families = new Families(measured);
    }

    /// Puts the p-values and the e-value behind the scores.
    Scan.Output into(Scan.Output sink) {
        return detectors -> {
            List<String> all = new ArrayList<>(detectors);
            columns.forEach(column -> all.add(column + "-p"));
            all.add("e-value");
            Scan.RowSink rows = sink.open(all);
            return (id, verdict, scores) -> rows.row(id, verdict, measured(scores));
        };
    }

    private double[] measured(double[] scores) {
        double[] out = new double[scores.length + columns.size() + 1];
        System.arraycopy(scores, 0, out, 0, scores.length);
        double[] logs = new double[columns.size()];
        for (int i = 0; i < logs.length; i++) {
            double chance = measures.get(i).chance(scores[places.get(i)]);
            out[scores.length + i] = chance;
            logs[i] = families.share(columns.get(i), StrictMath.log(chance));
        }
        out[out.length - 1] =
                logs.length == 0 ? 0 : StrictMath.exp(EValues.mean(logs) + StrictMath.log((double) logs.length));
        return out;
    }

    /// How many rows each detector tells from the trusted ones.
    List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long found = measures.get(i).discoveries(RATE);
            if (found > 0) {
                remarks.add(new Remark(
                        columns.get(i),
                        Severity.LOW,
                        found + (found == 1 ? " row scores" : " rows score")
                                + " higher than trusted rows explain; on average at most 5 % of such rows are like the"
                                + " trusted ones (conformal p-values, Benjamini-Hochberg)."));
            }
        }
        return remarks;
    }
}
