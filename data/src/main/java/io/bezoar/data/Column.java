package io.bezoar.data;

import io.bezoar.core.Origin;
import io.bezoar.data.RowParser.Value;
import io.bezoar.data.RowParser.Value.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a column holds in the first rows.
final class Column {
    /// What is said of a column that holds no texts.
    static final String NESTED = " (a list or an object a row)";

    private static final int LONG_TEXT = 40;
    /// Characters of a column of texts on average, at least.
    private static final int SOME_WORDS = 16;

    private static final int RARE = 50;
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(\\.0+)?");

    private static final int MOST_SPEAKERS = 32;

    /// Names of what turns say that is not read.
    private static final int MOST_ASIDE = 16;

    /// What stands for a label that nobody gave, in sets in which nobody gave any.
    private static final Set<String> UNSET = Set.of("-1", "-1.0");

    private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    private final Map<String, Integer> values = new HashMap<>(); // of scalars, and in how many rows
    private final Map<Integer, Integer> lengths = new TreeMap<>();
    private final Map<Integer, Integer> places = new HashMap<>(); // of lists of zeros and ones
    private final Map<String, Column> aside = new LinkedHashMap<>(); // what turns say that is not read
    private int filled;
    private int blank;
    private int times;
    private long length;
    private final Set<String> texts = new HashSet<>();
    private String noNumber = "";
    private int said; // rows with a text
    private int worded; // of them, those with some words
    private long characters;
    private long weight;
    private int answered; // rows with a turn of an assistant
    private int asked; // rows of which the last turn is one of those who ask
    private int most; // the texts of the longest list
    private int several; // rows with a list of two texts or more
    private final Map<Template, Integer> templates = new EnumMap<>(Template.class); // rows with turns written so
    private final Map<String, int[]> speakers = new LinkedHashMap<>(); // rows that each ends, begins, and speaks in

    void add(Value value) {
        kinds.merge(value.kind(), 1, Integer::sum);
        switch (value.kind()) {
            case TEXT -> text(value.text());
            case TEXTS, BLOCKS, OTHER -> text(String.join(" ", value.within()));
            case MESSAGES, CONVERSATION -> speakers(value.within());
            case NUMBER, BOOLEAN, NULL, NUMBERS -> {}
        }
        most = value.kind() == Kind.TEXTS || value.kind() == Kind.BLOCKS
                ? Math.max(most, value.within().size())
                : most;
        several += value.kind() == Kind.TEXTS && value.within().size() > 1 ? 1 : 0;
        value.templates().forEach(template -> templates.merge(template, 1, Integer::sum));
        if (value.kind() != Kind.NULL) {
            filled++;
            blank += value.kind() == Kind.TEXT && value.text().isBlank() ? 1 : 0;
            if (value.places() > 0) {
                places.merge(value.places(), 1, Integer::sum);
            }
            value.aside().forEach((name, text) -> {
                if (aside.size() < MOST_ASIDE || aside.containsKey(name)) {
                    aside.computeIfAbsent(name, _ -> new Column()).add(new Value(Kind.TEXT, text));
                }
            });
            values.merge(value.text(), 1, Integer::sum);
            length += value.text().length();
            if (value.kind() == Kind.NUMBERS) {
                lengths.merge(Integer.parseInt(value.text()), 1, Integer::sum);
            }
            times += Times.millis(value.text()) == Origin.NO_TIME ? 0 : 1;
        }
    }

    private void text(String text) {
        if (!text.isBlank()) {
            noNumber = noNumber.isEmpty() ? text : noNumber;
            said++;
            texts.add(text);
            characters += text.length();
            weight += Words.weight(text);
            worded += Words.parted(text) ? 1 : 0;
        }
    }

    private void speakers(List<String> names) {
        List<String> sides = IntStream.range(0, names.size())
                .filter(i -> !Turn.aside(names.get(i)) || i > 0 && names.get(i).equals("system")) // who answers some
                .mapToObj(names::get)
                .toList();
        for (String name : new LinkedHashSet<>(sides)) {
            if (speakers.size() < MOST_SPEAKERS || speakers.containsKey(name)) {
                speakers.computeIfAbsent(name, _ -> new int[3])[2]++;
            }
        }
        if (!sides.isEmpty()) {
            answered += sides.stream().anyMatch(name -> new Turn(name, "").assistant()) ? 1 : 0;
            asked += Turn.asks(sides.getLast()) ? 1 : 0;
            speakers.getOrDefault(sides.getLast(), new int[3])[0]++;
            speakers.getOrDefault(sides.getFirst(), new int[3])[1]++;
        }
    }

    /// The speaker who answers where nobody has an assistant's name: of two that take turns the one who
    /// is not known to ask, else who has the last word more often, else who does not begin. Empty if it
    /// does not show. Who speaks in less than one of fifty rows says nothing of the others.
    String assistant() {
        List<String> names = speakers.entrySet().stream()
                .filter(speaker -> (long) RARE * speaker.getValue()[2] >= filled)
                .map(Map.Entry::getKey)
                .toList();
        if (answered() || names.size() != 2) {
            return "";
        }
        String one = names.getFirst();
        String other = names.getLast();
        if (Turn.asks(one) != Turn.asks(other)) {
            return Turn.asks(one) ? other : one;
        }
        int[] mine = speakers.getOrDefault(one, new int[3]);
        int[] others = speakers.getOrDefault(other, new int[3]);
        int ends = Integer.compare(mine[0], others[0]);
        int answers = ends == 0 ? Integer.compare(others[1], mine[1]) : ends;
        return answers == 0 ? "" : answers > 0 ? one : other;
    }

    /// Does an assistant speak, in more than a few rows?
    private boolean answered() {
        return answered > 0 && (long) RARE * answered >= filled;
    }

    /// Texts of some words that differ: not constants, classes, ids, links or times.
    boolean worded() {
        return said > 0 && 2 * worded >= said && weight >= (long) Words.SOME * said && differs();
    }

    /// Texts, alone or in lists, of which one in five or more is another.
    boolean differs() {
        return texts.size() >= 2 && 5 * texts.size() >= said;
    }

    /// Do nearly all rows say something?
    ///
    /// @param rows how many there are
    boolean usual(int rows) {
        return 10L * telling() >= 9L * rows;
    }

    /// What keeps a column from serving as it might, in words behind its name; empty if nothing does.
    String odd(String name) {
        if (!scalar()) {
            return NESTED;
        }
        if (Role.MESSAGES.names().contains(Role.normal(name)) && mostly(Kind.TEXT)) {
            return " (text that is no list of turns in JSON)";
        }
        int texts = kinds.getOrDefault(Kind.TEXT, 0);
        return mostly(Kind.NUMBER) && texts > 0
                ? " (numbers, but " + Numbers.instead(noNumber) + " in " + texts + " of the first " + filled
                        + " rows that have it)"
                : "";
    }

    /// The first template by which nearly all are texts with turns of both sides.
    Template template() {
        return Arrays.stream(Template.values())
                .filter(template -> mostly(Kind.TEXT) && 10L * templates.getOrDefault(template, 0) >= 9L * filled)
                .findFirst()
                .orElse(Template.NONE);
    }

    /// Lists of texts of some words that two sides may say by turns.
    boolean alternates() {
        return mostly(Kind.TEXTS) && 2 * several > filled && worded();
    }

    boolean speaks() {
        return mostly(Kind.MESSAGES) || mostly(Kind.CONVERSATION);
    }

    /// Do turns end with a question nobody answers, in nearly every row?
    boolean asks() {
        return mostly(Kind.MESSAGES) && 10 * asked >= 9 * filled;
    }

    /// Lists of texts.
    boolean listed() {
        return mostly(Kind.TEXTS) || mostly(Kind.BLOCKS);
    }

    /// The texts of the longest list; more than are looked at count as the letters of the alphabet.
    int most() {
        return most < Value.MOST_TEXTS ? most : Choice.LETTERS;
    }

    /// The values of scalars.
    Set<String> distinct() {
        return values.keySet();
    }

    /// Those without the few that stand in less than one of fifty rows: one odd row is malformed and
    /// says nothing of the others.
    Set<String> common() {
        return values.entrySet().stream()
                .filter(value -> (long) RARE * value.getValue() >= filled)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// Does any row say 0?
    boolean zero() {
        return values.containsKey("0") || values.containsKey("0.0");
    }

    /// Whether a label holds, and nothing else.
    boolean flags() {
        return filled > 0
                && values.keySet().stream()
                        .allMatch(value -> Labels.holds(value).isPresent());
    }

    /// True and false alone.
    boolean truths() {
        return filled > 0
                && !common().isEmpty()
                && common().stream()
                        .allMatch(value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"));
    }

    /// What an annotator says of a proposal, in Prodigy's words, of nearly every row: of a few rows
    /// anybody may have added it.
    ///
    /// @param rows how many there are
    boolean verdicts(int rows) {
        return 10L * filled >= 9L * rows
                && common().contains("accept")
                && Set.of("accept", "reject", "ignore").containsAll(common());
    }

    /// Rows that have a value.
    int filled() {
        return filled;
    }

    /// Rows that say something: a value that is not blank, and not always the sign that there is none.
    int telling() {
        return values.size() == 1 && UNSET.containsAll(values.keySet()) ? 0 : filled - blank;
    }

    /// How long the list of zeros and ones is that nearly every row has; 0 if they have none.
    int places() {
        return places.entrySet().stream()
                .filter(length -> (long) RARE * (filled - length.getValue()) <= filled)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /// What turns say that is not read, by name.
    Map<String, Column> aside() {
        return aside;
    }

    /// Who speaks, if it does not show who of them answers.
    Set<String> strangers() {
        return !answered() && assistant().isEmpty() ? speakers.keySet() : Set.of();
    }

    /// Why it may matter that a column is not read; empty if it does not.
    ///
    /// @param times whether times are missed, and it has a name for them
    Optional<Unread> unread(String name, boolean times) {
        boolean label = Role.LABEL.names().contains(Role.normal(name)) || Role.LABEL.ends(name);
        if (speaks()) {
            return Optional.of(new Unread(name, Unread.Kind.TURNS, 0, filled));
        }
        if (worded()) {
            return Optional.of(new Unread(name, Unread.Kind.TEXTS, (int) (characters / said), said));
        }
        if (times && filled > 0 && scalar()) {
            return Optional.of(new Unread(name, Unread.Kind.TIMES, filled - this.times, filled));
        }
        return label && recurs()
                ? Optional.of(new Unread(name, Unread.Kind.CLASSES, values.size(), filled))
                : Optional.empty();
    }

    boolean mostly(Kind kind) {
        return 2 * kinds.getOrDefault(kind, 0) > filled;
    }

    boolean scalar() {
        int scalars = kinds.getOrDefault(Kind.TEXT, 0)
                + kinds.getOrDefault(Kind.NUMBER, 0)
                + kinds.getOrDefault(Kind.BOOLEAN, 0);
        return filled == 0 || 2 * scalars > filled;
    }

    /// Lists of texts or numbers.
    private boolean labels() {
        return 2 * (kinds.getOrDefault(Kind.TEXTS, 0) + kinds.getOrDefault(Kind.NUMBERS, 0)) > filled;
    }

    boolean serves(Role role) {
        return switch (role) {
            case MESSAGES -> speaks();
            case CHOSEN, REJECTED -> filled == 0 || mostly(Kind.TEXT) || mostly(Kind.TEXTS) || speaks();
            case OPTIONS -> listed();
            case CHOICE -> scalar() || mostly(Kind.NUMBERS);
            case SYSTEM -> scalar() || listed();
            case TIME -> scalar() && 10 * times >= 9 * filled;
            case LABEL -> scalar() || labels();
            case RESPONSE, HISTORY -> scalar() || labels() || speaks();
            case PROMPT -> scalar() || speaks();
            case VECTOR -> mostly(Kind.NUMBERS);
            case TEXT, INSTRUCTION, INPUT, VERDICT, ID, SOURCE, ANNOTATOR, URL, BATCH -> scalar();
        };
    }

    /// Numbers in nearly every row.
    boolean numeric() {
        return filled > 0 && 100 * kinds.getOrDefault(Kind.NUMBER, 0) >= 99 * filled;
    }

    /// Long texts, nearly all different: answers, not classes.
    boolean free() {
        return varied() && length >= (long) LONG_TEXT * filled;
    }

    /// Texts of some words, nearly all different.
    boolean prose() {
        return varied() && length >= (long) SOME_WORDS * filled;
    }

    /// Texts, nearly all different.
    boolean varied() {
        return mostly(Kind.TEXT) && 10L * values.size() >= 8L * filled;
    }

    /// Two values or more, which recur four times on average.
    boolean recurs() {
        return serves(Role.LABEL) && values.size() >= 2 && few();
    }

    /// Numbers of which some are no whole ones: what was measured, and no class.
    boolean measured() {
        return numeric()
                && values.keySet().stream()
                        .anyMatch(value -> !WHOLE.matcher(value).matches());
    }

    /// Values that recur four times on average.
    boolean few() {
        return 4 * values.size() <= filled;
    }

    /// How many numbers most rows have; the fewer of equally many.
    int numbers() {
        int best = 0;
        for (Map.Entry<Integer, Integer> length : lengths.entrySet()) {
            if (best == 0 || length.getValue() > lengths.getOrDefault(best, 0)) {
                best = length.getKey();
            }
        }
        return best;
    }

    double meanLength() {
        return filled == 0 ? 0 : (double) length / filled;
    }
}
