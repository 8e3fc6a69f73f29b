package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Rows made up for tests: English-like sentences of a few classes, from a few sources over ninety days.
public final class Rows {
    public static final String[] LABELS = {"card", "transfer", "fees", "top-up"};
    private static final long DAY = 86_400_000L;

    private static final String[] SHARED =
            ("i my the a to is was how can you please what why when it this that for on with not have from be do at"
                            + " has been would like know need help me about again still today yesterday now after before because")
                    .split(" ");
    private static final String[][] OWN = {
        "card arrive delivery plastic chip pin lost stolen replace activate freeze visa".split(" "),
        "transfer send recipient bank account iban pending failed beneficiary sepa swift cancel".split(" "),
        "fee charged charge exchange rate foreign extra cost statement refund percentage hidden".split(" "),
        "top up limit automatic apple google pay verify cheque cash deposit balance".split(" ")
    };

    private Rows() {}

    public static Position position(int row) {
        return new Position(0, row + 1, 100L * row, 90);
    }

    public static Example row(String input, Target target, Origin origin, int row) {
        return new Example(input, target, origin, position(row), "row-" + row);
    }

    public static Example labelled(String input, String label) {
        return row(input, new Target.Label(label), Origin.UNKNOWN, 0);
    }

    public static String sentence(int label, Random random) {
        StringBuilder text = new StringBuilder();
        int words = 8 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
            String[] from = random.nextInt(5) < 2 ? OWN[label] : SHARED;
            text.append(i == 0 ? "" : " ").append(from[random.nextInt(from.length)]);
        }
        return text.append(random.nextBoolean() ? "?" : ".").toString();
    }

    public static Origin origin(Random random) {
        String source = new String[] {"crm", "email", "chat", "vendor-a", "vendor-b", "app"}[random.nextInt(6)];
        long time = 1_780_000_000_000L + DAY * random.nextInt(90) + random.nextInt(86_400_000);
        return new Origin(source, source + "-" + random.nextInt(5), time, "", "");
    }

    /// A row with another input and another label.
    public static Example changed(Example row, String input, String label) {
        return new Example(
                input,
                new Target.Label(label),
                row.origin(),
                row.position(),
                row.declaredId().orElse(""));
    }

    /// A row with another input.
    public static Example with(Example row, String input, float[] vector) {
        return new Example(
                input,
                vector,
                row.target(),
                row.origin(),
                row.position(),
                row.declaredId().orElse(""));
    }

    /// The rows with vectors of twelve numbers, six of them around a place that their label has; some labels are
    /// neighbours.
    static List<Example> vectors(List<Example> rows, long seed) {
        Random random = new Random(seed);
        List<Example> out = new ArrayList<>();
        for (Example row : rows) {
            float[] vector = new float[12];
            int label = List.of(LABELS).indexOf(row.label().orElse(LABELS[0]));
            for (int j = 0; j < vector.length; j++) {
                vector[j] = j % 2 == 1
                        ? (float) (0.2 * random.nextGaussian())
                        : (float) (0.3 * random.nextGaussian() + (j / 2 % 4 == label ? 2 : 0));
            }
            out.add(with(row, row.input(), vector));
        }
        return out;
    }

    /// Clean rows.
    public static List<Example> clean(int count, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(LABELS.length);
            rows.add(row(sentence(label, random), new Target.Label(LABELS[label]), origin(random), i));
        }
        return rows;
    }
}
