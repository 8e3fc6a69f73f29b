package io.bezoar.core;

/// A count of hits in a number of trials.
///
/// @param hits how many hit, 0 to `trials`
/// @param trials how many tries, 0 or more
public record Proportion(long hits, long trials) {
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " hits in " + trials + " trials cannot be");
        }
    }

    /// The hits and trials of both.
    public Proportion and(Proportion other) {
        return new Proportion(hits + other.hits, trials + other.trials);
    }

    /// The share of hits, 0 to 1; 0 where there was no trial.
    public double share() {
        return trials == 0 ? 0 : (double) hits / trials;
    }

    /// Lower end of the 95 % score interval (Wilson 1927), 0 to 1; 0 without trials.
    public double low() {
        return trials == 0 ? 0 : Math.max(0, centre() - half());
    }

    /// Upper end of the 95 % score interval (Wilson 1927), 0 to 1; 1 without trials.
    public double high() {
        return trials == 0 ? 1 : Math.min(1, centre() + half());
    }

    private double centre() {
        return (hits + Z * Z / 2) / (trials + Z * Z);
    }

    private double half() {
        double p = share();
        return Z / (1 + Z * Z / trials) * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials));
    }
}
