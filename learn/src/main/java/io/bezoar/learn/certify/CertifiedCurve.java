package io.bezoar.learn.certify;

import java.util.Arrays;

/// Certified accuracy over a test set: at each radius the share of rows that are answered rightly
/// whatever an attacker of that strength does.
///
/// @param radii of each row: its certified radius if it is answered rightly, else -1; ascending
public record CertifiedCurve(int[] radii) {
    public CertifiedCurve {
        radii = radii.clone();
        Arrays.sort(radii);
    }

    /// @param truth the right class of each row
    public static CertifiedCurve of(Certificate[] certificates, int[] truth) {
        int[] radii = new int[truth.length];
        for (int row = 0; row < truth.length; row++) {
            radii[row] = certificates[row].answer() == truth[row] ? certificates[row].radius() : -1;
        }
        return new CertifiedCurve(radii);
    }

    /// The share of rows answered rightly with a radius of at least `radius`, 0 to 1; 0 without rows.
    public double at(int radius) {
        long right = Arrays.stream(radii).filter(each -> each >= radius).count();
        return radii.length == 0 ? 0 : (double) right / radii.length;
    }

    /// The share of rows answered rightly.
    public double clean() {
        return at(0);
    }

    /// The median radius over all rows, -1 for a row answered wrongly; of two middle ones the smaller.
    public int median() {
        return radii.length == 0 ? -1 : radii[(radii.length - 1) / 2];
    }

    /// The largest radius of any row, -1 if none is answered rightly.
    public int most() {
        return radii.length == 0 ? -1 : radii[radii.length - 1];
    }
}
