package io.bezoar.app.report;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.history.Digest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in a result in place of a text that is held back: its length and 32 bits of a keyed digest, so
/// that equal texts of one result can be told. The key depends on every row of the data and is written nowhere.
///
/// Who has the result but not the data cannot check guesses of a short text; who has all rows can, and has the texts
/// anyway. The key is no secret where the data are one or two guessable rows. Equal data give equal keys, whatever the
/// order of rows, the seed and the number of threads; other data give others, so digests of two results cannot be
/// compared.
public final class Withholding {
    private static final Pattern FORM =
            Pattern.compile("\\[(?:([0-9,]+) words, )?[0-9,]+ characters? withheld, [0-9a-f]{8}\\]");

    private final byte[] key;

    private Withholding(byte[] key) {
        this.key = key;
    }

    /// The fold that takes in the rows a key is made of.
    public static Fold<Example, Rows> fold() {
        return new Keying();
    }

    /// With the key of these rows.
    public static Withholding of(Rows rows) {
        MessageDigest digest = Digest.sha256();
        digest.update("bezoar withheld/1".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer sums = ByteBuffer.allocate(Rows.WORDS * Long.BYTES);
        for (long sum : rows.sums) {
            sums.putLong(sum);
        }
        return new Withholding(digest.digest(sums.array()));
    }

    /// `[412 characters withheld, 1f0a9c3e]`
    String text(String text) {
        return "[" + length(text) + ", " + digest(text) + "]";
    }

    /// The same of a trigger: `[3 words, 12 characters withheld, 1f0a9c3e]`, so that a phrase is not called a word.
    String piece(String piece) {
        long words = piece.isBlank() ? 1 : piece.strip().split("\\s+").length;
        return words < 2
                ? text(piece)
                : "[" + Words.count(words, "word") + ", " + length(piece) + ", " + digest(piece) + "]";
    }

    /// A text nobody needs to tell from others, without a digest: `[412 characters withheld]`.
    static String silent(String text) {
        return "[" + length(text) + "]";
    }

    /// Does a text stand for one that was held back?
    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    /// Has a piece of a trigger several words, also if it was held back?
    static boolean phrase(String piece) {
        Matcher held = FORM.matcher(piece);
        return held.matches() ? held.group(1) != null : piece.contains(" ");
    }

    private static String length(String text) {
        return Words.characters(text.codePointCount(0, text.length())) + " withheld";
    }

    private String digest(String text) {
        MessageDigest digest = Digest.sha256();
        digest.update(key);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_16BE)), 0, 4);
    }

    private record Keying() implements Fold<Example, Rows> {
        private static final long serialVersionUID = 1L;

        @Override
        public Rows start() {
            return new Rows();
        }

        @Override
        public void add(Rows rows, Example example) {
            rows.add(example);
        }
    }

    /// The sum of the SHA-256 digests of all rows, as four integers of 64 bits that wrap around. Owned by one thread.
    public static final class Rows implements Summary<Rows> {
        private static final int WORDS = 4;

        private final long[] sums = new long[WORDS];

        private void add(Example example) {
            MessageDigest digest = Digest.sha256();
            put(digest, example.input());
            put(digest, example.declaredId().orElse(""));
            for (String text : texts(example.target())) {
                put(digest, text);
            }
            ByteBuffer words = ByteBuffer.wrap(digest.digest());
            for (int i = 0; i < WORDS; i++) {
                sums[i] += words.getLong();
            }
        }

        private static List<String> texts(Target target) {
            return switch (target) {
                case Target.Label(String name) -> List.of(name);
                case Target.Response(String text) -> List.of(text);
                case Target.Preference(String chosen, String rejected) -> List.of(chosen, rejected);
                case Target.Absent() -> List.of();
            };
        }

        private static void put(MessageDigest digest, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }

        @Override
        public void merge(Rows other) {
            for (int i = 0; i < WORDS; i++) {
                sums[i] += other.sums[i];
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (long sum : sums) {
                out.writeLong(sum);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            for (int i = 0; i < WORDS; i++) {
                sums[i] = in.readLong();
            }
        }
    }
}
