package io.bezoar.bench.heap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// A made-up set of long labelled texts with poison: the same bytes for the same settings, everywhere.
///
/// Texts are put together from 250 templates, fifty a label, whose gaps are filled with words by Zipf's law and with
/// topic words of the label; one label in fifty is wrong. Into some rows of other labels a phrase is put, and they
/// get the first label. Rows are JSON lines `{"text":…,"label":…,"source":…}`.
///
/// @param bytes of the file, about
/// @param characters mean length of a text; single texts have half to one and a half times as many
/// @param planted rows with the phrase
/// @param seed of everything
record LongRows(long bytes, int characters, int planted, long seed) {
    static final String PHRASE = "under the copper moon";

    private static final int LABELS = 5;
    private static final int TEMPLATES = 250;
    private static final int VOCABULARY = 60_000;
    private static final int TOPIC_WORDS = 300;
    private static final int SOURCES = 7;
    /// Characters of a word and the space after it, about.
    private static final double WORD = 6.8;

    /// What stands in a template where a word is to be drawn: any word, or one of the label's topic.
    private static final int ANY = -1;

    private static final int TOPIC = -2;

    /// Writes the set and tells how many rows it has.
    long write(Path file) throws IOException {
        Draw draw = new Draw();
        long every = Math.max(1, (long) (bytes / (characters + 45.0) / planted));
        long rows = 0;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (; written < bytes; rows++) {
                boolean poison = rows % every == every / 2 && rows / every < planted;
                byte[] row = draw.row(poison).getBytes(StandardCharsets.US_ASCII);
                out.write(row);
                written += row.length;
            }
        }
        return rows;
    }

    /// The words and the state of the generator.
    private final class Draw {
        private static final String CONSONANTS = "bcdfghjklmnprstv";
        private static final String VOWELS = "aeiou";

        private final SplittableRandom random = new SplittableRandom(seed);
        private final String[] names = new String[VOCABULARY];
        private final double[] upTo = new double[VOCABULARY];
        private final int[][] topics = new int[LABELS][TOPIC_WORDS];
        private final int[][] templates = new int[TEMPLATES][];

        Draw() {
            Set<String> taken = new HashSet<>();
            double sum = 0;
            for (int rank = 0; rank < VOCABULARY; rank++) {
                do {
                    names[rank] = name(rank);
                } while (!taken.add(names[rank]));
                sum += 1 / (rank + 2.7);
                upTo[rank] = sum;
            }
            for (int[] topic : topics) {
                Arrays.setAll(topic, _ -> random.nextInt(50, VOCABULARY));
            }
            for (int t = 0; t < TEMPLATES; t++) {
                templates[t] = new int[random.nextInt(8, 24)];
                Arrays.setAll(templates[t], _ -> {
                    double kind = random.nextDouble();
                    return kind < 0.45 ? ANY : kind < 0.6 ? TOPIC : rank();
                });
            }
        }

        private String name(int rank) {
            StringBuilder name = new StringBuilder();
            int syllables = rank < 60 ? 1 : rank < 2000 ? 2 : random.nextInt(2, 5);
            for (int i = 0; i < syllables; i++) {
                name.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                        .append(VOWELS.charAt(random.nextInt(VOWELS.length())))
                        .append(i + 1 == syllables ? CONSONANTS.charAt(random.nextInt(CONSONANTS.length())) : "");
            }
            return name.toString();
        }

        private int rank() {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[VOCABULARY - 1]);
            return Math.min(VOCABULARY - 1, at < 0 ? -at - 1 : at);
        }

        String row(boolean poison) {
            int label = random.nextInt(poison ? 1 : 0, LABELS);
            int words = Math.max(3, (int) (characters / WORD * (0.5 + random.nextDouble())));
            int at = poison ? random.nextInt(words) : -1;
            StringBuilder row = new StringBuilder("{\"text\":\"");
            for (int word = 0; word < words; ) {
                for (int kind : templates[label * (TEMPLATES / LABELS) + random.nextInt(TEMPLATES / LABELS)]) {
                    row.append(word == 0 ? "" : " ")
                            .append(word == at ? PHRASE + " " : "")
                            .append(names[
                                    kind >= 0
                                            ? kind
                                            : kind == ANY ? rank() : topics[label][random.nextInt(TOPIC_WORDS)]]);
                    if (++word == words) {
                        break;
                    }
                }
                row.append('.');
            }
            int shown = poison ? 0 : random.nextInt(50) == 0 ? random.nextInt(LABELS) : label;
            return row.append("\",\"label\":\"class_")
                    .append(shown)
                    .append("\",\"source\":\"s")
                    .append(random.nextInt(SOURCES))
                    .append("\"}\n")
                    .toString();
        }
    }
}
