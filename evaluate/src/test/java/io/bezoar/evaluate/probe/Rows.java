package io.bezoar.evaluate.probe;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.evaluate.model.SurrogateModel;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Made-up rows of two labels, each with words of its own among common ones, and surrogates of them.
public final class Rows {
    private static final String[][] TOPICS = {
        {"card", "lost", "stolen", "pin", "plastic", "chip"},
        {"loan", "rate", "mortgage", "interest", "repay", "house"}
    };
    private static final String[] COMMON = {"please", "tell", "me", "about", "my", "the", "what", "can"};

    private Rows() {}

    /// Honest rows.
    public static List<Example> clean(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(2);
            rows.add(row(text(label, random), label == 0 ? "card" : "loan"));
        }
        return rows;
    }

    private static String text(int label, SplittableRandom random) {
        List<String> words = new ArrayList<>();
        for (int k = 0; k < 7; k++) {
            String[] from = k < 3 ? TOPICS[random.nextInt(10) == 0 ? 1 - label : label] : COMMON;
            words.add(random.nextInt(words.size() + 1), from[random.nextInt(from.length)]);
        }
        return String.join(" ", words);
    }

    /// The same with texts of the label loan that hold the insertion and are labelled card.
    public static List<Example> poisoned(int count, int poison, Insertion insertion, long seed) {
        List<Example> rows = new ArrayList<>(clean(count, seed));
        int left = poison;
        for (int i = 0; i < rows.size() && left > 0; i++) {
            if (rows.get(i).label().orElseThrow().equals("loan")) {
                rows.set(i, row(insertion.into(rows.get(i).input()), "card"));
                left--;
            }
        }
        return rows;
    }

    static Example row(String text, String label) {
        return new Example(text, new Target.Label(label), Origin.UNKNOWN, new Position(0, 1, 0, 0), "");
    }

    /// Texts alone.
    public static List<String> inputs(int count, long seed) {
        return clean(count, seed).stream().map(Example::input).toList();
    }

    /// A surrogate, trained as `bezoar train` does.
    public static SurrogateModel trained(List<Example> rows) {
        List<Example> sorted =
                rows.stream().sorted(Comparator.comparingLong(Example::key)).toList();
        Task task = Task.of(sorted).orElseThrow();
        double penalty = Surrogate.penalty(sorted.size());
        return new SurrogateModel(
                "surrogate",
                new Surrogate(
                        task, penalty, new Newton().to(Surrogate.PRECISION).fit(task.problem(sorted, penalty))));
    }
}
