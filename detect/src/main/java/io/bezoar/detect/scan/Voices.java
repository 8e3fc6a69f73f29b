package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Corroboration.Voice;
import io.bezoar.core.Detector;
import io.bezoar.core.Significance;
import io.bezoar.learn.evidence.Discoveries;
import io.bezoar.learn.evidence.EValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Puts together what the tests of all detectors say of each group.
///
/// The p-value of a group is corrected for all tests of its detector, so that also the largest e-value
/// among the chance groups of one detector is 1 or less on average. The mean over all families, those
/// included that found nothing, is then at most the mean of such values, for all groups at once: e-BH
/// over the groups (Wang & Ramdas 2022, section 3) keeps its rate although which groups there are, and
/// how many, depends on the data.
final class Voices {
    private static final Comparator<Voice> ORDER =
            Comparator.comparing(Voice::family).thenComparing(Voice::detector);

    private final List<Candidate> candidates;
    private final Families families;

    /// @param ran the detectors that ran
    /// @param candidates all groups that they found
    Voices(Collection<Detector<?>> ran, List<Candidate> candidates) {
        this.candidates = candidates;
        this.families = new Families(ran.stream()
                .filter(detector -> detector.calibration().hypothesis().isPresent())
                .toList());
    }

    /// What all tests say, a group each; empty for those that no test found.
    List<Optional<Corroboration>> corroborations() {
        List<List<Voice>> voices = new ArrayList<>();
        double[] values = new double[candidates.size()];
        for (int c = 0; c < values.length; c++) {
            voices.add(voices(candidates.get(c)));
            values[c] = value(voices.get(c));
        }
        boolean[] discoveries = Discoveries.of(values, Corroboration.RATE);
        List<Optional<Corroboration>> out = new ArrayList<>();
        for (int c = 0; c < values.length; c++) {
            out.add(
                    voices.get(c).isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Corroboration(voices.get(c), families.count(), values[c], discoveries[c])));
        }
        return out;
    }

    /// Every detector whose test found the group, or a group half of whose rows are in it: once, with its
    /// least p-value.
    private List<Voice> voices(Candidate group) {
        Map<String, Voice> voices = new TreeMap<>();
        for (Candidate other : candidates) {
            Optional<Significance> said = other.significance();
            if (said.isPresent() && families.has(other.detector()) && alike(group, other)) {
                voices.merge(
                        other.detector(),
                        new Voice(families.of(other.detector()), other.detector(), said.get()),
                        (a, b) ->
                                a.significance().logChance() <= b.significance().logChance() ? a : b);
            }
        }
        return voices.values().stream().sorted(ORDER).toList();
    }

    /// Half of the other's rows are in the group, and what it teaches is no other target.
    private static boolean alike(Candidate group, Candidate other) {
        boolean opposed = group.target().isPresent()
                && other.target().isPresent()
                && !group.target().equals(other.target());
        return !opposed && 2 * group.shared(other) >= other.members().length;
    }

    /// The logarithm of the mean e-value over families of the mean over each family's detectors.
    private double value(List<Voice> voices) {
        if (voices.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] logs = new double[voices.size()];
        for (int v = 0; v < logs.length; v++) {
            Voice voice = voices.get(v);
            logs[v] = families.share(voice.detector(), voice.significance().logChance());
        }
        return EValues.mean(logs) + StrictMath.log((double) logs.length);
    }
}
