package io.bezoar.learn.convex;

/// Sums of products in a fixed order.
public final class Vectors {
    private Vectors() {}

    /// The inner product.
    public static double dot(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        return i < a.length ? even + odd + a[i] * b[i] : even + odd;
    }

    /// The Euclidean length.
    public static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /// The largest absolute value; 0 of none.
    public static double largest(double[] a) {
        double most = 0;
        for (double x : a) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }

    /// Multiplies in place.
    public static void scale(double[] a, double by) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= by;
        }
    }

    /// Adds `by` times `b` to `a`.
    public static void add(double[] a, double by, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += by * b[i];
        }
    }

    /// `a - b`.
    public static double[] minus(double[] a, double[] b) {
        double[] out = a.clone();
        add(out, -1, b);
        return out;
    }
}
