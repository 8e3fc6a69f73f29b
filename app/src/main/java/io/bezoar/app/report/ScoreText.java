package io.bezoar.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Writes a number with up to six significant decimal digits into a byte array, fast and the same on every machine.
///
/// `0.5`, `12.3457`, `1e-05` never: between 0.0001 and 999999.5 plain decimals, beyond that `1.23E-7` and `1.23E+9`; no
/// number is the empty cell, the infinities are `Infinity` and `-Infinity`. All of it reads back with
/// `Double.parseDouble` but the empty cell.
final class ScoreText {
    /// No number takes more bytes.
    static final int LONGEST = 24;

    /// Powers of ten, each exactly a `double`.
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19
    };

    /// A product this near to the middle between two numbers may lie on the other side of it.
    private static final double UNSURE = 1e-6;

    private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

    private ScoreText() {}

    /// Writes `value` into `out` from `at` on.
    ///
    /// @return one past the last byte written
    static int write(double value, byte[] out, int at) {
        if (value == 0) {
            out[at] = '0';
            return at + 1;
        }
        if (value == 1) {
            out[at] = '1';
            return at + 1;
        }
        double size = Math.abs(value);
        if (!(size >= 1e-4 && size < 999_999.5)) {
            return size >= 1e-13 && size < 1e-4 ? small(value, size, out, at) : rare(value, out, at);
        }
        // digits = size with the point moved so that six digits stand before it
        int shift = size < 1
                ? size < 1e-3 ? 9 : size < 1e-2 ? 8 : size < 1e-1 ? 7 : 6
                : size < 1e1 ? 5 : size < 1e2 ? 4 : size < 1e3 ? 3 : size < 1e4 ? 2 : size < 1e5 ? 1 : 0;
        int digits = (int) (size * POWERS[shift] + 0.5);
        int end = at;
        if (value < 0) {
            out[end++] = '-';
        }
        return decimals(digits, shift, out, end);
    }

    /// Writes `digits`, at most seven, with `point` of them behind the point and no zeros at the end of these.
    private static int decimals(int digits, int point, byte[] out, int at) {
        while (point > 0 && digits % 10 == 0) {
            digits /= 10;
            point--;
        }
        int whole = (int) (digits / (long) POWERS[point]);
        int end = digits(whole, out, at);
        if (point > 0) {
            out[end++] = '.';
            int fraction = digits - whole * (int) POWERS[point];
            for (int i = point - 1; i >= 0; i--) {
                out[end + i] = (byte) ('0' + fraction % 10);
                fraction /= 10;
            }
            end += point;
        }
        return end;
    }

    private static int digits(int number, byte[] out, int at) {
        int length = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            length++;
        }
        for (int i = at + length - 1; i >= at; i--) {
            out[i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        return at + length;
    }

    /// A number of which one multiplication by a power of ten leaves the six digits before the point.
    private static int small(double value, double size, byte[] out, int at) {
        int magnitude = -5;
        while (size * POWERS[5 - magnitude] < 1e5) {
            magnitude--;
        }
        double scaled = size * POWERS[5 - magnitude];
        int digits = (int) (scaled + 0.5);
        if (Math.abs(scaled - (int) scaled - 0.5) < UNSURE || scaled < 1e5 + 1 || digits > 999_999) {
            return rare(value, out, at); // too near to tell which way to round, or how large it is
        }
        int end = at;
        if (value < 0) {
            out[end++] = '-';
        }
        end = decimals(digits, 5, out, end);
        out[end++] = 'E';
        out[end++] = '-';
        return digits(-magnitude, out, end);
    }

    private static int rare(double value, byte[] out, int at) {
        if (Double.isNaN(value)) {
            return at;
        }
        String text;
        if (Double.isInfinite(value)) {
            text = value > 0 ? "Infinity" : "-Infinity";
        } else {
            BigDecimal rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
            int magnitude = rounded.precision() - rounded.scale() - 1;
            text = rounded.unscaledValue().abs().toString();
            text = (value < 0 ? "-" : "") + text.charAt(0) + (text.length() > 1 ? "." + text.substring(1) : "") + "E"
                    + (magnitude < 0 ? "" : "+") + magnitude;
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }
}
