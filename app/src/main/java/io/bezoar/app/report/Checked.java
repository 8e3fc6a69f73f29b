package io.bezoar.app.report;

import io.bezoar.core.ScanResult;

/// Whether a scan looked at anything at all. A result in which nothing was checked is never a pass.
public final class Checked {
    private Checked() {}

    /// Was a row read, and did a detector run?
    public static boolean anything(ScanResult result) {
        return result.dataSet().rows() > 0 && byAnyDetector(result);
    }

    /// Did a detector run?
    public static boolean byAnyDetector(ScanResult result) {
        return result.detectors().stream().anyMatch(ScanResult.DetectorRun::ran);
    }

    /// Was everything there was to read looked at by at least one detector?
    public static boolean whole(ScanResult result) {
        return anything(result) && result.dataSet().unread() == 0;
    }
}
