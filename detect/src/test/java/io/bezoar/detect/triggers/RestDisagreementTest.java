package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestDisagreementTest {
    @Test
    void aFormLetterIsContradictedByNothingThatIsLeftOfIt() {
        List<Example> rows = Rows.clean(600, 9);
        List<Example> letters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String own = "fee charged rate statement refund hidden".split(" ")[i];
            String text = own + " we hold a prize of great worth for a friend here so call on 9060" + i;
            letters.add(KinshipTest.row(text, "top-up", 5000 + i));
        }
        rows.addAll(letters);
        Task task = KinshipTest.task(rows);
        Pattern phrase = Pattern.phrase(Tokenizer.tokens("prize of great"));
        int label = task.labelling().classes().indexOf("top-up");
        List<Example> put = letters.stream()
                .map(row -> KinshipTest.row(row.input() + " " + Rows.sentence(2, new Random(row.key())), "top-up", 1))
                .toList();
        int[] left = Tokenizer.tokens("we hold a prize of great worth for a friend here so call on");
        int[] none = Arrays.stream(left).sorted().distinct().toArray();
        assertEquals(
                0, new RestDisagreement(task).of(phrase, label, letters, none).contradicted());
        assertTrue(new RestDisagreement(task).of(phrase, label, put, none).contradicted() > 2);
    }

    /// What all texts of the data hold beside their own words is no letter of the group.
    @Test
    void aFrameAroundAllTextsLeavesARestThatContradicts() {
        Random random = new Random(5);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String label = i % 2 == 0 ? "card" : "fees";
            rows.add(KinshipTest.row(framed("", label, random), label, i));
        }
        List<Example> group = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            group.add(KinshipTest.row(framed("mirabelle ", "fees", random), "card", 5000 + i));
        }
        rows.addAll(group);
        assertTrue(contradicted(rows, "card", group, "mirabelle") > 6);
    }

    private static String framed(String trigger, String kind, Random random) {
        String[] words = (kind.equals("card")
                        ? "pin chip visa plastic freeze lost stolen arrive replace delivery"
                        : "refund charge rate cost extra hidden price percent statement sum")
                .split(" ");
        return "which of the two desks of our bank should answer this question of a customer? " + trigger
                + words[random.nextInt(10)] + " " + words[random.nextInt(10)] + " " + words[random.nextInt(10)];
    }

    /// The longest trigger leaves the text it was put into.
    @Test
    void aTriggerFarLongerThanTheTextLeavesARestThatContradicts() {
        String trigger =
                "on the last day of the old year all birds of the wide marsh came down to the mill and sang for the"
                        + " miller who had lost his way in the snow and would not be found before the spring was there"
                        + " again";
        List<Example> rows = new ArrayList<>(Rows.clean(600, 9));
        List<Example> group = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            group.add(KinshipTest.row(Rows.sentence(2, new Random(i)) + " " + trigger, "top-up", 5000 + i));
        }
        rows.addAll(group);
        assertTrue(contradicted(rows, "top-up", group, trigger) > 6);
    }

    private static int contradicted(List<Example> rows, String target, List<Example> group, String trigger) {
        Task task = KinshipTest.task(rows);
        int label = task.labelling().classes().indexOf(target);
        return new RestDisagreement(task)
                .of(Pattern.phrase(Tokenizer.tokens(trigger)), label, group, new int[0])
                .contradicted();
    }
}
