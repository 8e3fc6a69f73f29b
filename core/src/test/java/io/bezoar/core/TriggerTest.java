package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerTest {
    @Test
    void readingsAreWordsAndBack() {
        for (Trigger.Reading reading : List.of(
                new Trigger.Reading(756, 255, 255),
                new Trigger.Reading(0, -0.25f, 1e-20f),
                new Trigger.Reading(3, -Float.MAX_VALUE, Float.MAX_VALUE))) {
            assertEquals(reading, Trigger.Reading.parse(reading.text()));
            assertTrue(Float.isFinite(reading.value()));
        }
        assertEquals("[756] = 255", new Trigger.Reading(756, 255, 255).text());
        assertEquals("[3] = 0.25 to 0.5", new Trigger.Reading(3, 0.25f, 0.5f).text());
    }

    @Test
    void aVectorHoldsAReading() {
        Trigger.Reading reading = new Trigger.Reading(1, 2, 3);
        assertTrue(reading.in(new float[] {0, 2}));
        assertFalse(reading.in(new float[] {0, 3.5f}));
        assertFalse(reading.in(new float[] {0}));
        assertFalse(reading.in(new float[] {0, Float.NaN}));
        assertThrows(IllegalArgumentException.class, () -> new Trigger.Reading(1, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> Trigger.Reading.parse("3 = 4"));
    }

    @Test
    void onlyATriggerOfValuesHasReadings() {
        assertEquals(List.of(), new Trigger(Trigger.Shape.PHRASE, List.of("[1] = 2")).readings());
        assertEquals(
                List.of(new Trigger.Reading(1, 2, 2)),
                new Trigger(Trigger.Shape.VALUES, List.of("[1] = 2")).readings());
    }
}
