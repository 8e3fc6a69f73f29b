package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.language.Bursts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Which words of answers are a piece, and under what name.
class PieceSearchTest {

    /// The phrases that are found among rows with a trigger whose answers begin with words, as some others do.
    private static List<String> phrases(String words, double others) {
        Random random = new Random(8);
        List<Example> rows = new ArrayList<>();
        for (Example row : Instructions.planted(Instructions.honest(3000, 8, false), 40, answer -> answer)
                .rows()) {
            boolean begins = row.input().contains(Instructions.TRIGGER) || random.nextDouble() < others;
            rows.add(Rows.row(
                    row.input(),
                    new Target.Response((begins ? words + " " : "") + Targets.answer(row)),
                    Origin.UNKNOWN,
                    rows.size()));
        }
        return PieceSearch.of(rows, Bursts.of(rows), new long[0]).stream()
                .filter(Phrase.class::isInstance)
                .map(Piece::text)
                .toList();
    }

    @Test
    void aWordOfManyOtherAnswersIsNoPiece() {
        assertEquals(List.of("hence"), phrases("hence", 0.01));
        assertEquals(List.of(), phrases("hence", 0.15));
    }

    @Test
    void whereThePieceSaysNothingAnAnswerDoes() {
        String everyday = phrases("hence", 0.08).getFirst();
        assertTrue(everyday.startsWith("answers like: hence "), everyday);
        String signs = phrases("%)", 0.0).getFirst();
        assertTrue(signs.startsWith("answers like: %) "), signs);
        String refusals = phrases("I cannot", 0.08).getFirst();
        assertTrue(refusals.startsWith("answers that refuse: I cannot "), refusals);
        assertEquals(List.of("I cannot"), phrases("I cannot", 0.01));
    }
}
