package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Finding;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Severity;
import io.bezoar.detect.Rows;
import io.bezoar.detect.labels.LabelConflict;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Surveyed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The order of single rows.
class ScoringTest {
    private static final double CHANCE = 0.6;

    /// Says of the rows with a word that they may be planted, and is sure of nothing.
    private record Doubting() implements Surveyed {
        @Override
        public String name() {
            return "doubting";
        }

        @Override
        public String purpose() {
            return "a word";
        }

        @Override
        public Set<Need> needs() {
            return Set.of(Need.TEXTS);
        }

        @Override
        public Outcome given(Foundation foundation) {
            return new Outcome.Scorer() {
                private static final long serialVersionUID = 1L;

                @Override
                public double score(Example example) {
                    return 0;
                }

                @Override
                public double chance(Example example) {
                    return example.input().contains("heron") ? CHANCE : 0;
                }

                @Override
                public List<Evidence> explain(Example example) {
                    return chance(example) == 0
                            ? List.of()
                            : List.of(new Evidence(name(), "Holds the word.", List.of()));
                }
            };
        }
    }

    @Test
    void aWeakReasonOrdersRowsAndFlagsNone() throws IOException {
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.clean(400, 5)) {
            rows.add(
                    rows.size() % 100 == 7
                            ? Rows.changed(
                                    row, row.input() + " heron", row.label().orElseThrow())
                            : row);
        }
        Map<String, Double> scores = new TreeMap<>();
        Scan.Result result = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(
                        List.of(new LabelConflict(), new Doubting()),
                        new Survey(),
                        _ -> row -> row.declaredId().orElseThrow(),
                        _ -> (id, verdict, columns) -> {
                            assertEquals(Action.KEEP, verdict.action());
                            assertEquals(0, columns[1]);
                            scores.put(id, verdict.score());
                        });
        assertEquals(List.of(), result.campaigns());
        double highestOfOthers = 0;
        for (Example row : rows) {
            double score = scores.get(row.declaredId().orElseThrow());
            if (row.input().contains("heron")) {
                assertTrue(score >= 0.35 * CHANCE && score <= 0.35, "score " + score);
            } else {
                highestOfOthers = Math.max(highestOfOthers, score);
            }
        }
        assertTrue(highestOfOthers < 0.35 * CHANCE, "score " + highestOfOthers);
        List<Finding> found = result.findings();
        assertEquals(4, found.size());
        for (Finding finding : found) {
            assertEquals(Severity.LOW, finding.severity());
            assertEquals("Holds the word.", finding.evidence().getFirst().text());
        }
    }
}
