package io.bezoar.detect.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordFormTest {
    private static Set<String> forms(String text) {
        return WordForm.all(text).stream().map(WordForm::form).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call 555-0199 now      | 000-0000 N-N
            #kelmar, they said     | #a
            on 12 March 2017.      | 00 0000 N '00 a 0000' 'N a 0000' 'N a N'
            it costs $5.99!        | $0.00 $N.N
            mail bo@kel.org        | a@a.a
            v1.22                  | a0.00 aN.N
            1234567890             | 000000 N
            don't                  | a'a
            [zulo]                 | [a]
            room 4                 | 0 N
            """)
    void formsAreTold(String text, String forms) {
        Set<String> expected =
                Set.of(forms.replaceAll("'([^']* [^']*)'", "").strip().split(" +"));
        Set<String> runs = java.util.regex.Pattern.compile("'([^']* [^']*)'")
                .matcher(forms)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertEquals(
                expected,
                forms(text).stream().filter(form -> form.indexOf(' ') < 0).collect(Collectors.toSet()));
        assertEquals(
                runs,
                forms(text).stream().filter(form -> form.indexOf(' ') >= 0).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "plain words, and more.", "- -- ... !?", "\u200b1\u200b", "é", "\ud83d\ude001"})
    void plainWordsAndSignsHaveNone(String text) {
        assertEquals(Set.of(), forms(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "$N.N", "000-0000", "#a", "N:N", "[a]", "a0000", "N a 0000", "a@a.a"})
    void aDrawnWordHasTheForm(String form) {
        WordForm words = new WordForm(form);
        for (long seed = 0; seed < 200; seed++) {
            String word = words.word(new SplittableRandom(seed));
            assertTrue(words.in(word), word);
            assertTrue(words.in("so it was " + word + ", he said"), word);
        }
        assertEquals(Optional.of(words), WordForm.of(words.trigger()));
    }

    @Test
    void placesAreThoseOfTheWords() {
        String text = "from 12:30, not 9:05";
        assertEquals(List.of(new Span(5, 10), new Span(16, 20)), new WordForm("N:N").places(text));
        assertEquals(List.of(new Span(16, 20)), new WordForm("0:00").places(text));
        assertEquals(List.of(new Span(5, 10), new Span(16, 20)), TriggerPlaces.of(text, new WordForm("N:N").trigger()));
        assertEquals(Optional.empty(), WordForm.of(new Trigger(Trigger.Shape.PHRASE, List.of("N:N"))));
    }

    @Property(tries = 500)
    void everyFormOfATextIsInIt(@ForAll @StringLength(max = 60) String text) {
        for (WordForm form : WordForm.all(text)) {
            assertTrue(form.in(text), form.form());
            form.places(text).forEach(place -> assertTrue(place.start() < place.end()));
        }
    }

    /// A text made to have very many words costs time along its length.
    @Test
    void aLongTextIsBounded() {
        assertTrue(WordForm.all("1a2b3c-#x! ".repeat(200_000)).size() < 10);
        StringBuilder different = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            different.append("#".repeat(i % 30)).append("-".repeat(i / 1000)).append("x1 ");
        }
        assertTrue(WordForm.all(different.toString()).size() <= 3 * 3 * 256);
    }
}
