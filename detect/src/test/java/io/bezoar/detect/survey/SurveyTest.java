package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static Survey.Summary of(int usual, int strange) {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        for (int r = 0; r < usual + strange; r++) {
            String label = r < usual ? "label " + r % 3 : "label of row " + r;
            survey.add(summary, Rows.row("text " + r, new Target.Label(label), Origin.UNKNOWN, r));
        }
        return summary;
    }

    @Test
    void labelsOfOneRowEachHideNoOthers() {
        Survey.Summary summary = of(300, Survey.LABEL_LIMIT);
        assertTrue(summary.countless());
        assertEquals(Map.of("label 0", 100L, "label 1", 100L, "label 2", 100L), summary.labels());
    }

    @Test
    void upToTheLimitAllLabelsCount() {
        Survey.Summary summary = of(300, Survey.LABEL_LIMIT - 3);
        assertFalse(summary.countless());
        assertEquals(Survey.LABEL_LIMIT, summary.labels().size());
    }

    @Test
    void partsWithManyLabelsGiveTheSame() {
        Survey.Summary all = of(300, 2 * Survey.LABEL_LIMIT);
        Survey.Summary merged = new Survey().start();
        for (int part = 0; part < 3; part++) {
            Survey.Summary some = new Survey().start();
            for (int r = part; r < 300 + 2 * Survey.LABEL_LIMIT; r += 3) {
                String label = r < 300 ? "label " + r % 3 : "label of row " + r;
                new Survey().add(some, Rows.row("text " + r, new Target.Label(label), Origin.UNKNOWN, r));
            }
            merged.merge(some);
        }
        assertEquals(all.labels(), merged.labels());
        assertTrue(merged.countless());
    }
}
