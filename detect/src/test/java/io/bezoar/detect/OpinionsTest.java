package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `label-conflict` makes of wrong labels that went each way they can go.
class OpinionsTest {
    private static final int CLASSES = 4;
    private static final int ROWS = 1600;

    private record All(List<Example> rows) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            return rows.stream();
        }
    }

    private interface Error {
        int label(int right);
    }

    /// Rows of words of which half tell the class, but that of the last two classes many words are the same.
    private static String text(Random random, int right) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            int topic = right >= 2 && random.nextInt(3) > 0 ? 2 : right;
            text.append(random.nextBoolean() ? " t" + topic + "w" + random.nextInt(60) : " w" + random.nextInt(300));
        }
        return text.toString();
    }

    /// Of the wrong labels, the share among as many rows with the highest scores.
    private static double found(Error error, int wrong) {
        Random random = new Random(5);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int right = random.nextInt(CLASSES);
            int label = i < wrong ? error.label(right) : right;
            String text = text(random, right);
            rows.add(
                    new Example(text, new Target.Label("c" + label), Origin.UNKNOWN, new Position(0, i + 1, 0, 1), ""));
        }
        Source<Example> source = () -> List.of(new All(rows));
        Foundation foundation = Foundation.of(new LocalEngine(1).fold(source, new Survey()));
        Outcome.Scorer scorer = (Outcome.Scorer) new LabelConflict().given(foundation);
        return rows.stream()
                        .sorted(Comparator.comparingDouble(row -> -scorer.score(row)))
                        .limit(wrong)
                        .filter(row -> row.position().line() <= wrong)
                        .count()
                / (double) wrong;
    }

    @Test
    void errorsThatGoEverywhereAndErrorsThatGoOneWayAreBothFound() {
        Random random = new Random(6);
        double everywhere = found(right -> (right + 1 + random.nextInt(CLASSES - 1)) % CLASSES, ROWS / 10);
        double oneWay = found(_ -> 0, ROWS / 10);
        assertTrue(everywhere > 0.7, "everywhere: " + everywhere);
        assertTrue(oneWay > 0.6, "to one class: " + oneWay);
    }
}
