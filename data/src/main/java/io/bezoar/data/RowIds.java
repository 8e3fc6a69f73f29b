package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// The id of every row: the data's own if every row has one and no two rows share one, else what the
/// row says.
///
/// An id made of what a row says is `bz1:` and the first 130 bits of a SHA-256 in lower-case base32
/// (RFC 4648, without padding), 26 characters. Equal rows would have equal ids, so the second, third, …
/// of them in the order of files and rows has `-2`, `-3`, … after it. The digest is of the bytes
///
/// ```
/// bezoar row 1\n  vector  kind  netstring…
/// ```
///
/// where `kind` is `L` for text and label, `R` for prompt and response, `P` for prompt, chosen and
/// rejected, `A` for a text without a target, and the netstrings (length of the UTF-8 bytes in decimal,
/// `:`, the bytes, `,`) are the input and the target's texts in that order. `vector` is nothing if the
/// row has none, else `V`, how many numbers (4 bytes) and the numbers (IEEE 754, 4 bytes each),
/// big-endian. A row's id does not change when rows come, go or move, unless equal rows do, nor with
/// its source, annotator or time.
///
/// One pass over the data ([#fold]) keeps 12 bytes a row, 20 where rows have ids of their own: 64-bit
/// hashes of the declared id and of the content, and the position. Hashes that collide by chance or by
/// an adversary's work never make two ids equal: they can only make the data's own ids look shared, or
/// put a number after an id that needs none.
public final class RowIds {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] NAME = "bezoar row 1\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean declared;
    private final String from;
    private final String remark;
    private final RowIdSummary.Repeated repeated;

    private final long offence;

    private RowIds(boolean declared, String from, String remark, long offence, RowIdSummary.Repeated repeated) {
        this.offence = offence;
        this.declared = declared;
        this.from = from;
        this.remark = remark;
        this.repeated = repeated;
    }

    /// What to know of the data before ids can be given.
    public static Fold<Example, RowIdSummary> fold() {
        return new RowIdSummary.Gather();
    }

    /// The ids of the rows that `summary` has seen; `summary` must not be used afterwards.
    public static RowIds of(RowIdSummary summary) {
        long rows = summary.rows();
        long lacking = rows - summary.withId();
        long shared = lacking == 0 ? summary.sharedIds() : 0;
        if (rows > 0 && lacking == 0 && shared == 0) {
            return new RowIds(true, "the data's own ids", "", -1, RowIdSummary.Repeated.NONE);
        }
        String remark = rows == 0 || summary.withId() == 0
                ? ""
                : lacking > 0
                        ? "The data's own ids are not used: " + lacking + " of " + rows + " rows "
                                + (lacking == 1 ? "has" : "have") + " none."
                        : "The data's own ids are not used: " + shared + " of " + rows + " rows "
                                + (shared == 1 ? "has" : "have") + " an id that an earlier row has.";
        long offence = remark.isEmpty() ? -1 : lacking > 0 ? summary.firstWithout() : summary.firstShared();
        return new RowIds(
                false, "what the row says (SHA-256 of input and target)", remark, offence, summary.repeated());
    }

    /// The row's id.
    public String of(Example example) {
        if (declared) {
            return example.declaredId().orElseThrow(() -> new IllegalArgumentException("the row has no id of its own"));
        }
        String id = content(example);
        int number = repeated.number(RowIdSummary.content(example), RowIdSummary.packed(example.position()));
        return number == 1 ? id : id + "-" + number;
    }

    /// Where the ids come from, in words.
    public String from() {
        return from;
    }

    /// Why the data's own ids are not used; empty if they are or there are none.
    public Optional<String> remark() {
        return remark.isEmpty() ? Optional.empty() : Optional.of(remark);
    }

    /// The place of the first row for which the data's own ids are not used, as [RowIdSummary#packed] has it;
    /// negative if they are or there are none.
    long offence() {
        return offence;
    }

    /// The id of what a row says, without a number.
    static String content(Example example) {
        MessageDigest digest = Unpacking.sha256();
        digest.update(NAME);
        if (example.vector().length > 0) {
            vector(digest, example.vector());
        }
        switch (example.target()) {
            case Target.Label(String name) -> texts(digest, 'L', example.input(), name);
            case Target.Response(String text) -> texts(digest, 'R', example.input(), text);
            case Target.Preference(String chosen, String rejected) ->
                texts(digest, 'P', example.input(), chosen, rejected);
            case Target.Absent() -> texts(digest, 'A', example.input());
        }
        return "bz1:" + base32(digest.digest());
    }

    private static void vector(MessageDigest digest, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + 4 * vector.length);
        bytes.put((byte) 'V').putInt(vector.length);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        digest.update(bytes.flip());
    }

    private static void texts(MessageDigest digest, char kind, String... texts) {
        digest.update((byte) kind);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
            digest.update((byte) ',');
        }
    }

    /// The first 130 bits, five a character.
    private static String base32(byte[] digest) {
        char[] text = new char[26];
        for (int i = 0; i < text.length; i++) {
            int bit = 5 * i;
            int two = (digest[bit >>> 3] & 0xff) << 8 | digest[(bit >>> 3) + 1] & 0xff;
            text[i] = ALPHABET.charAt(two >>> (11 - (bit & 7)) & 31);
        }
        return new String(text);
    }
}
