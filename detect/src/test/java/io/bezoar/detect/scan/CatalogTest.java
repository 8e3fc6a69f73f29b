package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Summary;
import io.bezoar.core.Tier;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private static String refusal(String specification) {
        return assertThrows(IllegalArgumentException.class, () -> Catalog.parse(specification))
                .getMessage();
    }

    @Test
    void everyDetectorIsFoundByItsName() {
        List<Detector<?>> all = Catalog.all();
        assertFalse(all.isEmpty());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(all.get(i), Catalog.parse(all.get(i).name()));
            assertTrue(i == 0 || all.get(i - 1).name().compareTo(all.get(i).name()) < 0, "names differ and ascend");
        }
    }

    /// A scan that names no detectors runs the standard ones and says how the others are run.
    @Test
    void whatIsLeftOutIsSaid() {
        assertTrue(Catalog.standard().stream().allMatch(detector -> detector.tier() == Tier.STANDARD));
        assertEquals(Optional.empty(), Gaps.deeper(Catalog.standard()));
        assertEquals(
                Optional.of("Left out, because slow or no more than a ranking: odd, odder; scan with --deep to run all"
                        + " of them, with --detector NAME for one."),
                Gaps.deeper(List.of(new Slow("odd"), Catalog.standard().getFirst(), new Slow("odder"))));
    }

    /// A detector that runs only when asked for.
    private record Slow(String name) implements Detector<Nothing> {
        @Override
        public String purpose() {
            return "nothing";
        }

        @Override
        public Set<Need> needs() {
            return Set.of();
        }

        @Override
        public Tier tier() {
            return Tier.DEEP;
        }

        @Override
        public Nothing start() {
            return new Nothing();
        }

        @Override
        public void add(Nothing summary, Example example) {}

        @Override
        public Outcome finish(Nothing summary) {
            return (Outcome.Scorer) _ -> 0;
        }
    }

    private static final class Nothing implements Summary<Nothing> {
        @Override
        public void merge(Nothing other) {}

        @Override
        public void write(DataOutput out) {}

        @Override
        public void read(DataInput in) {}
    }

    /// What `settings` tells, `parse` takes.
    @Test
    void everySettingCanBeGiven() {
        for (Detector<?> detector : Catalog.all()) {
            StringBuilder specification = new StringBuilder(detector.name());
            for (Map.Entry<String, String> setting : Catalog.settings(detector).entrySet()) {
                Detector<?> one = Catalog.parse(detector.name() + "," + setting.getKey() + "=" + setting.getValue());
                assertEquals(detector, one);
                specification.append(',').append(setting.getKey()).append('=').append(setting.getValue());
            }
            assertEquals(detector, Catalog.parse(specification.toString()));
        }
    }

    @Test
    void aSettingIsTaken() {
        Detector<?> detector = Catalog.parse("hidden-characters,leastRows=7");
        assertEquals("7", Catalog.settings(detector).get("leastRows"));
        assertEquals(
                Catalog.settings(Catalog.parse("hidden-characters")).get("alpha"),
                Catalog.settings(detector).get("alpha"));
        detector = Catalog.parse("hidden-characters,leastRows=7,leastRows=8");
        assertEquals("8", Catalog.settings(detector).get("leastRows"), "the last one counts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "Hidden-Characters", " hidden-characters", "nobody,leastRows=3"})
    void anUnknownDetectorIsNamedBesideThoseThereAre(String specification) {
        String message = refusal(specification);
        assertTrue(message.contains("there is no detector \"" + specification.split(",", -1)[0] + "\""), message);
        for (Detector<?> detector : Catalog.all()) {
            assertTrue(message.contains(detector.name()), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"least=3", "leastRows", "", "=3", "leastrows=3"})
    void anUnknownSettingIsNamedBesideThoseThereAre(String setting) {
        String message = refusal("hidden-characters," + setting);
        assertTrue(message.contains("hidden-characters"), message);
        assertTrue(message.contains("\"" + setting.split("=", -1)[0] + "\""), message);
        assertTrue(message.contains("leastRows, alpha"), message);
    }

    @Test
    void aDetectorWithoutSettingsSaysSo() {
        assertEquals("detector label-conflict has no setting \"x\"; it has none", refusal("label-conflict,x=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leastRows=many", "leastRows=", "leastRows=3.5", "leastRows=99999999999", "alpha=small"})
    void aBadNumberIsQuoted(String setting) {
        String[] parts = setting.split("=", -1);
        String number = parts[0].equals("alpha") ? "a number" : "a whole number below 2^31";
        assertEquals(
                "setting " + parts[0] + " of detector hidden-characters must be " + number + ", not \"" + parts[1]
                        + "\"",
                refusal("hidden-characters," + setting));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden-characters,leastRows=0",
                "hidden-characters,alpha=0",
                "hidden-characters,alpha=NaN",
                "near-duplicates,similarity=NaN",
                "source-bursts,alpha=NaN",
                "source-bursts,excess=NaN",
                "trigger-association,purity=NaN",
                "trigger-association,certainty=NaN",
                "trigger-association,chance=0"
            })
    void anImpossibleValueIsRefused(String specification) {
        String message = refusal(specification);
        assertTrue(message.contains("refuses its settings: "), message);
    }
}
