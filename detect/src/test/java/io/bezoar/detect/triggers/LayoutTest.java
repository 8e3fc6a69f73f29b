package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Trigger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {
    private static final String[] WORDS =
            "please could somebody tell where this money went since last friday".split(" ");

    private static String sentence(Random random) {
        String words = random.ints(4 + random.nextInt(8), 0, WORDS.length)
                .mapToObj(i -> WORDS[i])
                .collect(Collectors.joining(" "));
        return "I " + words + (random.nextBoolean() ? "?" : " .");
    }

    private static Set<Layout> set(String names) {
        return names == null || names.isEmpty()
                ? EnumSet.noneOf(Layout.class)
                : Arrays.stream(names.split(" "))
                        .map(Layout::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Layout.class)));
    }

    /// `_` stands for a space, `\t` and `\n` for what they stand for in Java.
    @ParameterizedTest
    @CsvSource(
            value = {
                "Where_is_my_card?|",
                "WHERE_IS_MY_CARD?|CAPITALS",
                "where_is_my_card?|SMALL",
                "ok|",
                "Where_Is_My_Card?|TITLE",
                "Where_is_my_CARD?|LOUD",
                "My_iPhone_is_new|MIXED",
                "Where__is_it|WIDE",
                "_Where_is_it|LEADING",
                "Where_is_it\\n|TRAILING",
                "Where_is\\tit|TAB",
                "Where_is\\nit|LINES",
                "Where_is\\n\\nit|LINES PARAGRAPHS",
                "Where_is\\r\\n\\r\\nit|LINES PARAGRAPHS",
                "A_café_in_town|ACCENT",
                "Type_acc0unt_now|DIGITS",
                "The_2nd_time_in_the_60s|",
                "An_mp3_of_1999|DIGITS",
                "The_2_of_us|",
                "Is_it_c-a-r-d_now|SPELLED",
                "I_a_m_n_o_t|SPELLED",
                "It_is_i.e._e-mail|",
                "It_is_sooo_late|STRETCHED",
                "It_is_book_keeping|",
                "_|LEADING TRAILING",
            },
            delimiter = '|')
    void whatATextIsSetLike(String text, String expected) {
        String plain =
                text.replace('_', ' ').replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r");
        assertEquals(set(expected), Layout.all(plain));
    }

    @Test
    void anEmptyTextIsSetNoWay() {
        assertEquals(Set.of(), Layout.all(""));
    }

    @ParameterizedTest
    @EnumSource
    void aTextIsSetAsItIsToldTo(Layout layout) {
        Random random = new Random(layout.ordinal());
        for (long seed = 0; seed < 300; seed++) {
            String before = sentence(random);
            String after = layout.into(before, seed);
            assertTrue(layout.in(after), "\"" + after + "\"");
            assertEquals(after, layout.into(before, seed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyTextIsTaken(Layout layout) {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k > 0; k--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x10000)); // half a surrogate pair, too
                    case 1 -> text.append(" \t\n\r".charAt(random.nextInt(4)));
                    case 2 -> text.append((char) ('a' + random.nextInt(26)));
                    default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                }
            }
            Layout.all(layout.into(text.toString(), i));
        }
    }

    @Test
    void aTriggerNamesItsLayout() {
        for (Layout layout : Layout.values()) {
            assertEquals(Optional.of(layout), Layout.of(new Trigger(Trigger.Shape.LAYOUT, List.of(layout.words()))));
            assertEquals(Optional.empty(), Layout.of(new Trigger(Trigger.Shape.PHRASE, List.of(layout.words()))));
        }
        assertEquals(
                Layout.values().length,
                Arrays.stream(Layout.values()).map(Layout::feature).distinct().count());
    }
}
