package io.bezoar.data;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a column says which of the answers of a row is the better or the right one.
///
/// @param way what it says
/// @param first what ends the name of the first of two answers that stand in columns of their own; else
///     empty
/// @param second the same of the second
record Choice(Way way, String first, String second) implements Serializable {
    /// Nothing is to be chosen.
    static final Choice NOTHING = new Choice(Way.NOTHING, "", "");

    /// None of the answers: they tie, or nobody says.
    static final int NEITHER = -1;

    /// As many answers as there are letters to name them.
    static final int LETTERS = 26;

    private static final int LONGEST = 64;
    private static final Set<String> NEITHERS =
            Set.of("", "-1", "tie", "neither", "both", "none", "null", "same", "nan");

    /// What a column that chooses may say.
    enum Way {
        NOTHING,
        /// How many answers stand before it.
        FROM_ZERO,
        /// The same and one.
        FROM_ONE,
        /// Whether it is the first of two.
        FIRST_IF_TRUE,
        /// The name of one of two, or what that ends with.
        NAMED,
        /// A letter, or the number of a letter in the alphabet.
        LETTER,
        /// A list with the rank of each, 1 for the best.
        RANKS
    }

    /// How such values choose between two columns; empty if that does not show.
    ///
    /// @param values those of the first rows
    /// @param first what the name of the first column ends with: `a`, `0` or `1`
    static Optional<Choice> between(Set<String> values, String first, String second) {
        Choice named = new Choice(Way.NAMED, first, second);
        Set<String> said = said(values);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (said.stream().allMatch(value -> named.named(value) >= 0)) {
            return Optional.of(named);
        }
        return said.equals(Set.of("1", "2")) ? Optional.of(new Choice(Way.FROM_ONE, first, second)) : Optional.empty();
    }

    /// How such values choose from a list; empty if that does not show.
    ///
    /// @param zero whether any row says 0
    /// @param most the length of the longest list
    static Optional<Choice> among(Set<String> values, boolean zero, int most) {
        Set<String> said = said(values);
        boolean letters = said.stream().allMatch(value -> letter(value) >= 0 || number(value) >= 1);
        if (letters && said.stream().anyMatch(value -> letter(value) >= 0)) {
            return Optional.of(new Choice(Way.LETTER, "", ""));
        }
        if (said.isEmpty() || said.stream().anyMatch(value -> number(value) < 0)) {
            return Optional.empty();
        }
        int last = said.stream().mapToInt(Choice::number).max().orElse(0);
        if (zero) {
            return last < most ? Optional.of(new Choice(Way.FROM_ZERO, "", "")) : Optional.empty();
        }
        return last == most ? Optional.of(new Choice(Way.FROM_ONE, "", "")) : Optional.empty();
    }

    /// How they choose if the user says that they do: numbers without a sign of where they begin count
    /// from 0.
    static Choice told(Set<String> values, String first, String second) {
        boolean truths =
                values.stream().map(Choice::plain).allMatch(value -> value.equals("true") || value.equals("false"));
        return new Choice(truths && !values.isEmpty() ? Way.FIRST_IF_TRUE : Way.FROM_ZERO, first, second);
    }

    /// The index of the answer that a row chooses; [#NEITHER] for none.
    ///
    /// @param said what the column says
    /// @param keys what the answers are called; empty if they have no names
    /// @param answers how many there are
    /// @param column its name
    int of(String said, List<String> keys, int answers, String column) throws BadRow {
        String value = plain(said);
        if (neither(value)) {
            return NEITHER;
        }
        int called = keys.indexOf(said.strip());
        int chosen = called >= 0
                ? called
                : switch (way) {
                    case NOTHING -> NEITHER;
                    case FROM_ZERO -> number(value);
                    case FROM_ONE -> number(value) - 1;
                    case FIRST_IF_TRUE -> truth(value);
                    case NAMED -> named(value);
                    case LETTER -> letter(value) >= 0 ? letter(value) : number(value) - 1;
                    case RANKS -> best(said, answers);
                };
        if (way == Way.RANKS && chosen == NEITHER) {
            return NEITHER;
        }
        if (chosen < 0 || chosen >= answers) {
            throw new BadRow("expected which of " + answers + " answers is chosen in the column \"" + column
                    + "\", came " + (said.length() <= LONGEST ? "\"" + said.strip() + "\"" : "a long text"));
        }
        return chosen;
    }

    private static Set<String> said(Set<String> values) {
        return values.stream()
                .map(Choice::plain)
                .filter(value -> !neither(value))
                .collect(Collectors.toSet());
    }

    /// A value without what makes no difference: `2.0` is 2.
    private static String plain(String said) {
        String value = said.strip().toLowerCase(Locale.ROOT);
        return value.length() <= LONGEST && value.matches("-?[0-9]+\\.0+")
                ? value.substring(0, value.indexOf('.'))
                : value;
    }

    private static boolean neither(String value) {
        return NEITHERS.contains(value)
                || value.startsWith("tie ")
                || value.startsWith("tie(")
                || value.startsWith("both ");
    }

    private static int number(String value) {
        return value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : -2;
    }

    private static int letter(String value) {
        return value.length() == 1 && value.charAt(0) >= 'a' && value.charAt(0) <= 'z' ? value.charAt(0) - 'a' : -2;
    }

    private static int truth(String value) {
        return switch (value) {
            case "1", "true" -> 0;
            case "0", "false" -> 1;
            default -> -2;
        };
    }

    private int named(String value) {
        if (value.length() > LONGEST) {
            return -2;
        }
        return ends(value, first) ? 0 : ends(value, second) ? 1 : -2;
    }

    private static boolean ends(String value, String mark) {
        if (!value.endsWith(mark)) {
            return false;
        }
        int at = value.length() - mark.length();
        if (at == 0 || "_- ".indexOf(value.charAt(at - 1)) >= 0) {
            return true;
        }
        return number(mark) >= 0 && Character.isLetter(value.charAt(at - 1));
    }

    /// Where the lowest of as many ranks as there are answers stands; [#NEITHER] if it stands twice.
    private static int best(String said, int answers) {
        String[] ranks = said.split("\n", -1);
        if (ranks.length != answers) {
            return -2;
        }
        int best = 0;
        boolean twice = false;
        for (int i = 1; i < ranks.length; i++) {
            if (!Numbers.isNumber(ranks[i]) || !Numbers.isNumber(ranks[best])) {
                return -2;
            }
            int order = Double.compare(Double.parseDouble(ranks[i]), Double.parseDouble(ranks[best]));
            twice = order == 0 || order > 0 && twice;
            best = order < 0 ? i : best;
        }
        return twice ? NEITHER : best;
    }
}
