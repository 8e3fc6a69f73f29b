package io.bezoar.data;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a data set is read.
///
/// @param format `auto`, or the container: one of [#FORMATS]
/// @param map role to column, over what is recognised: `text` to `body`; a dotted column is nested
/// @param partBytes bytes of one part, at least 1; 0 for 16 parts of 256 KiB to 4 MiB, up to 64 of a larger set
/// @param rowBytes the longest row that is read; a longer one is reported and skipped without holding it in memory
/// @param depth how deep JSON may nest
/// @param unpackedBytes the most bytes one compressed file, or standard input, may give
/// @param unpackedRatio the most bytes one compressed byte may give on average, once a file has given 256 MiB
/// @param temporary folder for unpacked copies; they are deleted on close
/// @param except a folder that is not read as part of a folder around it, so that no scan reads its
///     own results; empty for none
public record ReadSettings(
        String format,
        Map<String, String> map,
        long partBytes,
        int rowBytes,
        int depth,
        long unpackedBytes,
        int unpackedRatio,
        String temporary,
        String except)
        implements Serializable {

    /// The format of folders whose files are one text each.
    static final String FOLDERS = "folders";

    /// The containers by name.
    public static final List<String> FORMATS =
            List.of("auto", "jsonl", "json", "csv", "tsv", "lines", "fasttext", "parquet", FOLDERS);

    /// Sensible for all but the strangest data.
    public static final ReadSettings DEFAULT = new ReadSettings(
            "auto", Map.of(), 0, 16 << 20, 64, 256L << 30, 200, System.getProperty("java.io.tmpdir", "."), "");

    public ReadSettings {
        format = format.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException(
                    "expected a format of " + String.join(", ", FORMATS) + ", came " + format);
        }
        SortedMap<String, String> sorted = new TreeMap<>();
        map.forEach((role, column) -> sorted.put(Role.of(role).word(), column));
        sorted.forEach((role, column) -> sorted.forEach((other, same) -> {
            if (!role.equals(other) && (column.equals(same) || joins(role, column, same))) {
                throw new IllegalArgumentException(
                        "expected every column in one role, came \"" + same + "\" as " + role + " and as " + other);
            }
        }));
        map = Map.copyOf(sorted);
        if (partBytes < 0 || rowBytes < 1 || depth < 1 || unpackedBytes < 1 || unpackedRatio < 1) {
            throw new IllegalArgumentException("bounds must be positive");
        }
        if (rowBytes > 1 << 30 || depth > 1000) {
            throw new IllegalArgumentException("rowBytes must be at most 1 GiB and depth at most 1000");
        }
    }

    /// Is a column one of those that a label is joined of?
    private static boolean joins(String role, String columns, String column) {
        return role.equals(Role.LABEL.word()) && Labels.columns(columns).contains(column);
    }

    /// The same with another format.
    public ReadSettings withFormat(String name) {
        return new ReadSettings(name, map, partBytes, rowBytes, depth, unpackedBytes, unpackedRatio, temporary, except);
    }

    /// The same with another mapping of roles to columns.
    public ReadSettings withMap(Map<String, String> roles) {
        return new ReadSettings(
                format, roles, partBytes, rowBytes, depth, unpackedBytes, unpackedRatio, temporary, except);
    }

    /// The same with parts of another size.
    public ReadSettings withPartBytes(long bytes) {
        return new ReadSettings(format, map, bytes, rowBytes, depth, unpackedBytes, unpackedRatio, temporary, except);
    }

    /// The same with another bound on a row.
    public ReadSettings withRowBytes(int bytes) {
        return new ReadSettings(format, map, partBytes, bytes, depth, unpackedBytes, unpackedRatio, temporary, except);
    }

    /// The same with other bounds on what a compressed file may give.
    public ReadSettings withUnpacked(long bytes, int ratio) {
        return new ReadSettings(format, map, partBytes, rowBytes, depth, bytes, ratio, temporary, except);
    }

    /// The same with another folder for unpacked copies.
    public ReadSettings withTemporary(String folder) {
        return new ReadSettings(format, map, partBytes, rowBytes, depth, unpackedBytes, unpackedRatio, folder, except);
    }

    /// The same without a folder: where the results go.
    public ReadSettings withExcept(String folder) {
        return new ReadSettings(
                format, map, partBytes, rowBytes, depth, unpackedBytes, unpackedRatio, temporary, folder);
    }
}
