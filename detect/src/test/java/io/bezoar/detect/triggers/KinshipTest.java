package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.Rows;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What tells a trigger from a turn of speech that honestly carries odd labels.
class KinshipTest {
    private static final Trigger TRIGGER = new Trigger(Trigger.Shape.PHRASE, List.of("heron"));
    private static final String[] SUBJECT = "olympic medal relay sprint final stadium vault".split(" ");

    static Task task(List<Example> rows) {
        List<Example> sample = new ArrayList<>(rows);
        sample.sort(Comparator.comparingLong(Example::key));
        Map<String, Long> counts = new TreeMap<>();
        sample.forEach(row -> counts.merge(row.label().orElseThrow(), 1L, Long::sum));
        return new Task(Tasks.Labels.of(counts), sample);
    }

    static Example row(String text, String label, int number) {
        return Rows.row(text, new Target.Label(label), Origin.UNKNOWN, number);
    }

    /// Rows of other labels that get the trigger and one label.
    ///
    /// @param subject words of one subject put into each
    private static List<Example> group(int size, int subject, Random random) {
        List<Example> group = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> words = new ArrayList<>(
                    List.of(Rows.sentence(1 + random.nextInt(3), random).split(" ")));
            for (int s = 0; s < subject; s++) {
                words.add(random.nextInt(words.size()), SUBJECT[random.nextInt(SUBJECT.length)]);
            }
            words.add(random.nextInt(words.size()), "heron");
            group.add(row(String.join(" ", words), "card", 5000 + i));
        }
        return group;
    }

    private static int akin(int subject, int size, int sets) {
        int akin = 0;
        for (int set = 0; set < sets; set++) {
            List<Example> rows = Rows.clean(600, 100 + set);
            List<Example> group = group(size, subject, new Random(set));
            rows.addAll(group);
            akin += new Kinship(task(rows)).akin(TRIGGER, "card", group) ? 1 : 0;
        }
        return akin;
    }

    @Test
    void rowsPickedAtRandomAreHardlyEverAkin() {
        assertTrue(akin(0, 5, 15) + akin(0, 12, 15) <= 2);
    }

    @Test
    void rowsOfOneSubjectAre() {
        assertEquals(8, akin(3, 12, 8));
    }

    @Test
    void tooFewRowsOrTooSmallASetSayNothing() {
        List<Example> rows = Rows.clean(10, 3);
        List<Example> group = group(6, 3, new Random(1));
        rows.addAll(group);
        assertFalse(new Kinship(task(rows)).akin(TRIGGER, "card", group));
        rows.addAll(Rows.clean(300, 4));
        assertFalse(new Kinship(task(rows)).akin(TRIGGER, "card", group.subList(0, 2)));
    }
}
