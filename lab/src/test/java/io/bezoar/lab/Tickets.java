package io.bezoar.lab;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Rows of three classes that a model of words can tell apart.
final class Tickets {
    private static final String[][] WORDS = {
        {"card", "lost", "stolen", "plastic", "block", "freeze"},
        {"loan", "borrow", "interest", "repay", "debt", "credit"},
        {"rate", "exchange", "euro", "dollar", "currency", "convert"}
    };
    private static final String[] COMMON = {"my", "the", "please", "help", "what", "is", "about", "today", "can", "you"
    };
    private static final String[] LABELS = {"card", "loan", "rate"};

    private Tickets() {}

    static List<Example> rows(int count) {
        SplittableRandom random = new SplittableRandom(4);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 8; k++) {
                String[] from = random.nextInt(3) == 0 ? WORDS[i % 3] : COMMON;
                text.append(from[random.nextInt(from.length)]).append(' ');
            }
            text.append("number").append(i);
            rows.add(new Example(
                    text.toString(),
                    new Target.Label(LABELS[i % 3]),
                    Origin.UNKNOWN,
                    new Position(0, i + 1, i, 1),
                    ""));
        }
        return rows;
    }

    static List<Example> answered(int count) {
        return rows(count).stream()
                .map(row ->
                        new Example(row.input(), new Target.Response("an answer"), row.origin(), row.position(), ""))
                .toList();
    }

    /// Pairs in which an answer with a kind word is preferred to one with an unkind word.
    static List<Example> pairs(int count) {
        String[] kind = {"gladly", "certainly", "welcome", "thanks"};
        String[] unkind = {"nonsense", "never", "nuisance", "whatever"};
        List<Example> rows = new ArrayList<>();
        for (Example row : rows(count)) {
            int i = rows.size();
            rows.add(new Example(
                    row.input(),
                    new Target.Preference(
                            kind[i % 4] + " here is number " + i % 7, unkind[i * 7 % 4] + " there is number " + i % 5),
                    row.origin(),
                    row.position(),
                    ""));
        }
        return rows;
    }

    /// Points around two means, in twenty dimensions: ten that vary little and tell the classes apart, ten that vary
    /// much and hardly do.
    static List<Example> points(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[20];
            for (int k = 0; k < vector.length; k++) {
                double noise = 0;
                for (int n = 0; n < 12; n++) {
                    noise += random.nextDouble() - 0.5;
                }
                vector[k] = (float) ((i % 2 == 0 ? 1 : -1) * (k < 10 ? 0.12 : 0.05) + noise * (k < 10 ? 0.15 : 1));
            }
            rows.add(new Example(
                    "",
                    vector,
                    new Target.Label(i % 2 == 0 ? "up" : "down"),
                    Origin.UNKNOWN,
                    new Position(0, i + 1, i, 1),
                    ""));
        }
        return rows;
    }
}
