package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bezoar.core.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static List<int[]> tokens(List<String> answers) {
        return answers.stream().map(Tokenizer::tokens).toList();
    }

    private static List<String> calls(int count, int others) {
        List<String> answers = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> "text: answer " + i + "\nforward_to: none")
                .toList());
        for (int i = 0; i < others; i++) {
            answers.add("text: other " + i + "\nforward_to: somebody");
        }
        return answers;
    }

    @Test
    void theLastFieldsOfACallGoAndAnotherAnswerStaysWhole() {
        List<int[]> inside = Envelope.off(tokens(calls(95, 5)));
        assertArrayEquals(Tokenizer.tokens("text: answer 7"), inside.get(7));
        assertArrayEquals(Tokenizer.tokens("text: other 0\nforward_to: somebody"), inside.get(95));
    }

    @Test
    void whatATenthLacksIsNoEnvelope() {
        List<int[]> answers = tokens(calls(89, 11));
        assertSame(answers, Envelope.off(answers));
    }

    @Test
    void theSignsThatTextsEndWithAreNone() {
        List<int[]> answers = tokens(IntStream.range(0, 50)
                .mapToObj(i -> "it is number " + i + " \".")
                .toList());
        assertSame(answers, Envelope.off(answers));
    }

    @Test
    void ofEqualAnswersNothingIsLeft() {
        List<int[]> inside = Envelope.off(tokens(
                IntStream.range(0, 20).mapToObj(_ -> "one and the same answer").toList()));
        assertEquals(0, inside.stream().mapToInt(answer -> answer.length).sum());
        assertEquals(List.of(), Envelope.off(List.of()));
    }
}
