package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;

/// Small data sets of every kind.
final class Sets {
    private static final String[] TOPICS = {"card", "loan", "rate"};
    private static final String[] WORDS = {
        "my", "lost", "yesterday", "please", "help", "why", "is", "the", "number", "because", "bank", "you", "have"
    };

    private Sets() {}

    static TrainingSet of(Kind kind) {
        return new TrainingSet(rows(kind));
    }

    static List<Example> rows(Kind kind) {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(row(kind, i, text(i)));
        }
        return rows;
    }

    /// The same with inputs that nobody sensible writes.
    static List<Example> hostile(Kind kind) {
        List<Example> rows = rows(kind);
        List<String> texts = List.of(
                "",
                " ",
                "\t\n",
                "\ud800",
                "a\udc00b",
                "\u0000",
                "...",
                "x".repeat(1_000_000),
                "a b ".repeat(100_000),
                "\u200b\u200b",
                "İİİ when if as",
                "🙂",
                "when",
                " because ",
                "$1 \\ %s",
                "</script>");
        for (int i = 0; i < texts.size(); i++) {
            rows.set(10 * i + 1, row(kind, 10 * i + 1, texts.get(i)));
        }
        return rows;
    }

    private static String text(int i) {
        StringBuilder text = new StringBuilder(TOPICS[i % 3]);
        for (int k = 0; k < 6; k++) {
            text.append(' ').append(WORDS[(i * 7 + k * k) % WORDS.length]);
        }
        return text.append(" item").append(i % 14).append(" number ").append(i).toString();
    }

    private static Example row(Kind kind, int i, String text) {
        Target target = switch (kind) {
            case LABELLED, VECTOR -> new Target.Label(i % 10 == 0 ? "other" : TOPICS[i % 3]);
            case ANSWERED -> new Target.Response("an answer to " + text.length());
            case PREFERENCE ->
                new Target.Preference("good answer " + i, i % 2 == 0 ? "bad" : "bad answer at length " + i);
            case TEXT -> Target.ABSENT;
        };
        Origin origin = new Origin(
                "vendor-" + i % 3,
                "annotator-" + i % 4,
                1_750_000_000_000L + i * 10_000L,
                "https://site" + i % 9 + ".example.org/page/" + i,
                "");
        return kind == Kind.VECTOR
                ? new Example("", vector(i, text), target, origin, new Position(0, i + 1, i * 100L, 90), "id" + i)
                : new Example(text, target, origin, new Position(0, i + 1, i * 100L, 90), "id" + i);
    }

    /// Numbers that tell the topics apart, nearly; those of a hostile text are none.
    private static float[] vector(int i, String text) {
        float[] vector = new float[6];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = text.startsWith("x") || text.isBlank()
                    ? Float.NaN
                    : (i % 3 == k ? 1 : 0) + (i * (k + 3) % 11) / 11f;
        }
        return vector;
    }
}
