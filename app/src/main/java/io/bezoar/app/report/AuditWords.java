package io.bezoar.app.report;

import io.bezoar.core.Proportion;
import io.bezoar.lab.Resistance;
import java.util.List;
import java.util.OptionalInt;

/// The counts of an audit in words.
public final class AuditWords {
    private AuditWords() {}

    /// A count with the range over the seeds: `22 [19–24]`; `> 80` where there is none up to the largest
    /// tried.
    public static String count(OptionalInt value, Resistance.Range range, int most) {
        String middle = value.isPresent() ? Words.count(value.getAsInt()) : "> " + Words.count(most);
        if (range.least().isEmpty()) {
            return middle;
        }
        String high = range.most().isPresent() ? Words.count(range.most().getAsInt()) : "> " + Words.count(most);
        String low = Words.count(range.least().getAsInt());
        return low.equals(high) && low.equals(middle) ? middle : middle + " [" + low + "–" + high + "]";
    }

    /// The best success that was measured.
    public static String success(Resistance each) {
        return each.points().stream()
                .map(Resistance.Point::success)
                .filter(success -> success.trials() > 0)
                .max((a, b) -> Double.compare(a.share(), b.share()))
                .map(success -> Words.percent(success.share()))
                .orElse("–");
    }

    /// The lowest accuracy that was measured.
    public static String accuracy(Resistance each) {
        return each.points().stream()
                .map(Resistance.Point::accuracy)
                .filter(accuracy -> accuracy.trials() > 0)
                .min((a, b) -> Double.compare(a.share(), b.share()))
                .map(accuracy -> Words.percent(accuracy.share()))
                .orElse("–");
    }

    /// Honest rows set aside, of all measurements the most.
    public static String lost(Resistance each) {
        List<Proportion> lost = each.points().stream()
                .map(Resistance.Point::lost)
                .filter(one -> one.trials() > 0)
                .toList();
        return lost.stream()
                .max((a, b) -> Double.compare(a.share(), b.share()))
                .map(one -> one.hits() == 0 ? "0" : Words.percent(one.share()))
                .orElse("–");
    }
}
