package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A text with signatures, as C2SP's signed-note writes it: the text, an empty line, one line a signature.
///
/// @param text ends in a line feed
/// @param lines the signatures
public record Note(String text, List<Line> lines) {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 100;
    private static final int TIMED = 8 + 64;

    /// A signature line.
    ///
    /// @param name of the key
    /// @param id which key of that name, see [NamedKey#id]
    /// @param signature what the key's type makes of it
    public record Line(String name, int id, byte[] signature) {
        String text() {
            byte[] bytes = ByteBuffer.allocate(4 + signature.length)
                    .putInt(id)
                    .put(signature)
                    .array();
            return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
        }

        boolean of(NamedKey key) {
            return name.equals(key.name()) && id == key.id();
        }
    }

    public Note {
        if (!text.endsWith("\n") || text.codePoints().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new Malformed("expected a note that ends in a line feed, without control characters, came another");
        }
        lines = List.copyOf(lines);
    }

    /// Reads [#bytes].
    public static Note read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new Malformed("expected a note of at most 1 MiB, came " + bytes.length + " bytes");
        }
        String all;
        try {
            all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Malformed("expected a note in UTF-8, came other bytes");
        }
        int split = all.lastIndexOf("\n\n");
        if (split < 0 || !all.endsWith("\n") || split + 2 == all.length()) {
            throw new Malformed("expected a note with signatures behind an empty line, came none");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : all.substring(split + 2, all.length() - 1).split("\n", -1)) {
            lines.add(line(line));
            if (lines.size() > MOST_LINES) {
                throw new Malformed("expected a note of at most " + MOST_LINES + " signatures, came more");
            }
        }
        return new Note(all.substring(0, split + 1), lines);
    }

    private static Line line(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals("\u2014")) {
            throw new Malformed("expected a signature line of a dash, a name and base64, came another line");
        }
        NamedKey.checkName(words[1]);
        byte[] bytes = NamedKey.base64(words[2]);
        if (bytes.length < 5) {
            throw new Malformed("expected a signature behind the key's id, came nothing");
        }
        return new Line(words[1], ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    /// The text signed by that key.
    public static Note signed(String text, SigningKey key) {
        return new Note(text, List.of()).with(line(text, key, 0));
    }

    /// The same with the cosignature of a key of type [NamedKey.Type#COSIGNATURE].
    ///
    /// @param seconds the time, since 1970
    public Note cosigned(SigningKey key, long seconds) {
        return with(line(text, key, seconds));
    }

    /// The same with one more line, unless that key has one.
    public Note with(Line line) {
        if (lines.stream().anyMatch(each -> each.name().equals(line.name()) && each.id() == line.id())) {
            return this;
        }
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Note(text, more);
    }

    private static Line line(String text, SigningKey key, long seconds) {
        byte[] signature = switch (key.named().type()) {
            case SIGNATURE -> key.sign(text.getBytes(StandardCharsets.UTF_8));
            case COSIGNATURE ->
                ByteBuffer.allocate(TIMED)
                        .putLong(seconds)
                        .put(key.sign(timed(text, seconds)))
                        .array();
        };
        return new Line(key.name(), key.named().id(), signature);
    }

    private static byte[] timed(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /// Did that key sign? Empty if it left no line; the time of a cosignature in seconds since 1970, else
    /// 0.
    ///
    /// @throws Malformed if a line claims to be the key's and is not
    public OptionalLong signedBy(NamedKey key) {
        OptionalLong found = OptionalLong.empty();
        for (Line line : lines) {
            if (line.of(key)) {
                Optional<Long> time = verified(line, key);
                if (time.isEmpty()) {
                    throw new Malformed("expected the signature of " + key.name() + " on a note, came a wrong one");
                }
                found = OptionalLong.of(found.isEmpty() ? time.get() : Math.min(found.getAsLong(), time.get()));
            }
        }
        return found;
    }

    private Optional<Long> verified(Line line, NamedKey key) {
        return switch (key.type()) {
            case SIGNATURE ->
                key.key().verifies(text.getBytes(StandardCharsets.UTF_8), line.signature())
                        ? Optional.of(0L)
                        : Optional.empty();
            case COSIGNATURE -> {
                if (line.signature().length != TIMED) {
                    yield Optional.empty();
                }
                ByteBuffer blob = ByteBuffer.wrap(line.signature());
                long seconds = blob.getLong();
                byte[] signature = Arrays.copyOfRange(line.signature(), 8, TIMED);
                yield seconds >= 0 && key.key().verifies(timed(text, seconds), signature)
                        ? Optional.of(seconds)
                        : Optional.empty();
            }
        };
    }

    /// Which of the keys signed; unknown lines are passed over.
    ///
    /// @throws Malformed if a line claims to be one of the keys' and is not, or if none of them signed
    public Set<NamedKey> verified(Collection<NamedKey> keys) {
        Set<NamedKey> signed = new HashSet<>();
        for (NamedKey key : keys) {
            if (signedBy(key).isPresent()) {
                signed.add(key);
            }
        }
        if (signed.isEmpty()) {
            throw new Malformed("expected a note signed by a known key, came none");
        }
        return signed;
    }

    /// The note as it is stored and sent.
    public byte[] bytes() {
        StringBuilder all = new StringBuilder(text).append('\n');
        lines.forEach(line -> all.append(line.text()));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
