package io.bezoar.detect.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Documents that are found whatever is asked.
class HubDocumentsTest {

    @Test
    void theNearestOfAFewAreCountedByHand() {
        // on a circle, in degrees
        List<Example> rows = List.of(at(0), at(10), at(21), at(90));
        Outcome.Scorer scorer = Passes.run(new HubDocuments(1), new InMemory<>(rows, 1), new LocalEngine(1));
        // found: 0 once (by 10), 10 twice (by 0 and 21), 21 once (by 90), 90 never
        assertEquals(
                List.of(0.0, 1.0, 0.0, 0.0), rows.stream().map(scorer::score).toList());
        assertTrue(scorer.explain(rows.get(1)).getFirst().text().contains("1 nearest of 2 other documents"));
    }

    private static Example at(int degrees) {
        float[] vector = {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
        return new Example("page " + degrees, vector, Target.ABSENT, Origin.UNKNOWN, Rows.position(degrees), "");
    }
}
