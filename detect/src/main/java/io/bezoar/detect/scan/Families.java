package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.learn.evidence.EValues;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// How much the e-value of each detector weighs: a family counts once, and its detectors share in it.
final class Families {
    private final Map<String, Family> of = new HashMap<>();
    private final Map<Family, Integer> sizes = new EnumMap<>(Family.class);
    private final int count;

    /// @param detectors that could speak
    Families(Collection<Detector<?>> detectors) {
        int alone = 0;
        for (Detector<?> detector : detectors) {
            of.put(detector.name(), detector.family());
            sizes.merge(detector.family(), 1, Integer::sum);
            alone += detector.family() == Family.ALONE ? 1 : 0;
        }
        count = sizes.size() + Math.max(0, alone - 1);
    }

    /// How many families there are.
    int count() {
        return count;
    }

    boolean has(String detector) {
        return of.containsKey(detector);
    }

    Family of(String detector) {
        return Objects.requireNonNull(of.get(detector));
    }

    /// What the p-value of a detector adds to the mean e-value over all families, as a logarithm.
    double share(String detector, double logChance) {
        Family family = of(detector);
        int siblings = family == Family.ALONE ? 1 : Objects.requireNonNull(sizes.get(family));
        return EValues.ofChance(logChance) - StrictMath.log((double) siblings * count);
    }
}
