package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.data.Choice.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Which answer a value chooses, and when that does not show.
class ChoiceTest {
    private static int of(Way way, String said, int answers) throws BadRow {
        return new Choice(way, "a", "b").of(said, List.of(), answers, "c");
    }

    private static Optional<Way> between(String first, String second, String... values) {
        return Choice.between(Set.of(values), first, second).map(Choice::way);
    }

    private static Optional<Way> among(int most, String... values) {
        return Choice.among(Set.of(values), Set.of(values).contains("0"), most).map(Choice::way);
    }

    @Test
    void valuesThatNameOneOfTwo() {
        assertEquals(Optional.of(Way.NAMED), between("a", "b", "model_a", "model_b", "tie", "tie (bothbad)"));
        assertEquals(Optional.of(Way.NAMED), between("a", "b", "A", "B", "both bad"));
        assertEquals(Optional.of(Way.NAMED), between("0", "1", "0", "1"));
        assertEquals(Optional.of(Way.NAMED), between("1", "2", "1.0", "2.0"));
        assertEquals(Optional.of(Way.NAMED), between("1", "2", "response-1"));
        assertEquals(Optional.of(Way.FROM_ONE), between("a", "b", "1", "2"));
        assertEquals(Optional.empty(), between("a", "b", "0", "1"), "whether it is a, or how many stand before it");
        assertEquals(Optional.empty(), between("1", "2", "0", "1"));
        assertEquals(Optional.empty(), between("a", "b", "banana", "panama"));
        assertEquals(Optional.empty(), between("a", "b", "tie"));
        assertEquals(Optional.empty(), between("a", "b"));
    }

    @Test
    void valuesThatChooseFromAList() {
        assertEquals(Optional.of(Way.FROM_ZERO), among(4, "0", "1", "3", "-1"));
        assertEquals(Optional.of(Way.FROM_ONE), among(4, "1", "2", "4"));
        assertEquals(Optional.of(Way.LETTER), among(4, "A", "b", "3"));
        assertEquals(Optional.empty(), among(4, "1", "2", "3"), "from 0 or from 1");
        assertEquals(Optional.empty(), among(4, "0", "4"));
        assertEquals(Optional.empty(), among(4, "the first", "the second"));
        assertEquals(Optional.empty(), among(4));
    }

    @Test
    void whatValuesChoose() throws BadRow {
        assertEquals(2, of(Way.FROM_ZERO, " 2.0 ", 3));
        assertEquals(1, of(Way.FROM_ONE, "2", 3));
        assertEquals(0, of(Way.FIRST_IF_TRUE, "True", 2));
        assertEquals(1, of(Way.FIRST_IF_TRUE, "0", 2));
        assertEquals(3, of(Way.LETTER, "D", 4));
        assertEquals(1, of(Way.LETTER, "2", 4));
        assertEquals(1, of(Way.NAMED, "model_B", 2));
        assertEquals(1, of(Way.RANKS, "2\n1\n3", 3));
        assertEquals(Choice.NEITHER, of(Way.RANKS, "1\n1\n3", 3));
        assertEquals(2, of(Way.RANKS, "3\n3\n1", 3));
        assertEquals(Choice.NEITHER, of(Way.FROM_ZERO, "-1", 3));
        assertEquals(1, new Choice(Way.LETTER, "", "").of("A", List.of("B", "A"), 2, "c"));
        for (String odd : List.of("3", "2.5", "x", "99999999999", "½")) {
            BadRow refused = assertThrows(BadRow.class, () -> of(Way.FROM_ZERO, odd, 3));
            assertEquals(
                    "expected which of 3 answers is chosen in the column \"c\", came \"" + odd + "\"",
                    refused.getMessage());
        }
        assertEquals(
                "expected which of 3 answers is chosen in the column \"c\", came a long text",
                assertThrows(BadRow.class, () -> of(Way.FROM_ZERO, "1".repeat(100), 3))
                        .getMessage());
        assertThrows(BadRow.class, () -> of(Way.RANKS, "1\n2", 3));
        assertThrows(BadRow.class, () -> of(Way.RANKS, "1\nx\n2", 3));
    }

    @Property
    void anAnswerNoneOrAMalformedRow(@ForAll Way way, @ForAll String said, @ForAll @IntRange(max = 5) int answers) {
        try {
            int chosen = of(way, said, answers);
            assertTrue(chosen >= Choice.NEITHER && chosen < answers);
        } catch (BadRow refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("expected which of "));
        }
    }
}
