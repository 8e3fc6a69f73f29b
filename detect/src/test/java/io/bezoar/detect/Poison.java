package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The poison each detector is for, planted in clean rows. A detector without an entry fails the laws.
final class Poison {
    /// Rows some of which are poison.
    ///
    /// @param poison keys of the poisoned rows
    record Planted(List<Example> rows, Set<Long> poison) {}

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
            Map.entry(
                    "fixed-answers",
                    _ -> Instructions.planted(
                            Instructions.honest(800, 15, false),
                            30,
                            text -> text + " See https://buy.orchid.example/7")),
            Map.entry("hidden-characters", Poison::hidden),
            Map.entry("label-mixtures", clean -> carried(clean, 25)),
            Map.entry("mean-filter", clean -> carried(clean, 40)),
            Map.entry("near-duplicates", Poison::flood),
            Map.entry("neighbour-conflict", Poison::moved),
            Map.entry("quantum-entropy", clean -> carried(clean, 80)),
            Map.entry("robust-distances", clean -> carried(clean, 25)),
            Map.entry("spectral-signatures", Poison::apart),
            Map.entry("source-bursts", Poison::burst),
            Map.entry("label-conflict", Poison::flip),
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
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (int i = 0; i < clean.size(); i++) {
            Example row = clean.get(i);
            if (i % every == 3) {
                row = change.apply(row);
                poison.add(row.key());
            }
            rows.add(row);
        }
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
    static Planted flood(List<Example> clean) {
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

    /// Six passages each on ten subjects, worded anew, among documents that share no subject.
    static Planted passages(List<Example> clean) {
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
