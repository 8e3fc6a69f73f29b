package io.bezoar.detect.counting;

/// Exact probabilities of counts, as natural logarithms, so that a tail of 1e-4000 is a number like any other.
///
/// Probabilities of single counts follow Loader (2000), "Fast and accurate computation of binomial
/// probabilities": the error of Stirling's formula plus a deviance, which loses no digits where log-gammas of
/// large counts would cancel. A tail is the sum of single probabilities from the cut outwards, on whichever
/// side of the mean is the smaller one. Logarithms are right to about 1e-12 for counts up to 1e7.
public final class ExactTests {
    private static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;

    /// Terms below this share of the sum, all of them together, are left out.
    private static final double NEGLIGIBLE = 1e-17;

    /// Errors of Stirling's formula for 0! (unused), 1!, …, 15!.
    private static final double[] SMALL_STIRLING = new double[16];

    static {
        double factorial = 1;
        for (int n = 1; n < SMALL_STIRLING.length; n++) {
            factorial *= n;
            SMALL_STIRLING[n] = Math.log(factorial) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
        }
    }

    private ExactTests() {}

    /// `log Γ(x)` for x > 0.
    public static double logGamma(double x) {
        if (!(x > 0)) {
            throw new IllegalArgumentException("log-gamma is defined here for numbers above 0, not " + x);
        }
        double shift = 0;
        double y = x;
        if (y < 16) {
            double product = 1;
            while (y < 16) {
                product *= y;
                y++;
            }
            shift = Math.log(product);
        }
        return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + stirlingSeries(y) - shift;
    }

    /// Natural logarithm of the chance that two independent p-values have a product as small as this (Fisher 1925).
    ///
    /// @param logProduct natural logarithm of their product, at most 0
    public static double logProductTail(double logProduct) {
        return logProduct + Math.log1p(-logProduct);
    }

    /// `log P(X = k)` for X binomial with `n` trials of probability `p`.
    public static double logBinomial(long k, long n, double p) {
        checkBinomial(n, p);
        if (k < 0 || k > n) {
            return Double.NEGATIVE_INFINITY;
        }
        double q = 1 - p;
        if (p == 0) {
            return k == 0 ? 0 : Double.NEGATIVE_INFINITY;
        }
        if (q == 0) {
            return k == n ? 0 : Double.NEGATIVE_INFINITY;
        }
        if (k == 0) {
            return n * Math.log1p(-p);
        }
        if (k == n) {
            return n * Math.log(p);
        }
        double rest = n - k;
        return stirlingError(n)
                - stirlingError(k)
                - stirlingError(n - k)
                - deviance((double) k, n * p)
                - deviance(rest, n * q)
                + 0.5 * Math.log(n / (k * rest))
                - HALF_LOG_TWO_PI;
    }

    /// `log P(X >= k)` for X binomial with `n` trials of probability `p`: 0 for k <= 0, minus infinity for k
    /// > n.
    public static double logBinomialTail(long k, long n, double p) {
        checkBinomial(n, p);
        if (k <= 0) {
            return 0;
        }
        if (k > n || p == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (p == 1) {
            return 0;
        }
        double odds = p / (1 - p);
        if (k > n * p) {
            double sum = 1;
            double term = 1;
            for (long i = k; i < n; i++) {
                double ratio = (double) (n - i) / (i + 1) * odds;
                term *= ratio;
                sum += term;
                if (negligible(term, ratio, sum)) {
                    break;
                }
            }
            return Math.min(0, logBinomial(k, n, p) + Math.log(sum));
        }
        double sum = 1;
        double term = 1;
        for (long i = k - 1; i > 0; i--) {
            double ratio = i / ((n - i + 1) * odds);
            term *= ratio;
            sum += term;
            if (negligible(term, ratio, sum)) {
                break;
            }
        }
        return complement(logBinomial(k - 1, n, p) + Math.log(sum));
    }

    /// `log P(X = k)` where X counts the marked items among `draws` drawn without replacement from `population`
    /// items of which `marked` are marked.
    public static double logHypergeometric(long k, long draws, long marked, long population) {
        checkHypergeometric(draws, marked, population);
        if (k < Math.max(0, draws + marked - population) || k > Math.min(draws, marked)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (draws == 0) {
            return 0;
        }
        double p = (double) draws / population;
        return logBinomial(k, marked, p)
                + logBinomial(draws - k, population - marked, p)
                - logBinomial(draws, population, p);
    }

    /// `log P(X >= k)` where X counts the marked items among `draws` drawn without replacement from
    /// `population` items of which `marked` are marked: Fisher's one-sided exact test of a two-by-two table
    /// (Fisher 1935).
    public static double logHypergeometricTail(long k, long draws, long marked, long population) {
        checkHypergeometric(draws, marked, population);
        long least = Math.max(0, draws + marked - population);
        long most = Math.min(draws, marked);
        if (k <= least) {
            return 0;
        }
        if (k > most) {
            return Double.NEGATIVE_INFINITY;
        }
        double unmarkedLeft = (double) population - marked - draws;
        if (k > (double) draws * marked / population) {
            double sum = 1;
            double term = 1;
            for (long i = k; i < most; i++) {
                double ratio = (double) (marked - i) / (i + 1) * ((double) (draws - i) / (unmarkedLeft + i + 1));
                term *= ratio;
                sum += term;
                if (negligible(term, ratio, sum)) {
                    break;
                }
            }
            return Math.min(0, logHypergeometric(k, draws, marked, population) + Math.log(sum));
        }
        double sum = 1;
        double term = 1;
        for (long i = k - 1; i > least; i--) {
            double ratio = (double) i / (marked - i + 1) * ((unmarkedLeft + i) / (draws - i + 1));
            term *= ratio;
            sum += term;
            if (negligible(term, ratio, sum)) {
                break;
            }
        }
        return complement(logHypergeometric(k - 1, draws, marked, population) + Math.log(sum));
    }

    /// `log P(T >= t)` for T of Student's t distribution with `freedom` degrees of freedom and t >= 0.
    public static double logStudentTail(double t, double freedom) {
        if (!(t >= 0) || !(freedom > 0)) {
            throw new IllegalArgumentException(
                    "a t tail needs t >= 0 and degrees of freedom above 0, not " + t + " and " + freedom);
        }
        double x = freedom / (freedom + t * t);
        double a = freedom / 2;
        double b = 0.5;
        double logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
        if (x == 1) {
            return Math.log(0.5);
        }
        if (x < (a + 1) / (a + b + 2)) {
            return logFront - Math.log(a) + Math.log(betaFraction(x, a, b)) - Math.log(2);
        }
        return Math.log(0.5 - 0.5 * Math.exp(logFront - Math.log(b) + Math.log(betaFraction(1 - x, b, a))));
    }

    /// The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method.
    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double x) {
        return Math.abs(x) < 1e-300 ? 1e-300 : x;
    }

    /// Whether everything after `term` is too small to matter: the rest is at most a geometric series.
    private static boolean negligible(double term, double ratio, double sum) {
        return ratio < 1 && term * ratio < NEGLIGIBLE * sum * (1 - ratio);
    }

    /// `log(1 - e^x)` for x <= 0 (Mächler 2012).
    private static double complement(double x) {
        if (x >= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return x > -0.693 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }

    /// `log n! - log(√(2πn) (n/e)^n)` for n >= 1.
    private static double stirlingError(long n) {
        return n < SMALL_STIRLING.length ? SMALL_STIRLING[(int) n] : stirlingSeries((double) n);
    }

    /// The divergent series 1/12x - 1/360x³ + …, good to the last digit from 15 on.
    private static double stirlingSeries(double x) {
        double s = 1 / (x * x);
        return (1.0 / 12
                        - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * 691.0 / 360360)))))
                / x;
    }

    /// `x log(x / mean) + mean - x` without cancellation where x is close to the mean.
    private static double deviance(double x, double mean) {
        double d = x - mean;
        if (Math.abs(d) >= 0.1 * (x + mean)) {
            return x * Math.log(x / mean) - d;
        }
        double v = d / (x + mean);
        double sum = d * v;
        double power = 2 * x * v;
        double square = v * v;
        for (int j = 1; j < 1000; j++) {
            power *= square;
            double next = sum + power / (2 * j + 1);
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }

    private static void checkBinomial(long n, double p) {
        if (n < 0 || !(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a binomial needs n >= 0 and p from 0 to 1, not " + n + " and " + p);
        }
    }

    private static void checkHypergeometric(long draws, long marked, long population) {
        if (draws < 0 || marked < 0 || draws > population || marked > population) {
            throw new IllegalArgumentException(
                    "cannot draw " + draws + " of " + population + " items of which " + marked + " are marked");
        }
    }
}
