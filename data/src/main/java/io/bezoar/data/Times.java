package io.bezoar.data;

import io.bezoar.core.Origin;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/// Times as data sets write them: ISO 8601 instants, local times and dates (taken as UTC), seconds,
/// milliseconds, microseconds or nanoseconds since 1970, told apart by their size; eight digits that make a
/// day of the years 1900 to 2099 are that day (the basic form of ISO 8601).
final class Times {
    private static final long LONGEST = 40;
    private static final String PLAIN = "0000-00-00T00:00:00";

    private Times() {}

    /// Milliseconds since 1970-01-01T00:00Z, or [Origin#NO_TIME] if the text is no time.
    static long millis(String text) {
        String time = text.strip();
        if (time.isEmpty() || time.length() > LONGEST) {
            return Origin.NO_TIME;
        }
        if (time.length() == 8 && time.matches("(19|20)[0-9]{6}")) {
            long day = iso(time.substring(0, 4) + "-" + time.substring(4, 6) + "-" + time.substring(6));
            if (day != Origin.NO_TIME) {
                return day;
            }
        }
        return number(time) ? epoch(Double.parseDouble(time)) : iso(time);
    }

    /// Digits with at most a sign before them and one point among them.
    private static boolean number(String time) {
        int points = 0;
        int digits = 0;
        for (int i = 0; i < time.length(); i++) {
            char c = time.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                return false;
            }
        }
        return digits > 0 && points < 2;
    }

    private static long epoch(double value) {
        double size = Math.abs(value);
        if (size < 1e11) {
            return Math.round(value * 1000);
        } else if (size < 1e14) {
            return Math.round(value);
        } else if (size < 1e17) {
            return Math.round(value / 1000);
        } else if (size < 1e19) {
            return Math.round(value / 1_000_000);
        }
        return Origin.NO_TIME;
    }

    private static long iso(String time) {
        String iso = time.toUpperCase(Locale.ROOT).replace(" UTC", "Z");
        if (iso.length() > 10 && iso.charAt(10) == ' ') {
            iso = iso.substring(0, 10) + 'T' + iso.substring(11);
        }
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            if (plain(iso)) {
                return LocalDateTime.of(
                                digits(iso, 0, 4),
                                digits(iso, 5, 7),
                                digits(iso, 8, 10),
                                digits(iso, 11, 13),
                                digits(iso, 14, 16),
                                digits(iso, 17, 19))
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
            return zoned
                    ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException | ArithmeticException _) {
            return Origin.NO_TIME;
        }
    }

    /// Is it the spelling that most data sets use, in UTC and whole seconds? It is read without the formatter that
    /// reads all others, which is slow until the JVM has compiled it.
    private static boolean plain(String iso) {
        int n = iso.length();
        if (n != PLAIN.length() && (n != PLAIN.length() + 1 || iso.charAt(n - 1) != 'Z')) {
            return false;
        }
        for (int i = 0; i < PLAIN.length(); i++) {
            char c = iso.charAt(i);
            if (PLAIN.charAt(i) == '0' ? c < '0' || c > '9' : c != PLAIN.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String iso, int from, int to) {
        return Integer.parseInt(iso, from, to, 10);
    }
}
