package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
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
}
