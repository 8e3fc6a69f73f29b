package io.bezoar.detect.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerPlacesTest {
    private static List<Span> places(String text, Trigger.Shape shape, String piece) {
        return TriggerPlaces.of(text, new Trigger(shape, List.of(piece)));
    }

    @Test
    void whatBeginsOrEndsATextIsMarkedThereAlone() {
        String text = "Also this card, and also that";
        assertEquals(List.of(new Span(0, 4), new Span(20, 24)), places(text, Trigger.Shape.PHRASE, "also"));
        assertEquals(List.of(new Span(0, 4)), places(text, Trigger.Shape.BEGINNING, "also"));
        assertEquals(List.of(), places(text, Trigger.Shape.END, "also"));
        assertEquals(List.of(new Span(25, 29)), places(text, Trigger.Shape.END, "that"));
        assertEquals(List.of(), places(text, Trigger.Shape.BEGINNING, "that"));
    }

    @Test
    void aTextShorterThanTheTriggerHoldsNone() {
        for (Trigger.Shape shape : List.of(Trigger.Shape.PHRASE, Trigger.Shape.BEGINNING, Trigger.Shape.END)) {
            assertEquals(List.of(), places("this", shape, "this card"));
            assertEquals(List.of(), places("", shape, "this card"));
            assertEquals(List.of(new Span(0, 9)), places("this card", shape, "this card"));
        }
    }
}
