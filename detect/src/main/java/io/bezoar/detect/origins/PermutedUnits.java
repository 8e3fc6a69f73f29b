package io.bezoar.detect.origins;

/// Holds what the rows of a unit add up to against what they would if units were dealt out anew among the
/// rows of each stratum: the moments of the permutation distribution, which are those of draws without
/// replacement (Pitman 1937; strata: van Elteren 1960). A unit that has rows of some strata only does not
/// depart for that, and a stratum that is all its own says nothing.
final class PermutedUnits {
    /// Sums no more standard deviations than this beyond expectation need no tail.
    private static final double NEAR = 2.5;
    /// Tilts tried below the one that is best for a normal sum, each a root of two apart.
    private static final int STEPS = 10;

    private final int[] unit;
    private final int units;
    private final int[] stratum;
    private final int strata;

    /// @param unit of each row, 0 to `units - 1`, or `units` for rows of none
    /// @param stratum of each row, 0 to `strata - 1`
    PermutedUnits(int[] unit, int units, int[] stratum, int strata) {
        this.unit = unit;
        this.units = units;
        this.stratum = stratum;
        this.strata = strata;
    }

    /// What a unit's rows add up to beyond expectation.
    ///
    /// @param sum of its rows' values
    /// @param expected sum
    /// @param means of all rows' values, by stratum
    /// @param deviations by how many standard deviations the sum exceeds the expected one, if the rows of
    ///     another unit, by its number, are left out of the comparison; its own number stands for
    ///     nobody's
    /// @param log Chernoff's bound on the chance of such a sum, with nobody left out: its natural
    ///     logarithm
    record Departure(double sum, double expected, double[] means, double[] deviations, double log) {}

    /// @param value of each row
    Departure of(int one, double[] value) {
        double[][] sums = new double[units + 1][strata];
        double[][] squares = new double[units + 1][strata];
        int[][] counts = new int[units + 1][strata];
        double[] allSums = new double[strata];
        double[] allSquares = new double[strata];
        int[] all = new int[strata];
        for (int row = 0; row < value.length; row++) {
            double square = value[row] * value[row];
            sums[unit[row]][stratum[row]] += value[row];
            squares[unit[row]][stratum[row]] += square;
            counts[unit[row]][stratum[row]]++;
            allSums[stratum[row]] += value[row];
            allSquares[stratum[row]] += square;
            all[stratum[row]]++;
        }
        double[] deviations = new double[units];
        double excess = 0;
        double tilt = 0;
        for (int without = 0; without < units; without++) {
            boolean nobody = without == one;
            double difference = 0;
            double variance = 0;
            for (int k = 0; k < strata; k++) {
                int mine = counts[one][k];
                int n = all[k] - (nobody ? 0 : counts[without][k]);
                if (mine == 0 || mine == n || n < 2) {
                    continue;
                }
                double mean = (allSums[k] - (nobody ? 0 : sums[without][k])) / n;
                double square = allSquares[k] - (nobody ? 0 : squares[without][k]);
                difference += sums[one][k] - mine * mean;
                variance += mine * (1 - (double) mine / n) * Math.max(0, (square - n * mean * mean) / (n - 1));
            }
            deviations[without] = variance > 0 ? difference / Math.sqrt(variance) : 0;
            if (nobody && deviations[one] > NEAR) {
                excess = difference;
                tilt = difference / variance;
            }
        }
        double sum = 0;
        double expected = 0;
        double[] means = new double[strata];
        for (int k = 0; k < strata; k++) {
            means[k] = allSums[k] / Math.max(1, all[k]);
            sum += sums[one][k];
            expected += counts[one][k] * means[k];
        }
        double log = excess > 0 ? log(value, counts[one], all, means, excess, tilt) : 0;
        return new Departure(sum, expected, means, deviations, log);
    }

    /// Chernoff's bound: what is drawn without replacement is spread no wider than with (Hoeffding 1963,
    /// section 6). Few rows with large values make a normal tail much too thin.
    private double log(double[] value, int[] mine, int[] all, double[] means, double excess, double tilt) {
        double least = 0;
        for (int step = -STEPS; step <= 2; step++) {
            double h = tilt * StrictMath.pow(2, step / 2.0);
            double[] moments = new double[strata];
            for (int row = 0; row < value.length; row++) {
                int k = stratum[row];
                if (mine[k] > 0 && mine[k] < all[k]) {
                    moments[k] += StrictMath.exp(Math.min(700, h * (value[row] - means[k]))) / all[k];
                }
            }
            double log = -h * excess;
            for (int k = 0; k < strata; k++) {
                log += moments[k] > 0 ? mine[k] * StrictMath.log(moments[k]) : 0;
            }
            least = Math.min(least, log);
        }
        return least;
    }
}
