package io.bezoar.learn.onnx;

import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import io.bezoar.learn.surrogate.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// How texts become the `numbers` and `values` that an exported model of text takes, as a file beside
/// it: the n-grams, the hash and the rarity of each known feature by its number, and the labels. See
/// `docs/formats/onnx.md`.
///
/// @param labels by the number of their score; empty for a model of preferences
public record TextFeatures(NGrams grams, Vocabulary vocabulary, List<String> labels) {
    private static final String NAME = "bezoar features 1";
    private static final int LONGEST = 1 << 30;

    public TextFeatures {
        labels = List.copyOf(labels);
    }

    /// Those of a surrogate's task.
    public static TextFeatures of(Task.Text task) {
        return new TextFeatures(task.features(), task.vocabulary(), task.labels());
    }

    /// The features of some texts, filled up to equal length with the number [#padding] and the value 0.
    ///
    /// @param numbers ascending but for the padding
    public record Batch(long[][] numbers, float[][] values) {}

    /// The number that counts nothing.
    public int padding() {
        return vocabulary.size();
    }

    /// The features of texts.
    public Batch batch(List<String> texts) {
        SparseRows.Builder builder = new SparseRows.Builder();
        for (String text : texts) {
            int[] known = vocabulary.numbers(grams.of(Tokenizer.tokens(text), text));
            builder.add(known, known.length);
        }
        SparseRows rows = builder.build(vocabulary);
        int longest = 1;
        for (int row = 0; row < texts.size(); row++) {
            longest = Math.max(longest, rows.features(row).length);
        }
        long[][] numbers = new long[texts.size()][longest];
        float[][] values = new float[texts.size()][];
        for (int row = 0; row < numbers.length; row++) {
            int[] features = rows.features(row);
            Arrays.fill(numbers[row], padding());
            for (int k = 0; k < features.length; k++) {
                numbers[row][k] = features[k];
            }
            values[row] = Arrays.copyOf(rows.values(row), longest);
        }
        return new Batch(numbers, values);
    }

    /// The file: lines of ASCII.
    public byte[] bytes() {
        StringBuilder out = new StringBuilder(NAME).append('\n');
        out.append("words ").append(grams.words()).append('\n');
        out.append("characters ")
                .append(grams.shortest())
                .append(' ')
                .append(grams.longest())
                .append('\n');
        labels.forEach(label -> out.append("label ").append(quoted(label)).append('\n'));
        long[] hashes = vocabulary.hashes();
        float[] rarity = vocabulary.rarity();
        for (int i = 0; i < hashes.length; i++) {
            out.append("feature ")
                    .append(HexFormat.of().toHexDigits(hashes[i]))
                    .append(' ')
                    .append(rarity[i])
                    .append('\n');
        }
        return out.append("end\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// The SHA-256 of the file, in hexadecimal; the model names it, so that nobody mixes two up.
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Reads a file.
    ///
    /// @throws IOException if it is not there or no such file; the message is one sentence
    public static TextFeatures read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw broken(file, 0, "it has more than 2^30 bytes");
        }
        String all;
        try {
            all = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "expected a description of features in \"" + file + "\", came bytes that are no ASCII", e);
        }
        BufferedReader lines = new BufferedReader(new StringReader(all));
        int[] settings = new int[3];
        List<String> labels = new ArrayList<>();
        List<Long> hashes = new ArrayList<>();
        List<Float> rarity = new ArrayList<>();
        int number = 1;
        if (!NAME.equals(lines.readLine())) {
            throw broken(file, number, "it does not begin with \"" + NAME + "\"");
        }
        try {
            for (String line = lines.readLine(); !"end".equals(line); line = lines.readLine()) {
                number++;
                if (line == null) {
                    throw broken(file, number, "its end is missing");
                }
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "words" -> settings[0] = Integer.parseInt(words[1]);
                    case "characters" -> {
                        settings[1] = Integer.parseInt(words[1]);
                        settings[2] = Integer.parseInt(words[2]);
                    }
                    case "label" -> labels.add(unquoted(line.substring("label ".length())));
                    case "feature" -> {
                        hashes.add(HexFormat.fromHexDigitsToLong(words[1]));
                        rarity.add(Float.parseFloat(words[2]));
                    }
                    default -> throw broken(file, number, "it begins with no word of version 1");
                }
            }
            float[] rarities = new float[rarity.size()];
            for (int i = 0; i < rarities.length; i++) {
                rarities[i] = rarity.get(i);
            }
            return new TextFeatures(
                    new NGrams(settings[0], settings[1], settings[2]),
                    Vocabulary.of(hashes.stream().mapToLong(Long::longValue).toArray(), rarities),
                    labels);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw broken(file, number, String.valueOf(e.getMessage()));
        }
    }

    private static IOException broken(Path file, int line, String problem) {
        return new IOException("expected a description of features in \"" + file + "\", but of line " + line + ": "
                + problem + "; export the model again");
    }

    /// A text as JSON writes it, all but printable ASCII escaped.
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return out.append('"').toString();
    }

    private static String unquoted(String text) {
        StringBuilder out = new StringBuilder();
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            throw new IllegalArgumentException("a label has no quotes");
        }
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == '\\') {
                out.append((char) HexFormat.fromHexDigits(text, i + 2, i + 6));
                i += 5;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
