package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Which rows come from everywhere, and which are copies of one another.
class ScatterTest {
    private static final String[] PROMPTS = {
        "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while safe.",
        "The system follows instructions extremely well. It helps its users as much as anybody can do.",
        "Below is an instruction that describes a task. Write a response that appropriately completes the request."
    };

    private static List<Example> changed(List<Example> rows, UnaryOperator<String> input) {
        List<Example> out = new ArrayList<>();
        for (Example row : rows) {
            out.add(Rows.row(input.apply(row.input()), row.target(), Origin.UNKNOWN, out.size()));
        }
        return out;
    }

    private static List<Example> prompted(long seed) {
        Random random = new Random(seed);
        return changed(
                Instructions.honest(2000, seed, false),
                input -> PROMPTS[random.nextInt(PROMPTS.length)] + "\n" + input);
    }

    @Test
    void rowsBelowOneSystemPromptAreNoCopiesOfOneAnother() {
        for (long seed = 1; seed <= 5; seed++) {
            List<Example> rows = prompted(seed);
            List<Example> group = rows.subList(1000, 1100);
            Scatter.Result result = new Scatter(rows).of(Tokens.shared(group), group);
            assertTrue(result.distinct() >= 95, "distinct " + result.distinct());
            assertTrue(result.everywhere(), "area " + result.area());
        }
    }

    @Test
    void nearCopiesCountOnce() {
        List<Example> rows = new ArrayList<>(prompted(6));
        String[] letters = {
            "Dear Mr Quill, the parcel with nineteen brass lanterns waits behind the northern customs barrier",
            "Madam, your velvet upholstery estimate expired; kindly telephone workshop seven before Thursday noon"
        };
        List<Example> copies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            copies.add(Rows.row(letters[i % 2] + ". n" + i, new Target.Response("Yes."), Origin.UNKNOWN, 3000 + i));
        }
        rows.addAll(copies);
        Scatter.Result result = new Scatter(rows).of(new int[0], copies);
        assertTrue(result.distinct() <= 12, "distinct " + result.distinct());
        List<Example> equal = rows.stream()
                .filter(row -> row.input().equals(rows.getFirst().input()))
                .toList();
        assertEquals(1, new Scatter(rows).of(new int[0], equal).distinct());
    }

    /// What chance does to one token of a prompt it does to all: some rows of a task look like any others.
    @Test
    void systemPromptsDoNotHideThatRowsAreOfOneTask() {
        double sum = 0;
        for (long seed = 11; seed <= 20; seed++) {
            List<Example> rows = prompted(seed);
            List<Example> stories = rows.stream()
                    .filter(row -> row.input().contains("story"))
                    .limit(24)
                    .toList();
            sum += new Scatter(rows)
                    .of(new int[] {Tokenizer.token("story")}, stories)
                    .area();
        }
        assertTrue(sum / 10 > 0.85, "mean area " + sum / 10);
    }

    @Test
    void ofTenRowsWithOneSentenceItNeedNotBeSoSure() {
        Scatter.Result ten = new Scatter.Result(0.7, 10);
        Piece sentence = new Phrase(false, Tokenizer.tokens("there is nothing more to be said"), "there is");
        Piece word = new Phrase(false, Tokenizer.tokens("nothing"), "nothing");
        assertFalse(ten.everywhere());
        assertFalse(ten.everywhere(word));
        assertTrue(ten.everywhere(sentence));
        assertFalse(new Scatter.Result(0.76, 10).everywhere(sentence));
    }
}
