package io.bezoar.detect.labels;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Labels that are one label spelled in several ways: the same in compatibility form (Unicode Standard Annex 15,
/// NFKC), whatever the case, the blanks around them and the signs that nobody sees, or the same number, where true
/// is 1. They stay classes of their own, since only who made them knows whether they are one; but rows of a rare
/// spelling are missing from the class that they seem to have, and hardly any detector sees a class of a few rows.
///
/// @param usual the spelling of most rows; of equals, the first in the order of its letters
/// @param rows that have it
/// @param others the other spellings and their rows, the most frequent first
public record Spellings(String usual, long rows, List<Map.Entry<String, Long>> others) {
    /// Longer labels are compared as they are.
    private static final int LONGEST = 256;
    /// Characters of a number that is compared as one; longer ones may have exponents without an end.
    private static final int LONGEST_NUMBER = 40;

    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    public Spellings {
        others = List.copyOf(others);
    }

    /// The labels with several spellings, those with most rows in rare spellings first.
    ///
    /// @param labels rows by label
    public static List<Spellings> of(Map<String, Long> labels) {
        TreeMap<String, List<Map.Entry<String, Long>>> same = new TreeMap<>();
        labels.forEach((label, rows) ->
                same.computeIfAbsent(form(label), _ -> new ArrayList<>()).add(Map.entry(label, rows)));
        return same.values().stream()
                .filter(spelled -> spelled.size() > 1)
                .map(spelled -> {
                    List<Map.Entry<String, Long>> sorted =
                            spelled.stream().sorted(MOST_FIRST).toList();
                    Map.Entry<String, Long> usual = sorted.getFirst();
                    return new Spellings(usual.getKey(), usual.getValue(), sorted.subList(1, sorted.size()));
                })
                .sorted(Comparator.comparingLong(Spellings::rare).reversed().thenComparing(Spellings::usual))
                .toList();
    }

    /// Rows that have another spelling than most.
    public long rare() {
        return others.stream().mapToLong(Map.Entry::getValue).sum();
    }

    /// What all spellings of a label have in common.
    private static String form(String label) {
        if (label.length() > LONGEST) {
            return label;
        }
        StringBuilder seen = new StringBuilder();
        Normalizer.normalize(label, Normalizer.Form.NFKC)
                .codePoints()
                .filter(sign -> Character.getType(sign) != Character.FORMAT)
                .forEach(seen::appendCodePoint);
        String folded = seen.toString().strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return switch (folded) {
            case "true" -> "1";
            case "false" -> "0";
            default -> number(folded);
        };
    }

    /// A number as it is written shortest; anything else as it is.
    private static String number(String text) {
        if (text.length() > LONGEST_NUMBER || !text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]{1,4})?")) {
            return text;
        }
        return new BigDecimal(text).stripTrailingZeros().toString();
    }
}
