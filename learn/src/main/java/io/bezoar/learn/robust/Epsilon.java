package io.bezoar.learn.robust;

/// The share of poison a method is told to expect.
final class Epsilon {
    private Epsilon() {}

    /// Above half of the rows nothing can tell poison from data; at 0 there is nothing to do.
    static double checked(double epsilon) {
        if (!(epsilon > 0 && epsilon < 0.5)) {
            throw new IllegalArgumentException(
                    "expected an epsilon, the share of poison, between 0 and 0.5, came " + epsilon);
        }
        return epsilon;
    }
}
