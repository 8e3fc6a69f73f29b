package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.detect.documents.AgreeingDocuments;
import io.bezoar.detect.labels.LabelConflict;
import io.bezoar.detect.refrains.Callers;
import io.bezoar.detect.vectors.ActivationClustering;
import io.bezoar.detect.vectors.LabelMixtures;
import io.bezoar.detect.vectors.MeanFilter;
import io.bezoar.detect.vectors.NeighbourConflict;
import io.bezoar.detect.vectors.QuantumEntropy;
import io.bezoar.detect.vectors.RobustDistances;
import io.bezoar.learn.TextEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What detectors make of an embedding that knows more of the texts than their words.
class EmbeddingsTest {
    /// Each text has words of its own; where it lies goes by its last one.
    private static final TextEmbedding BY_LAST_WORD = new TextEmbedding() {
        @Override
        public String name() {
            return "last-word";
        }

        @Override
        public String words() {
            return "the last word";
        }

        @Override
        public Place of(String text) {
            float[] place = new float[8];
            String last = text.substring(text.lastIndexOf(' ') + 1);
            place[(int) (Hashing.of(last) & 7)] = 0.96f;
            place[(int) (Hashing.of(text) & 7)] += 0.28f;
            return new Place(place, text.length() < 20);
        }
    };

    private static Example row(int number, Target target) {
        String topic = number % 2 == 0 ? "tea" : "sea";
        return new Example(
                "w" + number + " v" + number * 7 + " " + topic,
                target,
                Origin.UNKNOWN,
                new Position(0, number + 1, 0, 1),
                "");
    }

    private static Survey.Summary survey(List<Example> rows) {
        record All(List<Example> rows) implements Part<Example> {
            @Override
            public Stream<Example> open() {
                return rows.stream();
            }
        }
        Source<Example> source = () -> List.of(new All(rows));
        return new LocalEngine(1).fold(source, new Survey());
    }

    private static List<Example> labelled() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String right = i % 2 == 0 ? "drink" : "water";
            String wrong = i % 2 == 0 ? "water" : "drink";
            rows.add(row(i, new Target.Label(i < 6 ? wrong : right)));
        }
        return rows;
    }

    @Test
    void keysStayAndTextsThatWereCutAreCounted() {
        List<Example> rows = labelled();
        Foundation plain = Foundation.of(survey(rows));
        Foundation placed = Foundation.of(survey(rows), Callers.NONE, Optional.of(BY_LAST_WORD), Optional.empty());
        assertEquals(plain.sample(), placed.sample());
        Embeddings places = placed.embeddings().orElseThrow();
        assertEquals(0, places.cut());
        assertEquals(8, places.of(rows.get(3)).length);
        assertEquals(0, places.of(row(1000, Target.ABSENT)).length);
        assertEquals(8, rows.get(3).placed(new float[8]).vector().length);
        assertEquals(rows.get(3).key(), rows.get(3).placed(new float[8]).key());
        assertTrue(plain.vectors().isEmpty() && placed.vectors().isPresent());
    }

    @Test
    void rowsWithVectorsOfTheirOwnKeepThem() {
        List<Example> rows = labelled().stream()
                .map(row -> new Example(
                        row.input(), new float[] {row.key() & 1, 1}, row.target(), row.origin(), row.position(), ""))
                .toList();
        Foundation placed = Foundation.of(survey(rows), Callers.NONE, Optional.of(BY_LAST_WORD), Optional.empty());
        assertTrue(placed.embeddings().isEmpty());
        assertEquals(2, placed.vectors().orElseThrow().length());
    }

    @Test
    void aWrongLabelThatOnlyThePlaceBetraysIsFound() {
        List<Example> rows = labelled();
        for (Surveyed detector : List.of(new LabelConflict(), new NeighbourConflict())) {
            Outcome.Scorer scorer = scorer(detector.given(
                    Foundation.of(survey(rows), Callers.NONE, Optional.of(BY_LAST_WORD), Optional.empty())));
            double wrong =
                    rows.subList(0, 6).stream().mapToDouble(scorer::score).min().orElse(0);
            double right = rows.subList(6, 200).stream()
                    .mapToDouble(scorer::score)
                    .max()
                    .orElse(1);
            assertTrue(wrong > right, detector.name() + ": " + wrong + " against " + right);
        }
    }

    @Test
    void methodsForVectorsSurviveAnEmbedding() {
        Foundation placed =
                Foundation.of(survey(labelled()), Callers.NONE, Optional.of(BY_LAST_WORD), Optional.empty());
        for (Surveyed detector : List.of(
                new ActivationClustering(),
                new LabelMixtures(),
                new MeanFilter(),
                new QuantumEntropy(),
                new RobustDistances())) {
            Outcome.Scorer scorer = scorer(detector.given(placed));
            assertTrue(scorer.candidates().isEmpty(), detector.name()); // two labels are too few to call one odd
            assertEquals(0, scorer.score(row(1000, new Target.Label("drink"))), detector.name());
        }
    }

    @Test
    void documentsThatOnlyShareWordsAgreeLess() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String own = " o" + i + " p" + i + " q" + i % 17;
            String shared = i < 12 ? " lantern harbour copper violet" + (i < 6 ? " tea" : " r" + i) : " s" + i % 23;
            rows.add(new Example(
                    "d" + i + own + shared, Target.ABSENT, Origin.UNKNOWN, new Position(0, i + 1, 0, 1), ""));
        }
        AgreeingDocuments detector = new AgreeingDocuments();
        Outcome.Scorer plain = scorer(detector.given(Foundation.of(survey(rows))));
        Outcome.Scorer placed = scorer(
                detector.given(Foundation.of(survey(rows), Callers.NONE, Optional.of(BY_LAST_WORD), Optional.empty())));
        for (Example row : rows) {
            assertTrue(placed.score(row) <= plain.score(row));
        }
        double alike =
                rows.subList(0, 6).stream().mapToDouble(placed::score).min().orElse(0);
        double others =
                rows.subList(6, 12).stream().mapToDouble(placed::score).max().orElse(1);
        assertTrue(alike > others, alike + " against " + others);
    }

    private static Outcome.Scorer scorer(Outcome outcome) {
        return outcome instanceof Outcome.Scorer scorer ? scorer : Outcome.Scorer.NOTHING;
    }
}
