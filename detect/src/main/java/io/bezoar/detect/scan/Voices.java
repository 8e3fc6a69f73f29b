package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Corroboration.Voice;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Significance;
import io.bezoar.learn.evidence.Discoveries;
import io.bezoar.learn.evidence.EValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
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
    private final Map<String, Family> familyOf = new HashMap<>();
    private final Map<Family, Integer> sizes = new EnumMap<>(Family.class);
    private final int families;

    /// @param ran the detectors that ran
    /// @param candidates all groups that they found
    Voices(Collection<Detector<?>> ran, List<Candidate> candidates) {
        this.candidates = candidates;
        int alone = 0;
        for (Detector<?> detector : ran) {
            if (detector.calibration().hypothesis().isPresent()) {
                familyOf.put(detector.name(), detector.family());
                sizes.merge(detector.family(), 1, Integer::sum);
                alone += detector.family() == Family.ALONE ? 1 : 0;
            }
        }
        this.families = sizes.size() + Math.max(0, alone - 1);
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
                            : Optional.of(new Corroboration(voices.get(c), families, values[c], discoveries[c])));
        }
        return out;
    }

    /// Every detector whose test found the group, or a group half of whose rows are in it: once, with its
    /// least p-value.
    private List<Voice> voices(Candidate group) {
        Map<String, Voice> voices = new TreeMap<>();
        for (Candidate other : candidates) {
            Optional<Significance> said = other.significance();
            Family family = familyOf.get(other.detector());
            if (said.isPresent() && family != null && (other == group || alike(group, other))) {
                voices.merge(
                        other.detector(),
                        new Voice(family, other.detector(), said.get()),
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
        return !opposed && 2 * shared(group.members(), other.members()) >= other.members().length;
    }

    /// How many keys two ascending lists share.
    private static int shared(long[] a, long[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return shared;
    }

    /// The logarithm of the mean e-value over families of the mean over each family's detectors.
    private double value(List<Voice> voices) {
        if (voices.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] logs = new double[voices.size()];
        for (int v = 0; v < logs.length; v++) {
            Voice voice = voices.get(v);
            int siblings = voice.family() == Family.ALONE ? 1 : sizes.get(voice.family());
            logs[v] = EValues.ofChance(voice.significance().logChance()) - StrictMath.log((double) siblings * families);
        }
        return EValues.mean(logs) + StrictMath.log((double) logs.length);
    }
}
