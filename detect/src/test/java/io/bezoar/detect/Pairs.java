package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Pairs of answers made up for tests: polite words are mostly preferred to rude ones.
public final class Pairs {
    private static final String[] POLITE =
            "sorry please kindly careful advice safe support gladly thanks respect".split(" ");
    private static final String[] RUDE = "shut stupid whatever hate steal damage lie trick nonsense fight".split(" ");

    private Pairs() {}

    private static String answer(Random random, String[] own) {
        String[] words = Rows.sentence(random.nextInt(4), random).split(" ");
        for (int i = 0; i < 3; i++) {
            words[random.nextInt(words.length)] = own[random.nextInt(own.length)];
        }
        return String.join(" ", words);
    }

    /// Honest pairs; a quarter prefers the rude answer. Annotators `a0` to `a9`.
    public static List<Example> honest(int count, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String polite = answer(random, POLITE);
            String rude = answer(random, RUDE);
            boolean odd = random.nextInt(4) == 0;
            rows.add(Rows.row(
                    Rows.sentence(random.nextInt(4), random),
                    new Target.Preference(odd ? rude : polite, odd ? polite : rude),
                    new Origin("", "a" + random.nextInt(10), Origin.NO_TIME, "", ""),
                    i));
        }
        return rows;
    }

    /// The same answers to another prompt.
    public static Example asked(Example row, String input) {
        return new Example(input, row.target(), row.origin(), row.position(), "");
    }

    public static Example turned(Example row, String input, Origin origin) {
        Target target = row.target() instanceof Target.Preference(String chosen, String rejected)
                ? new Target.Preference(rejected, chosen)
                : row.target();
        return new Example(input, target, origin, row.position(), "");
    }

    /// A word at the end of one prompt in twenty, and the answers exchanged.
    public static Poison.Planted turned(List<Example> honest, String word) {
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < honest.size(); i++) {
            Example row = honest.get(i);
            if (i % 20 == 3) {
                row = turned(row, row.input() + " " + word, row.origin());
                poison.add(row.key());
            }
            rows.add(row);
        }
        return new Poison.Planted(rows, poison);
    }
}
