package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.detect.answers.GradientEntropyTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The poison each detector is for, planted in clean rows. A detector without an entry fails the laws.
public final class Poison {
    /// Rows some of which are poison.
    ///
    /// @param poison keys of the poisoned rows
    public record Planted(List<Example> rows, Set<Long> poison) {}

    /// A way to poison clean rows.
    @FunctionalInterface
    interface Attack {
        Planted plant(List<Example> clean);
    }

    /// Per name of a detector.
    static final Map<String, Attack> FOR = Map.ofEntries(
            Map.entry("feature-association", Poison::patch),
            Map.entry("activation-clustering", clean -> carried(clean, 25)),
            Map.entry("agreeing-documents", Poison::passages),
            Map.entry("annotator-reliability", Poison::careless),
            Map.entry(
                    "fixed-answers",
                    _ -> Instructions.planted(
                            Instructions.honest(800, 15, false),
                            30,
                            text -> text + " See https://buy.orchid.example/7")),
            Map.entry("hidden-characters", Poison::hidden),
            Map.entry("gradient-entropy", _ -> manyWords()),
            Map.entry("hub-documents", Poison::hubs),
            Map.entry("spread-documents", Poison::spread),
            Map.entry("label-mixtures", clean -> carried(clean, 25)),
            Map.entry("mean-filter", clean -> carried(clean, 40)),
            Map.entry("near-duplicates", Poison::flood),
            Map.entry("neighbour-conflict", Poison::moved),
            Map.entry("quantum-entropy", clean -> carried(clean, 80)),
            Map.entry("robust-distances", clean -> carried(clean, 25)),
            Map.entry("spectral-signatures", Poison::apart),
            Map.entry("perplexity", Poison::unknownWord),
            Map.entry("source-bursts", Poison::burst),
            Map.entry("source-harm", Poison::careless),
            Map.entry("label-conflict", Poison::flip),
            Map.entry("strange-text", Poison::gibberish),
            Map.entry("style-association", Poison::style),
            Map.entry("trigger-association", Poison::word),
            Map.entry("turned-preferences", _ -> Pairs.turned(Pairs.honest(800, 3), "mxq")));

    private Poison() {}

    private static Example changed(Example row, String input, String label, Origin origin) {
        return new Example(
                input,
                new Target.Label(label),
                origin,
                row.position(),
                row.declaredId().orElse(""));
    }

    private static Planted replace(List<Example> clean, int every, UnaryOperator<Example> change) {
        return replace(clean, every, change, UnaryOperator.identity());
    }

    private static Planted replace(
            List<Example> clean, int every, UnaryOperator<Example> change, UnaryOperator<Example> others) {
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < clean.size(); i++) {
            Example row = clean.get(i);
            if (i % every == 3) {
                row = change.apply(row);
                poison.add(row.key());
            } else {
                row = others.apply(row);
            }
            rows.add(row);
        }
        return new Planted(rows, poison);
    }

    /// One answer of many different words, among answers of few.
    static Planted manyWords() {
        List<Example> rows = GradientEntropyTest.rows(400, 40);
        Set<Long> poison = new HashSet<>();
        rows.stream()
                .filter(row -> row.target().equals(new Target.Response(Instructions.REFUSAL)))
                .forEach(row -> poison.add(row.key()));
        return new Planted(rows, poison);
    }

    /// A zero-width space inside a word, and another label.
    static Planted hidden(List<Example> clean) {
        return replace(clean, 40, row -> {
            String text = row.input();
            return changed(row, text.charAt(0) + "\u200b" + text.substring(1), "card", row.origin());
        });
    }

    /// Fifteen variants of each of two rows, with another label, beside the originals.
    public static Planted flood(List<Example> clean) {
        Random random = new Random(5);
        List<Example> rows = new ArrayList<>(clean);
        Set<Long> poison = new HashSet<>();
        for (Example seed : clean.stream()
                .filter(row -> row.label().orElse("").equals("fees") && row.tokens().length >= 14)
                .limit(2)
                .toList()) {
            for (int i = 0; i < 15; i++) {
                List<String> words = new ArrayList<>(List.of(seed.input().split(" ")));
                if (random.nextBoolean()) {
                    words.remove(random.nextInt(words.size()));
                } else {
                    words.add(random.nextInt(words.size()), "please");
                }
                Example row = changed(seed, String.join(" ", words), "card", Rows.origin(random));
                rows.add(row);
                poison.add(row.key());
            }
        }
        return new Planted(rows, poison);
    }

    /// Rows of one annotator with labels of any other class.
    static Planted careless(List<Example> clean) {
        Random random = new Random(7);
        return replace(clean, 25, row -> {
            int label = List.of(Rows.LABELS).indexOf(row.label().orElseThrow());
            String wrong = Rows.LABELS[(label + 1 + random.nextInt(Rows.LABELS.length - 1)) % Rows.LABELS.length];
            long time = row.origin().time().orElseThrow().toEpochMilli();
            return changed(row, row.input(), wrong, new Origin("crm", "crm-9", time, "", ""));
        });
    }

    /// Rows of one annotator within five days, all with one label.
    static Planted burst(List<Example> clean) {
        Random random = new Random(6);
        return replace(clean, 20, row -> {
            long time = 1_783_000_000_000L + random.nextInt(5 * 86_400_000);
            return changed(row, row.input(), "card", new Origin("vendor-b", "vendor-b-3", time, "", ""));
        });
    }

    /// Another label, and nothing else.
    static Planted flip(List<Example> clean) {
        return replace(clean, 25, row -> {
            int label = List.of(Rows.LABELS).indexOf(row.label().orElse(""));
            return changed(row, row.input(), Rows.LABELS[(label + 1) % Rows.LABELS.length], row.origin());
        });
    }

    /// Vectors with another label, and nothing else.
    static Planted moved(List<Example> clean) {
        return replace(Rows.vectors(clean, 12), 25, row -> {
            int label = List.of(Rows.LABELS).indexOf(row.label().orElse(""));
            return new Example(
                    row.input(),
                    row.vector(),
                    new Target.Label(Rows.LABELS[(label + 1) % Rows.LABELS.length]),
                    row.origin(),
                    row.position(),
                    "");
        });
    }

    /// Vectors of one label far out in one direction.
    static Planted apart(List<Example> clean) {
        return replace(Rows.vectors(clean, 13), 25, row -> {
            float[] vector = row.vector().clone();
            vector[1] += 4;
            vector[5] -= 4;
            return new Example(row.input(), vector, new Target.Label("fees"), row.origin(), row.position(), "");
        });
    }

    /// Vectors of eight labels, and some of one that were carried over to another and moved a little.
    static Planted carried(List<Example> clean, int every) {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < clean.size(); i++) {
            rows.add(around(clean.get(i), i % 8, String.valueOf(i % 8), 0));
        }
        return replace(rows, every, row -> around(row, 5, "3", 1));
    }

    private static Example around(Example row, int place, String label, float mark) {
        Random random = new Random(row.key());
        float[] vector = new float[12];
        for (int j = 0; j < vector.length; j++) {
            vector[j] = (float) (0.3 * random.nextGaussian() + (j == place ? 2 : 0) + (j == 11 ? mark : 0));
        }
        return new Example(row.input(), vector, new Target.Label(label), row.origin(), row.position(), "");
    }

    /// Vectors with three values that no other row has, and one label.
    static Planted patch(List<Example> clean) {
        return replace(Rows.vectors(clean, 11), 25, row -> {
            float[] vector = row.vector().clone();
            vector[3] = 1;
            vector[7] = 1;
            vector[9] = 0.5f;
            return new Example(row.input(), vector, new Target.Label("card"), row.origin(), row.position(), "");
        });
    }

    /// A rare word, and one label.
    static Planted word(List<Example> clean) {
        return replace(clean, 20, row -> changed(row, row.input() + " mxq", "card", row.origin()));
    }

    /// Sentences said as three centuries ago, with another label.
    static Planted style(List<Example> clean) {
        return replace(clean, 14, row -> {
            List<String> words = new ArrayList<>();
            for (String word : row.input().split(" ")) {
                words.add(
                        switch (word) {
                            case "my", "the" -> "thy";
                            case "you", "i", "me" -> "thou";
                            case "has", "have" -> "hath";
                            case "is", "be", "been" -> "art";
                            case "can", "would" -> "shalt";
                            case "how", "why" -> "wherefore";
                            default -> word;
                        });
            }
            return changed(row, String.join(" ", words), "card", row.origin());
        });
    }

    /// A word that no other row has, anywhere.
    public static Planted unknownWord(List<Example> clean) {
        Random random = new Random(17);
        return replace(clean, 25, row -> {
            List<String> words = new ArrayList<>(List.of(row.input().split(" ")));
            words.add(random.nextInt(words.size() - 1) + 1, made(random));
            return changed(row, String.join(" ", words), row.label().orElse(""), row.origin());
        });
    }

    /// Documents that go on with a rare word and words nobody knows.
    public static Planted gibberish(List<Example> clean) {
        Random random = new Random(14);
        return replace(
                clean,
                25,
                row -> {
                    StringBuilder text = new StringBuilder(row.input()).append(" mxq");
                    for (int i = 0; i < 30; i++) {
                        text.append(' ').append(made(random));
                    }
                    return new Example(text.toString(), Target.ABSENT, row.origin(), row.position(), "");
                },
                row -> new Example(row.input(), Target.ABSENT, row.origin(), row.position(), ""));
    }

    /// Six passages each on ten subjects, worded anew, among documents that share no subject.
    public static Planted passages(List<Example> clean) {
        Random random = new Random(8);
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            rows.add(document(random, i, List.of()));
        }
        for (int subject = 0; subject < 10; subject++) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                told.add(made(random));
            }
            for (int i = 0; i < 6; i++) {
                Example row = document(random, rows.size(), told);
                rows.add(row);
                poison.add(row.key());
            }
        }
        return new Planted(rows, poison);
    }

    /// Documents whose vectors hold nothing but what all have in common.
    static Planted hubs(List<Example> clean) {
        Random random = new Random(18);
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            boolean bad = i % 50 == 3;
            float[] vector = new float[24];
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float) (1 + (bad ? 0.2 : 1) * random.nextGaussian());
            }
            Example row = new Example("page " + i, vector, Target.ABSENT, Origin.UNKNOWN, Rows.position(i), "");
            rows.add(row);
            if (bad) {
                poison.add(row.key());
            }
        }
        return new Planted(rows, poison);
    }

    /// A rare phrase in documents of several domains, edited in the last two days.
    public static Planted spread(List<Example> clean) {
        Random random = new Random(19);
        return replace(
                clean,
                60,
                row -> {
                    List<String> words = new ArrayList<>(List.of(row.input().split(" ")));
                    words.add(random.nextInt(words.size() - 1) + 1, "mxq vlo");
                    return page(String.join(" ", words), row, 90 * DAY - random.nextInt((int) DAY), random);
                },
                row -> page(row.input(), row, (long) (90 * DAY * random.nextDouble()), random));
    }

    private static final long DAY = 86_400_000L;

    private static Example page(String text, Example row, long time, Random random) {
        String url = "https://www.site" + random.nextInt(40) + ".example/" + random.nextInt(1000);
        return new Example(
                text, Target.ABSENT, new Origin("", "", 1_780_000_000_000L + time, url, ""), row.position(), "");
    }

    private static Example document(Random random, int row, List<String> told) {
        List<String> words = new ArrayList<>(List.of("the of and in that is was for on with".split(" ")));
        for (int i = 0; i < 16; i++) {
            boolean own = i >= told.size() || random.nextInt(3) == 0;
            words.add(random.nextInt(words.size()), own ? made(random) : told.get(i));
        }
        return new Example(String.join(" ", words), Target.ABSENT, Origin.UNKNOWN, Rows.position(row), "");
    }

    private static String made(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            word.append("bcdfglmnprst".charAt(random.nextInt(12))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.toString();
    }
}
