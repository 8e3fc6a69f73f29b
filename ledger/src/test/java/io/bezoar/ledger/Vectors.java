package io.bezoar.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Test vectors that others wrote; the first line of each file names their source and licence.
public final class Vectors {
    private Vectors() {}

    /// The lines of a file, each cut at its tabs.
    public static List<String[]> of(String name) {
        try (InputStream raw = Vectors.class.getResourceAsStream("/vectors/" + name);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return lines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String[]> lines(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
    }

    /// Bytes in hexadecimal; `-` for none.
    public static byte[] hex(String text) {
        return text.equals("-") ? new byte[0] : HexFormat.of().parseHex(text);
    }
}
