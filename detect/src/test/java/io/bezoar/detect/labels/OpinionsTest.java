package io.bezoar.detect.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
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

    /// Rows of which the first few have wrong labels.
    private static List<Example> rows(int count, Error error, int wrong) {
        Random random = new Random(5);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int right = random.nextInt(CLASSES);
            int label = i < wrong ? error.label(right) : right;
            String text = text(random, right);
            rows.add(
                    new Example(text, new Target.Label("c" + label), Origin.UNKNOWN, new Position(0, i + 1, 0, 1), ""));
        }
        return rows;
    }

    private static Foundation foundation(List<Example> rows, Survey survey) {
        Source<Example> source = () -> List.of(new All(rows));
        return Foundation.of(new LocalEngine(1).fold(source, survey));
    }

    /// The share of wrong labels among so many rows with the highest scores.
    private static double first(List<Example> rows, int wrong, int most, ToDoubleFunction<Example> score) {
        return rows.stream()
                        .sorted(Comparator.comparingDouble(row -> -score.applyAsDouble(row)))
                        .limit(most)
                        .filter(row -> row.position().line() <= wrong)
                        .count()
                / (double) most;
    }

    private static double found(Error error, int wrong) {
        List<Example> rows = rows(ROWS, error, wrong);
        Outcome.Scorer scorer = (Outcome.Scorer) new LabelConflict().given(foundation(rows, new Survey()));
        return first(rows, wrong, wrong, scorer::score);
    }

    @Test
    void errorsThatGoEverywhereAndErrorsThatGoOneWayAreBothFound() {
        Random random = new Random(6);
        double everywhere = found(right -> (right + 1 + random.nextInt(CLASSES - 1)) % CLASSES, ROWS / 10);
        double oneWay = found(_ -> 0, ROWS / 10);
        assertTrue(everywhere > 0.7, "everywhere: " + everywhere);
        assertTrue(oneWay > 0.6, "to one class: " + oneWay);
    }

    @Test
    void rowsOutsideTheSampleAreJudgedByAllModels() throws IOException, ClassNotFoundException {
        Random random = new Random(7);
        int wrong = 2 * ROWS / 10;
        List<Example> rows = rows(2 * ROWS, right -> (right + 1 + random.nextInt(CLASSES - 1)) % CLASSES, wrong);
        Foundation foundation = foundation(rows, new Survey(ROWS));
        Task task = foundation.tasks().getFirst();
        List<Example> outside =
                rows.stream().filter(row -> task.fit().place(row) < 0).toList();
        int asked = (int)
                outside.stream().filter(row -> row.position().line() <= wrong).count();
        Outcome.Scorer scorer = (Outcome.Scorer) new LabelConflict().given(foundation);
        double all = first(outside, wrong, asked, scorer::score);
        double alone = first(
                outside,
                wrong,
                asked,
                row -> task.judged(row, task.labelling().of(row)).wrong());
        assertTrue(all > alone && all > 0.6, "all models: " + all + ", the surrogate alone: " + alone);

        Outcome.Scorer sent = sent(scorer);
        for (Example row : rows.subList(0, 200)) {
            assertEquals(scorer.score(row), sent.score(row));
        }
    }

    /// The scorer as another process gets it.
    private static Outcome.Scorer sent(Outcome.Scorer scorer) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(scorer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Outcome.Scorer) in.readObject();
        }
    }
}
