package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Detector;
import io.bezoar.core.Significance;
import io.bezoar.detect.hidden.HiddenCharacters;
import io.bezoar.detect.labels.LabelConflict;
import io.bezoar.detect.origins.SourceBursts;
import io.bezoar.detect.triggers.TriggerAssociation;
import io.bezoar.learn.evidence.EValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VoicesTest {
    private static final List<Detector<?>> RAN =
            List.of(new HiddenCharacters(), new LabelConflict(), new SourceBursts(), new TriggerAssociation());

    private static Candidate group(Detector<?> detector, long from, long to, double logChance) {
        Candidate group = new Candidate(
                detector.name(),
                Candidate.Kind.TRIGGER,
                "a group",
                Optional.empty(),
                Optional.of("target"),
                1,
                LongStream.range(from, to).toArray());
        return logChance == 1 ? group : group.with(new Significance("a test", logChance));
    }

    private static double value(Candidate... groups) {
        return new Voices(RAN, List.of(groups))
                .corroborations()
                .getFirst()
                .orElseThrow()
                .logValue();
    }

    /// One detector of a family of two, and of two families that test: a quarter of its e-value.
    /// label-conflict makes no test and takes nothing away.
    @Test
    void theMeanOverFamilies() {
        double alone = EValues.ofChance(-50);
        assertEquals(alone - Math.log(4), value(group(new TriggerAssociation(), 0, 10, -50)), 1e-9);
        assertEquals(alone - Math.log(2), value(group(new SourceBursts(), 0, 10, -50)), 1e-9);
    }

    @Test
    void twoOfOneFamilyCountOnce() {
        double one = value(group(new SourceBursts(), 0, 10, -50));
        double twoFamilies = value(group(new SourceBursts(), 0, 10, -50), group(new TriggerAssociation(), 0, 10, -50));
        double both = value(group(new TriggerAssociation(), 0, 10, -50), group(new HiddenCharacters(), 0, 10, -50));
        assertEquals(one, both, 1e-9, "a whole family says what one detector of another says");
        assertTrue(twoFamilies > one);
    }

    @Test
    void onlyGroupsThatShareRowsAndTargetSpeak() {
        double alone = value(group(new SourceBursts(), 0, 10, -20));
        assertEquals(
                alone, value(group(new SourceBursts(), 0, 10, -20), group(new TriggerAssociation(), 6, 16, -90)), 1e-9);
        assertTrue(value(group(new SourceBursts(), 0, 10, -20), group(new TriggerAssociation(), 5, 15, -90)) > alone);
    }

    @Test
    void withoutATestNothingIsSaid() {
        List<Optional<Corroboration>> said =
                new Voices(RAN, List.of(group(new LabelConflict(), 0, 10, 1))).corroborations();
        assertEquals(List.of(Optional.empty()), said);
    }

    /// Where chance alone is at work, in 20,000 scans of two detectors that always agree and a third: at
    /// most one scan in twenty calls any group a discovery.
    @Test
    void chanceIsSeldomADiscovery() {
        SplittableRandom random = new SplittableRandom(3);
        int discoveries = 0;
        for (int scan = 0; scan < 20_000; scan++) {
            double shared = Math.log(1 - random.nextDouble());
            double own = Math.log(1 - random.nextDouble());
            List<Candidate> groups = new ArrayList<>(List.of(
                    group(new TriggerAssociation(), 0, 4, shared),
                    group(new HiddenCharacters(), 0, 4, shared),
                    group(new SourceBursts(), 2, 6, own)));
            // weaker groups of the same detectors come along
            for (int i = 0; i < scan % 3; i++) {
                groups.add(group(new TriggerAssociation(), 10 + i, 14 + i, shared * random.nextDouble()));
            }
            discoveries += new Voices(RAN, groups)
                            .corroborations().stream()
                                    .anyMatch(said -> said.orElseThrow().discovery())
                    ? 1
                    : 0;
        }
        assertTrue(discoveries <= 1000, discoveries + " of 20,000");
        assertFalse(discoveries == 0, "the bound is not idle");
    }
}
