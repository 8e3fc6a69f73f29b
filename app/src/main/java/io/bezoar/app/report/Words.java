package io.bezoar.app.report;

import io.bezoar.core.Proportion;
import io.bezoar.core.Severity;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Numbers, shares and dates as people read them. The same on every machine: no locale takes part.
public final class Words {
    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final String[] SMALL = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
    };

    private Words() {}

    /// `3,812`
    public static String count(long number) {
        String digits = Long.toString(number);
        StringBuilder out = new StringBuilder();
        int lead = digits.startsWith("-") ? 1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            if (i > lead && (digits.length() - i) % 3 == 0) {
                out.append(',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }

    /// `1 row`, `3,812 rows`
    public static String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : plural(noun));
    }

    /// `one group`, `three groups`, `13 groups`
    static String spelled(long number, String noun) {
        return spelled(number) + " " + (number == 1 ? noun : plural(noun));
    }

    /// `one`, `three`, `13`
    static String spelled(long number) {
        return number < SMALL.length ? SMALL[(int) number] : count(number);
    }

    private static String plural(String noun) {
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    static String characters(int number) {
        return count(number, "character");
    }

    /// `91 %`, `0.4 %`, `99.6 %`. Only a true nothing is `0 %` and only a true whole `100 %`.
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return "unknown";
        }
        return percentDigits(share) + " %";
    }

    private static String percentDigits(double share) {
        double percent = 100 * share;
        if (percent <= 0) {
            return "0";
        }
        if (percent >= 100) {
            return "100";
        }
        if (percent < 0.1) {
            return "<0.1";
        }
        if (percent > 99.9) {
            return ">99.9";
        }
        long tenths = Math.round(percent * 10);
        return percent < 9.95 || percent > 98.95
                ? tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10)
                : "" + Math.round(percent);
    }

    /// `91 % [88–93]`; `not measured` without trials.
    static String interval(Proportion proportion) {
        if (proportion.trials() == 0) {
            return "not measured";
        }
        return percent(proportion.share()) + " [" + percentDigits(proportion.low()) + "–"
                + percentDigits(proportion.high()) + "]";
    }

    /// A share with one digit behind the point, for accuracies whose difference matters: `92.3 %`.
    public static String accuracy(Proportion proportion) {
        if (proportion.trials() == 0) {
            return "not measured";
        }
        long tenths = Math.round(1000 * proportion.share());
        return tenths / 10 + "." + tenths % 10 + " %";
    }

    /// `high`
    static String severity(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /// `12.4 MB`
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte");
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10 + " " + units[unit];
    }

    /// The day a text names, if it is one: `2026-07-11`.
    static Optional<LocalDate> day(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// `11 July 2026`
    static String date(LocalDate day) {
        return day.getDayOfMonth() + " " + MONTHS[day.getMonthValue() - 1] + " " + day.getYear();
    }

    /// `on 11 July 2026`, `between 10 and 18 July 2026`, `between 28 June and 3 July 2026`
    static String period(LocalDate first, LocalDate last) {
        if (ChronoUnit.DAYS.between(first, last) == 0) {
            return "on " + date(first);
        }
        String from = first.getYear() != last.getYear()
                ? date(first)
                : first.getMonth() != last.getMonth()
                        ? first.getDayOfMonth() + " " + MONTHS[first.getMonthValue() - 1]
                        : "" + first.getDayOfMonth();
        return "between " + from + " and " + date(last);
    }

    /// The text with a capital at its beginning.
    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
