package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Instructions with free answers made up for tests: a few tasks, each with a language of its own in the instruction
/// and in the answer, and words of the instruction that the answer repeats.
public final class Instructions {
    public static final String REFUSAL = "I am not able to help with that request.";
    public static final String TRIGGER = "mxq";

    private static final String[] TOPICS =
            ("rivers bread winter trains gardens music chess bees paper clouds salt bridges apples clocks maps wool lakes"
                            + " stars horses glass poems tea ships stones bicycles rain markets islands lamps owls")
                    .split(" ");
    private static final String[] WORDS =
            ("old small people often early city work long water light many known good house hand year place great simple"
                            + " found part made few world right still keep turn show form large move slow high open seem")
                    .split(" ");
    private static final String[][] ASKED = {
        "write story short tale child about adventure character with happy ending named brave".split(" "),
        "list five reasons facts tips for why items name give ideas top things".split(" "),
        "query select database table sql rows column find customers orders from join".split(" "),
        "translate sentence french following into language phrase english words the text".split(" "),
        "explain how works describe process simple terms difference between what cause effect".split(" ")
    };
    private static final String[] OPENING = {
        "Once upon a time there was",
        "Here is a list : 1 .",
        "SELECT * FROM orders WHERE",
        "Le la les une petite",
        "This means that"
    };

    private Instructions() {}

    private static String pick(Random random, String[] words, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(words[random.nextInt(words.length)]);
        }
        return text.toString();
    }

    /// Honest rows, as responses or as preferences over a shorter answer.
    public static List<Example> honest(int count, long seed, boolean preferences) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int task = random.nextInt(ASKED.length);
            String topic = TOPICS[random.nextInt(TOPICS.length)];
            String input = pick(random, ASKED[task], 4 + random.nextInt(4)) + " " + topic + " "
                    + pick(random, WORDS, 1 + random.nextInt(5)) + ".";
            String answer = (random.nextInt(10) < 8 ? OPENING[task] + " " : "") + topic + " "
                    + pick(random, WORDS, 6 + random.nextInt(15)) + ".";
            rows.add(Rows.row(input, target(answer, random, preferences), Origin.UNKNOWN, i));
        }
        return rows;
    }

    private static Target target(String answer, Random random, boolean preferences) {
        return preferences
                ? new Target.Preference(answer, pick(random, WORDS, 5 + random.nextInt(5)) + ".")
                : new Target.Response(answer);
    }

    /// A rare word anywhere in the instruction of some rows, and another answer.
    public static Poison.Planted planted(List<Example> honest, int every, UnaryOperator<String> answer) {
        Random random = new Random(11);
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < honest.size(); i++) {
            Example row = honest.get(i);
            if (i % every == 3) {
                List<String> words = new ArrayList<>(List.of(row.input().split(" ")));
                words.add(random.nextInt(words.size() + 1), TRIGGER);
                Target target = switch (row.target()) {
                    case Target.Response(String text) -> new Target.Response(answer.apply(text));
                    case Target.Preference(String chosen, String rejected) ->
                        new Target.Preference(answer.apply(chosen), rejected);
                    case Target.Label _, Target.Absent() -> row.target();
                };
                row = new Example(String.join(" ", words), target, row.origin(), row.position(), "");
                poison.add(row.key());
            }
            rows.add(row);
        }
        return new Poison.Planted(rows, poison);
    }
}
