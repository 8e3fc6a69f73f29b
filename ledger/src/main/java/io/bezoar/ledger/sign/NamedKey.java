package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A public key with the name it goes by, as C2SP signed notes write it: `name+hash+base64(type key)`.
///
/// @param name of the key's holder, without white space and `+`
/// @param type what it signs
/// @param key the key
public record NamedKey(String name, Type type, PublicKey key) {
    /// What a key signs, with the byte that C2SP gives it.
    public enum Type {
        /// Notes, and everything else that is not a cosignature.
        SIGNATURE(1),
        /// Checkpoints of others, with the time (`cosignature/v1`).
        COSIGNATURE(4);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }

        static Type of(byte code) {
            return switch (code) {
                case 1 -> SIGNATURE;
                case 4 -> COSIGNATURE;
                default -> throw new Malformed("expected a key of type 1 or 4, came type " + code);
            };
        }
    }

    public NamedKey {
        checkName(name);
    }

    static void checkName(String name) {
        if (name.isEmpty()
                || name.length() > 255
                || name.indexOf('+') >= 0
                || name.codePoints()
                        .anyMatch(c -> Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || c < 0x20
                                || c == 0x7f
                                || c == 0xfffd
                                || (c >= 0xd800 && c < 0xe000))) {
            throw new Malformed("expected the name of a key, without white space and +, came another text");
        }
    }

    /// Reads [#text].
    public static NamedKey of(String text) {
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (first < 0 || second < 0) {
            throw new Malformed("expected a key as name+hash+base64, came another text");
        }
        byte[] typed = base64(text.substring(second + 1));
        if (typed.length != 1 + PublicKey.BYTES) {
            throw new Malformed("expected a key of 33 bytes, came " + typed.length);
        }
        NamedKey key = new NamedKey(
                text.substring(0, first), Type.of(typed[0]), PublicKey.of(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!key.hash().equals(text.substring(first + 1, second))) {
            throw new Malformed("expected the hash " + key.hash() + " in a key, came another");
        }
        return key;
    }

    /// The first four bytes of the digest of name, type and key: which line of a note to look at, no more
    /// than a hint.
    public int id() {
        return id(name, type, key);
    }

    private static int id(String name, Type type, PublicKey key) {
        byte[] start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + 1 + PublicKey.BYTES);
        all[start.length] = type.code();
        System.arraycopy(key.bytes(), 0, all, start.length + 1, PublicKey.BYTES);
        return ByteBuffer.wrap(Hasher.digest(all).bytes()).getInt();
    }

    String hash() {
        return HexFormat.of().toHexDigits(id());
    }

    /// The key as one word.
    public String text() {
        byte[] typed = new byte[1 + PublicKey.BYTES];
        typed[0] = type.code();
        System.arraycopy(key.bytes(), 0, typed, 1, PublicKey.BYTES);
        return name + "+" + hash() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /// Base64 in its one standard form.
    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // answered below
        }
        throw new Malformed("expected base64 in its standard form, came another text");
    }

    @Override
    public String toString() {
        return text();
    }
}
