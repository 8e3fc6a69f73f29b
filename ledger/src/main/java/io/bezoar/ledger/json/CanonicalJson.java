package io.bezoar.ledger.json;

import io.bezoar.ledger.fault.Malformed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/// Writes a value in the one form of RFC 8785 (JSON Canonicalization Scheme): no white space, members by
/// the UTF-16 code units of their names, numbers as ECMAScript writes them.
public final class CanonicalJson {
    private CanonicalJson() {}

    /// The canonical bytes.
    public static byte[] bytes(JsonValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The canonical text.
    public static String text(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonValue.Text(String text) -> string(text, out);
            case JsonValue.Whole(long number) -> out.append(number);
            case JsonValue.Decimal(double number) -> out.append(number(number));
            case JsonValue.Truth(boolean truth) -> out.append(truth);
            case JsonValue.Nothing() -> out.append("null");
            case JsonValue.Elements(var values) -> {
                out.append('[');
                Iterator<JsonValue> each = values.iterator();
                while (each.hasNext()) {
                    write(each.next(), out);
                    out.append(each.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case JsonValue.Members(Map<String, JsonValue> values) -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<String, JsonValue> member : new TreeMap<>(values).entrySet()) {
                    out.append(comma);
                    string(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    comma = ",";
                }
                out.append('}');
            }
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (half(text, i)) {
                throw new Malformed("expected Unicode text, came half a surrogate pair"); // else two texts become one
            }
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean half(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /// As ECMAScript's Number::toString writes it: the fewest digits that read back to the same number,
    /// the nearest of those.
    static String number(double number) {
        if (number == 0) {
            return "0";
        }
        if (number < 0) {
            return "-" + number(-number);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (shortest.precision() == 2) {
            shortest = oneDigit(number, shortest); // Double.toString gives two digits where one would do
        }
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale();
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String exponent = (n > 0 ? "e+" : "e-") + Math.abs(n - 1);
        return digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + exponent;
    }

    private static BigDecimal oneDigit(double number, BigDecimal two) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal best = two;
        for (int up = 0; up < 2; up++) {
            BigDecimal one = BigDecimal.valueOf(two.unscaledValue().intValue() / 10 + up, two.scale() - 1)
                    .stripTrailingZeros();
            boolean nearer = best.equals(two)
                    || one.subtract(exact).abs().compareTo(best.subtract(exact).abs()) < 0;
            if (one.doubleValue() == number && nearer) {
                best = one;
            }
        }
        return best;
    }
}
