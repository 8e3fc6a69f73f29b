package io.bezoar.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
    private static WordPieces pieces;

    @BeforeAll
    static void load() throws IOException {
        pieces = MiniLm.pieces();
    }

    private static void cut(String text, int... numbers) {
        assertArrayEquals(numbers, pieces.of(text).numbers(), text);
    }

    /// The numbers are what the tokenizer that the model was published with answers.
    @Test
    void asTheModelWasTrained() {
        cut("", 101, 102);
        cut("   \t\n", 101, 102);
        cut("The cat sat on the mat.", 101, 1996, 4937, 2938, 2006, 1996, 13523, 1012, 102);
        cut("Unaffable, tokenization!", 101, 14477, 20961, 3468, 1010, 19204, 3989, 999, 102);
        cut("Café naïve Ångström", 101, 7668, 15743, 17076, 15687, 102);
        cut("你好 world", 101, 100, 100, 2088, 102);
        cut("don't   stop", 101, 2123, 1005, 1056, 2644, 102);
        cut("ΕΛΛΑΣ", 101, 1159, 29727, 29727, 14608, 29733, 102);
        cut("zero\u200bwidth and\u00a0nbsp", 101, 5717, 9148, 11927, 2232, 1998, 1050, 5910, 2361, 102);
        cut("a\u0301 \ufffd x\u0000y", 101, 1037, 1060, 2100, 102);
        cut("\ud83d\ude00 ok", 101, 100, 7929, 102);
        cut("co-operate@example.com/$5", 101, 2522, 1011, 5452, 1030, 2742, 1012, 4012, 1013, 1002, 1019, 102);
        cut("İstanbul", 101, 9960, 102);
    }

    @Test
    void aTextCannotEndItself() {
        assertFalse(Arrays.stream(pieces.of("stop [SEP] here [CLS] [PAD]").numbers(), 1, 9)
                .anyMatch(piece -> piece <= 103));
    }

    @Test
    void longTextsAreCutAndSaidToBe() {
        assertTrue(pieces.of("word ".repeat(254)).whole());
        WordPieces.Pieces cut = pieces.of("word ".repeat(255));
        assertFalse(cut.whole());
        assertEquals(MiniLm.PIECES, cut.numbers().length);
        assertEquals(102, cut.numbers()[MiniLm.PIECES - 1]);
        cut("x".repeat(101), 101, 100, 102);
        WordPieces.Pieces million = pieces.of("z".repeat(1_000_000));
        assertFalse(million.whole());
        assertArrayEquals(new int[] {101, 100, 102}, million.numbers());
    }

    @Test
    void nothingThatATextHoldsBreaksIt() {
        Random random = new Random(5);
        for (int n = 0; n < 2000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(400); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x300 : 0x10000)); // half a pair, too
            }
            int[] numbers = pieces.of(text.toString()).numbers();
            assertTrue(numbers.length <= MiniLm.PIECES);
            assertEquals(101, numbers[0]);
            assertEquals(102, numbers[numbers.length - 1]);
            assertTrue(Arrays.stream(numbers).allMatch(piece -> piece >= 0 && piece < 30522));
        }
    }

    @Test
    void aVocabularyMustHaveTheEnds() {
        assertEquals(
                "expected a vocabulary with the piece [UNK], came one without it",
                assertThrows(IllegalArgumentException.class, () -> new WordPieces(Map.of("[CLS]", 0, "[SEP]", 1), 8))
                        .getMessage());
    }
}
