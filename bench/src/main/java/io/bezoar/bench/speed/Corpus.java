package io.bezoar.bench.speed;

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

/// A made-up set of labelled texts with the statistics of real ones: the same bytes for the same settings, everywhere.
///
/// Words are drawn by rank with Zipf's law (frequency of rank `r` as `1 / (r + 2.7)`, Mandelbrot's form). A share of
/// each text's words are topic words of its label, so a model can learn the task; one label in fifty is wrong. No
/// poison. Rows are JSON lines `{"id":…,"text":…,"label":…}`.
///
/// @param labels number of labels
/// @param vocabulary number of distinct words
/// @param topicWords words of its own that each label has, drawn from the vocabulary
/// @param topicShare share of a text's words that are topic words, 0 to 1
/// @param words mean number of words of a text; single texts have a third to three times as many
/// @param seed of everything
public record Corpus(int labels, int vocabulary, int topicWords, double topicShare, int words, long seed) {
    private static final String[] ONSETS = {
        "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl", "ch",
        "sh"
    };
    private static final String[] VOWELS = {"a", "e", "i", "o", "u", "ea", "ou", "io"};
    private static final String[] CODAS = {"", "", "n", "r", "s", "t", "l", "ng", "rd", "st"};

    /// A million long rows: about 250 MB.
    public static Corpus large(int labels) {
        return new Corpus(labels, 150_000, 300, 0.15, 32, 7);
    }

    /// Ten thousand short questions in 77 classes, as intent sets for customer service have them.
    public static Corpus intents() {
        return new Corpus(77, 6_000, 14, 0.3, 12, 7);
    }

    /// Writes the first `rows` rows: a smaller number gives a prefix of a larger one.
    public void write(Path file, int rows) throws IOException {
        Draw draw = new Draw();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            StringBuilder line = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                line.setLength(0);
                draw.row(row, line);
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /// The words and the state of the generator.
    private final class Draw {
        private final String[] names = new String[vocabulary];
        private final double[] upTo = new double[vocabulary];
        private final int[][] topics = new int[labels][topicWords];
        private final SplittableRandom random = new SplittableRandom(seed);

        Draw() {
            Set<String> taken = new HashSet<>();
            double sum = 0;
            for (int rank = 0; rank < vocabulary; rank++) {
                String name;
                do {
                    name = name(rank);
                } while (!taken.add(name));
                names[rank] = name;
                sum += 1 / (rank + 2.7);
                upTo[rank] = sum;
            }
            for (int[] topic : topics) {
                for (int i = 0; i < topic.length; i++) {
                    topic[i] = random.nextInt(50, vocabulary);
                }
            }
        }

        /// Frequent words are short.
        private String name(int rank) {
            int syllables = rank < 60 ? 1 : rank < 4000 ? random.nextInt(1, 3) : random.nextInt(2, 4);
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < syllables; i++) {
                name.append(pick(ONSETS)).append(pick(VOWELS)).append(i + 1 == syllables ? pick(CODAS) : "");
            }
            return name.toString();
        }

        private String pick(String[] pieces) {
            return pieces[random.nextInt(pieces.length)];
        }

        void row(int number, StringBuilder line) {
            int label = random.nextInt(labels);
            int length = Math.max(3, words / 3 + (int) (words * 2 / 3.0 * -Math.log(1 - random.nextDouble())));
            length = Math.min(length, 3 * words);
            line.append("{\"id\":\"r").append(Integer.toString(number, 36)).append("\",\"text\":\"");
            boolean start = true;
            for (int i = 0; i < length; i++) {
                int[] topic = topics[label];
                String word = random.nextDouble() < topicShare
                        ? names[topic[(int) (topic.length * random.nextDouble() * random.nextDouble())]]
                        : names[rank()];
                if (i > 0) {
                    line.append(' ');
                }
                line.append(start ? Character.toUpperCase(word.charAt(0)) : word.charAt(0))
                        .append(word, 1, word.length());
                start = random.nextInt(14) == 0;
                if (i + 1 == length || start) {
                    line.append('.');
                } else if (random.nextInt(16) == 0) {
                    line.append(',');
                }
            }
            int shown = random.nextInt(50) == 0 ? random.nextInt(labels) : label;
            line.append("\",\"label\":\"class_").append(shown).append("\"}\n");
        }

        private int rank() {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[vocabulary - 1]);
            return Math.min(vocabulary - 1, at < 0 ? -at - 1 : at);
        }
    }
}
