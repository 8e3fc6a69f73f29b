package io.bezoar.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What a file says that is one text.
///
/// @param bytes all of it; if it is too long for a row, no more than its beginning
/// @param length how many bytes the file has
/// @param sha256 of all of them, lower-case hex
record TextFile(byte[] bytes, long length, String sha256) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MARK = 3;

    /// @param rowBytes the longest row that is read
    static TextFile read(Path file, int rowBytes) throws IOException {
        MessageDigest digest = Unpacking.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] bytes = in.readNBytes(rowBytes + MARK);
            long length = bytes.length + in.transferTo(OutputStream.nullOutputStream());
            return new TextFile(bytes, length, HEX.formatHex(digest.digest()));
        }
    }

    /// The row as one line of JSON, with `id`, `text` and, if there is one, `label`.
    ///
    /// @param name of the file, to say what is wrong with it
    /// @param label empty for none
    /// @param others how texts of the folder are written that are no UTF-8: Windows-1252, or UTF-8 if not at all
    byte[] row(String name, String id, String label, Encoding others, int rowBytes) throws BadRow {
        byte[] text = text(name, others, rowBytes);
        byte[][] pieces = {
            bytes("{\"" + TextFolder.ID + "\":\""),
            bytes(id),
            bytes("\",\"" + TextFolder.TEXT + "\":\""),
            text,
            bytes(label.isEmpty() ? "" : "\",\"" + TextFolder.LABEL + "\":\""),
            bytes(label),
            bytes("\"}")
        };
        long size = 0;
        for (int i = 0; i < pieces.length; i++) {
            size += i % 2 == 0 ? pieces[i].length : escaped(pieces[i]);
        }
        if (size > rowBytes) {
            throw new BadRow(Piece.tooLong(size, rowBytes));
        }
        byte[] row = new byte[(int) size];
        int at = 0;
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 0) {
                System.arraycopy(pieces[i], 0, row, at, pieces[i].length);
                at += pieces[i].length;
            } else {
                at = escape(pieces[i], row, at);
            }
        }
        return row;
    }

    /// How the text is written, as its first bytes say.
    Encoding encoding() {
        return Encoding.of(bytes, bytes.length);
    }

    /// The text in UTF-8, without a byte order mark.
    private byte[] text(String name, Encoding others, int rowBytes) throws BadRow {
        Encoding encoding = encoding();
        Optional<String> refused = encoding.refused(name);
        if (refused.isPresent()) {
            throw new BadRow(refused.get());
        }
        int mark = encoding == Encoding.UTF8_MARKED ? MARK : 0;
        if (length - mark > rowBytes) {
            throw new BadRow(Piece.tooLong(length - mark, rowBytes));
        }
        Piece piece = new Piece();
        piece.whole(bytes, mark, bytes.length);
        if (encoding.wide()) {
            byte[] plain = plain(encoding);
            piece.whole(plain, 0, plain.length);
        } else if (encoding == Encoding.UTF8 && others == Encoding.WINDOWS_1252 && Western.likely(bytes)) {
            byte[] plain = Windows1252.decode(bytes);
            piece.whole(plain, 0, plain.length);
        }
        RowParser.inspect(piece);
        return Arrays.copyOfRange(piece.bytes, piece.start, piece.end);
    }

    private byte[] plain(Encoding encoding) {
        try (InputStream in = Encoding.transcode(new ByteArrayInputStream(bytes), encoding)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    /// The beginning of the file, to show.
    String quote() {
        return Utf8.quote(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long escaped(byte[] text) {
        long size = 0;
        for (byte b : text) {
            size += plain(b) ? 1 : b == '"' || b == '\\' || b == '\n' ? 2 : 6;
        }
        return size;
    }

    private static boolean plain(byte b) {
        return (b < 0 || b >= ' ') && b != '"' && b != '\\';
    }

    /// Writes a text as JSON has it; where it ends.
    private static int escape(byte[] text, byte[] into, int from) {
        int at = from;
        for (byte b : text) {
            if (plain(b)) {
                into[at++] = b;
            } else {
                byte[] sign = bytes(b == '\n' ? "\\n" : b < ' ' ? "\\u00" + HEX.toHexDigits(b) : "\\" + (char) b);
                System.arraycopy(sign, 0, into, at, sign.length);
                at += sign.length;
            }
        }
        return at;
    }
}
