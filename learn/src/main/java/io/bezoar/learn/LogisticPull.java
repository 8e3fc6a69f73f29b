package io.bezoar.learn;

/// How hard a row pulls at a logistic model: its dual variable, 0 to 1, at which the row is in balance
/// while all others stay (Yu, Huang & Lin 2011, section 3.2). Departure: solved by Newton's method on the
/// logit of the variable, kept in a bracket.
public final class LogisticPull {
    private static final int STEPS = 16; // Newton's method takes four or five
    private static final double LEAST = 1e-300;
    private static final double MOST = 1 - 0x1p-53;

    private LogisticPull() {}

    /// Where `pull = logistic(-(margin + (pull - before) * curve))`, found between the logits that a pull of
    /// 1 and of 0 would give.
    ///
    /// @param margin of the row now, above 0 where it is answered rightly
    /// @param before its pull now
    /// @param curve by how much a full pull moves the margin, above 0
    /// @param precision to which the logit is found
    public static double of(double margin, double before, double curve, double precision) {
        double low = -(margin + (1 - before) * curve);
        double high = -(margin - before * curve);
        double logit = before > 0 ? StrictMath.log(before / (1 - before)) : -margin;
        for (int step = 0; step < STEPS; step++) {
            if (!(logit > low && logit < high)) {
                logit = (low + high) / 2;
            }
            double pull = Reward.logistic(logit);
            double excess = logit + margin + (pull - before) * curve;
            if (excess > 0) {
                high = logit;
            } else {
                low = logit;
            }
            double next = logit - excess / (1 + pull * (1 - pull) * curve);
            if (Math.abs(next - logit) < precision) {
                break;
            }
            logit = next;
        }
        return Math.clamp(Reward.logistic(logit), LEAST, MOST);
    }
}
