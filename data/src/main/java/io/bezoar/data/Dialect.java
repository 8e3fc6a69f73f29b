package io.bezoar.data;

import java.io.Serializable;
import java.util.List;

/// How a file of delimited fields is written.
///
/// @param delimiter between fields; [#NONE] if a line is one field
/// @param quoted whether fields may be quoted (RFC 4180), so that they hold delimiters, line breaks and doubled quotes
/// @param escaped whether a backslash in quotes takes the next quote or backslash as it is, as Spark
/// writes
/// @param header whether the first record names the columns
/// @param columns the columns' names; `1`, `2`, … without a header
record Dialect(byte delimiter, boolean quoted, boolean escaped, boolean header, List<String> columns)
        implements Serializable {
    /// A byte that is in no UTF-8 text.
    static final byte NONE = (byte) 0xff;

    Dialect {
        columns = List.copyOf(columns);
    }

    String words() {
        return switch (delimiter) {
            case ',' -> "comma";
            case '\t' -> "tab";
            case ';' -> "semicolon";
            case '|' -> "bar";
            default -> "no delimiter";
        };
    }
}
