package io.bezoar.data;

import io.bezoar.core.Origin;
import io.bezoar.data.Layout.Shape;
import io.bezoar.data.RowParser.Value;
import io.bezoar.data.RowParser.Value.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out what the rows of a data set are, from the names of the columns and the first rows. What the user says of a
/// column goes before what its name says.
final class Recognition {
    private static final int LONG_TEXT = 40;
    /// Usual names of two texts that belong together, as the data sets of GLUE and others have them.
    private static final List<Map.Entry<String, String>> PAIRS = List.of(
            Map.entry("premise", "hypothesis"),
            Map.entry("sentence1", "sentence2"),
            Map.entry("question1", "question2"),
            Map.entry("text1", "text2"),
            Map.entry("sentence_a", "sentence_b"),
            Map.entry("text_a", "text_b"));
    /// Characters of a column of texts on average, at least.
    private static final int SOME_WORDS = 16;

    private static final int MOST_SPEAKERS = 32;

    /// Columns that say how a row is used, or in which language it is.
    private static final Set<String> ASIDE = Set.of("split", "fold", "subset", "lang", "language", "locale", "version");

    /// What a column holds in the first rows.
    private static final class Column {
        private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        private final Set<String> distinct = new HashSet<>();
        private final Map<Integer, Integer> lengths = new TreeMap<>();
        private int filled;
        private int times;
        private long length;
        private final Set<String> texts = new HashSet<>();
        private String noNumber = "";
        private int said; // rows with a text
        private int worded; // of them, those with some words
        private long characters;
        private long weight;
        private int answered; // rows with a turn of an assistant
        private final Map<String, int[]> speakers = new LinkedHashMap<>(); // rows that each ends, and begins

        void add(Value value) {
            kinds.merge(value.kind(), 1, Integer::sum);
            switch (value.kind()) {
                case TEXT -> text(value.text());
                case TEXTS, OTHER -> text(String.join(" ", value.within()));
                case MESSAGES, CONVERSATION -> speakers(value.within());
                case NUMBER, BOOLEAN, NULL, NUMBERS -> {}
            }
            if (value.kind() != Kind.NULL) {
                filled++;
                distinct.add(value.text());
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
            List<String> sides =
                    names.stream().filter(name -> !Turn.aside(name)).toList();
            for (String name : sides) {
                if (speakers.size() < MOST_SPEAKERS) {
                    speakers.computeIfAbsent(name, _ -> new int[2]);
                }
            }
            if (!sides.isEmpty()) {
                answered += sides.stream().anyMatch(name -> new Turn(name, "").assistant()) ? 1 : 0;
                speakers.getOrDefault(sides.getLast(), new int[2])[0]++;
                speakers.getOrDefault(sides.getFirst(), new int[2])[1]++;
            }
        }

        /// The speaker who answers where nobody has an assistant's name: of two that take turns the one who is
        /// not known to ask, else who has the last word more often, else who does not begin. Empty if it does
        /// not show.
        String assistant() {
            if (answered > 0 || speakers.size() != 2) {
                return "";
            }
            List<String> names = List.copyOf(speakers.keySet());
            String one = names.getFirst();
            String other = names.getLast();
            if (Turn.asks(one) != Turn.asks(other)) {
                return Turn.asks(one) ? other : one;
            }
            int[] mine = speakers.getOrDefault(one, new int[2]);
            int[] others = speakers.getOrDefault(other, new int[2]);
            int ends = Integer.compare(mine[0], others[0]);
            int answers = ends == 0 ? Integer.compare(others[1], mine[1]) : ends;
            return answers == 0 ? "" : answers > 0 ? one : other;
        }

        /// Texts of some words that differ: not constants, classes, ids, links or times.
        boolean worded() {
            return said > 0
                    && 2 * worded >= said
                    && weight >= (long) Words.SOME * said
                    && texts.size() >= 2
                    && 5 * texts.size() >= said;
        }

        /// What keeps a column from serving as it might, in words behind its name; empty if nothing does.
        String odd(String name) {
            if (!scalar()) {
                return " (a list or an object a row)";
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

        boolean speaks() {
            return mostly(Kind.MESSAGES) || mostly(Kind.CONVERSATION);
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

        boolean serves(Role role) {
            return switch (role) {
                case MESSAGES -> speaks();
                case CHOSEN, REJECTED -> filled == 0 || mostly(Kind.TEXT) || speaks();
                case TIME -> scalar() && 10 * times >= 9 * filled;
                case LABEL -> scalar() || mostly(Kind.TEXTS) || mostly(Kind.NUMBERS);
                case RESPONSE, HISTORY -> scalar() || mostly(Kind.TEXTS) || mostly(Kind.NUMBERS) || speaks();
                case PROMPT -> scalar() || speaks();
                case VECTOR -> mostly(Kind.NUMBERS);
                case TEXT, INSTRUCTION, INPUT, SYSTEM, ID, SOURCE, ANNOTATOR, URL, BATCH -> scalar();
            };
        }

        /// Numbers in nearly every row.
        boolean numeric() {
            return filled > 0 && 100 * kinds.getOrDefault(Kind.NUMBER, 0) >= 99 * filled;
        }

        /// Long texts, nearly all different: answers, not classes.
        boolean free() {
            return mostly(Kind.TEXT) && 10L * distinct.size() >= 8L * filled && length >= (long) LONG_TEXT * filled;
        }

        /// Texts of some words, nearly all different.
        boolean prose() {
            return mostly(Kind.TEXT) && 10L * distinct.size() >= 8L * filled && length >= (long) SOME_WORDS * filled;
        }

        /// Two values or more, which recur four times on average.
        boolean recurs() {
            return serves(Role.LABEL) && distinct.size() >= 2 && 4 * distinct.size() <= filled;
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

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<Role, String> told = new EnumMap<>(Role.class);
    private final Map<Role, String> found = new EnumMap<>(Role.class);
    private List<String> tabular = List.of();

    /// @param names the columns in order, as far as a header names them
    /// @param rows the first rows
    /// @param map role to column, from the user
    Recognition(List<String> names, List<Map<String, Value>> rows, Map<String, String> map) {
        names.forEach(name -> columns.put(name, new Column()));
        rows.forEach(row -> row.forEach((name, value) ->
                columns.computeIfAbsent(name, _ -> new Column()).add(value)));
        map.forEach((role, column) -> told.put(Role.of(role), column));
    }

    /// The columns' names, to show to a person.
    String names() {
        return columns.isEmpty()
                ? "none"
                : columns.entrySet().stream()
                        .limit(20)
                        .map(column -> column.getKey() + column.getValue().odd(column.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /// A column the user named that is in no row; empty if there is none.
    Optional<String> unknown() {
        return told.values().stream()
                .filter(name -> columns.keySet().stream()
                        .noneMatch(column -> column.equals(name)
                                || column.startsWith(name + ".")
                                || name.equals(told.get(Role.VECTOR)) && matches(column, name)))
                .findFirst();
    }

    /// The layout; empty if the columns do not say.
    Optional<Layout> layout() {
        Optional<Layout> layout = shape();
        if (layout.isEmpty()) {
            layout = vector();
        }
        if (layout.isEmpty()
                && !columns.isEmpty()
                && columns.keySet().stream().allMatch(name -> name.matches("[0-9]+"))) {
            layout = byContent();
        }
        if (layout.isEmpty()) {
            layout = byOnlyText();
        }
        return layout;
    }

    private Optional<Layout> shape() {
        if (take(Role.CHOSEN) && take(Role.REJECTED)) {
            boolean prompt = take(Role.PROMPT)
                    || takeAs(Role.PROMPT, Role.INSTRUCTION)
                    || takeAs(Role.PROMPT, Role.TEXT)
                    || take(Role.MESSAGES);
            take(Role.SYSTEM);
            take(Role.HISTORY);
            if (prompt) {
                take(Role.INPUT);
            }
            return done(
                    Shape.PREFERENCE,
                    (prompt ? "prompt" : "the start that chosen and rejected share") + " -> chosen over rejected");
        }
        found.clear();
        if (take(Role.MESSAGES)) {
            take(Role.SYSTEM);
            Column column = columns.get(found.get(Role.MESSAGES));
            boolean share = column != null && column.mostly(Kind.CONVERSATION);
            String assistant = column == null ? "" : column.assistant();
            return done(
                    Shape.CHAT,
                    (share ? "ShareGPT conversations" : "chat messages")
                            + (assistant.isEmpty()
                                    ? " -> the assistant's turns"
                                    : " -> the turns of \"" + assistant + "\", who answers"));
        }
        if (take(Role.INSTRUCTION) && take(Role.RESPONSE)) {
            take(Role.INPUT);
            take(Role.SYSTEM);
            take(Role.HISTORY);
            return done(
                    Shape.INSTRUCTED,
                    "instruction" + (found.containsKey(Role.INPUT) ? " and input" : "") + " -> response");
        }
        found.clear();
        if (!told.containsKey(Role.LABEL) && take(Role.PROMPT) && take(Role.RESPONSE)) {
            return answered("prompt");
        }
        found.clear();
        boolean text = take(Role.TEXT) || takeAs(Role.TEXT, Role.INSTRUCTION) || pair();
        if (!text) {
            return Optional.empty();
        }
        if (!told.containsKey(Role.RESPONSE) && take(Role.LABEL)) {
            return labelled();
        }
        if (take(Role.RESPONSE)) {
            return answered("text");
        }
        if (told.isEmpty() && onlyClass()) {
            return done(Shape.LABELLED, "text -> label (told by the columns' contents)");
        }
        return done(Shape.TEXT, "text without a target");
    }

    /// Takes two texts that are put to a model together: a premise and a hypothesis, two questions.
    private boolean pair() {
        for (Map.Entry<String, String> pair : PAIRS) {
            Optional<String> first = text(pair.getKey());
            Optional<String> second = text(pair.getValue());
            if (first.isPresent() && second.isPresent()) {
                found.put(Role.TEXT, first.get());
                found.put(Role.INPUT, second.get());
                return true;
            }
        }
        return false;
    }

    private Optional<String> text(String usual) {
        return columns.entrySet().stream()
                .filter(column -> Role.normal(column.getKey()).equals(usual)
                        && !told.containsValue(column.getKey())
                        && column.getValue().mostly(Kind.TEXT))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Takes the only column in which a few values recur for the label, whatever it is called.
    private boolean onlyClass() {
        List<String> classes = others(Column::recurs);
        if (classes.size() != 1) {
            return false;
        }
        found.put(Role.LABEL, classes.getFirst());
        return true;
    }

    /// The columns that serve as nothing so far, describe no row and are such.
    private List<String> others(Predicate<Column> such) {
        return columns.entrySet().stream()
                .filter(column -> !found.containsValue(column.getKey())
                        && !describing(column.getKey())
                        && such.test(column.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// A text under a name that says nothing: the only column of texts of some words, nearly all different, beside a
    /// label, or else the only column in which a few values recur.
    private Optional<Layout> byOnlyText() {
        found.clear();
        List<String> texts = columns.entrySet().stream()
                .filter(column ->
                        !describing(column.getKey()) && column.getValue().prose())
                .map(Map.Entry::getKey)
                .toList();
        if (!told.isEmpty() || texts.size() != 1) {
            return Optional.empty();
        }
        found.put(Role.TEXT, texts.getFirst());
        return take(Role.LABEL) || onlyClass()
                ? done(Shape.LABELLED, "text -> label (told by the columns' contents)")
                : Optional.empty();
    }

    /// Vectors alone: a list of numbers, columns the user named, or columns that all hold numbers.
    private Optional<Layout> vector() {
        found.clear();
        tabular = List.of();
        boolean target = take(Role.LABEL);
        if (numbers().isEmpty()) {
            target = target || onlyText();
            List<String> rest = columns.keySet().stream()
                    .filter(name -> !found.containsValue(name) && !told.containsValue(name) && !describing(name))
                    .toList();
            boolean numeric = rest.stream().allMatch(this::numeric);
            if (!target || rest.size() < 2 || !numeric || told.containsKey(Role.TEXT)) {
                found.clear();
                return Optional.empty();
            }
            tabular = rest;
        }
        int length = numbers().map(Layout.Numbers::length).orElse(0);
        return done(Shape.VECTOR, "vector of " + length + " numbers" + (target ? " -> label" : " without a target"));
    }

    /// Takes the only column that holds text, if few values recur in it, for the label.
    private boolean onlyText() {
        List<String> texts = columns.entrySet().stream()
                .filter(column -> column.getValue().mostly(Kind.TEXT) && !describing(column.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (texts.size() != 1 || told.containsValue(texts.getFirst())) {
            return false;
        }
        Column column = columns.get(texts.getFirst());
        if (column == null || 4 * column.distinct.size() > column.filled) {
            return false;
        }
        found.put(Role.LABEL, texts.getFirst());
        return true;
    }

    private boolean numeric(String name) {
        Column column = columns.get(name);
        return column != null && column.numeric();
    }

    private boolean describing(String name) {
        Column column = columns.get(name);
        return column != null && ASIDE.contains(Role.normal(name))
                || column != null
                        && Arrays.stream(Role.values())
                                .anyMatch(role -> role.describes()
                                        && role.names().contains(Role.normal(name))
                                        && column.serves(role));
    }

    /// Where the vectors are; empty if there are none.
    private Optional<Layout.Numbers> numbers() {
        String named = told.getOrDefault(Role.VECTOR, "");
        List<String> several = named.indexOf('*') < 0
                ? tabular
                : columns.keySet().stream()
                        .filter(column -> matches(column, named) && !found.containsValue(column))
                        .toList();
        if (!several.isEmpty()) {
            found.remove(Role.VECTOR);
            return Optional.of(new Layout.Numbers(several, several.size()));
        }
        if (!found.containsKey(Role.VECTOR) && !take(Role.VECTOR)) {
            return Optional.empty();
        }
        Column column = columns.get(found.getOrDefault(Role.VECTOR, ""));
        int length = column == null ? 0 : column.numbers();
        if (length == 0) {
            found.remove(Role.VECTOR);
            return Optional.empty();
        }
        return Optional.of(new Layout.Numbers(List.of(), length));
    }

    /// Does a column's name fit a pattern in which `*` stands for anything?
    private static boolean matches(String column, String pattern) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return column.equals(pattern);
        }
        String last = pieces[pieces.length - 1];
        if (!column.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i + 1 < pieces.length; i++) {
            int next = column.indexOf(pieces[i], at);
            if (next < 0) {
                return false;
            }
            at = next + pieces[i].length();
        }
        return column.length() - at >= last.length() && column.endsWith(last);
    }

    private Optional<Layout> labelled() {
        String name = found.getOrDefault(Role.LABEL, "");
        Column column = columns.get(name);
        if (column == null || !column.free() || told.containsKey(Role.LABEL)) {
            return done(Shape.LABELLED, (found.containsKey(Role.INPUT) ? "two texts" : "text") + " -> label");
        }
        found.remove(Role.LABEL);
        found.put(Role.RESPONSE, name);
        return answered(
                "text",
                " (the column \"" + name + "\" holds long texts, nearly all different: a response, not a label)");
    }

    private Optional<Layout> answered(String asked) {
        return answered(asked, "");
    }

    private Optional<Layout> answered(String asked, String why) {
        take(Role.SYSTEM);
        take(Role.HISTORY);
        take(Role.INPUT);
        return done(Shape.ANSWERED, asked + (found.containsKey(Role.INPUT) ? " and input" : "") + " -> response" + why);
    }

    /// Columns without names: the longest texts are the text, what differs least is the label.
    private Optional<Layout> byContent() {
        found.clear();
        String text = told.getOrDefault(Role.TEXT, "");
        double longest = 0;
        for (Map.Entry<String, Column> column : columns.entrySet()) {
            if (!told.containsValue(column.getKey())
                    && !told.containsKey(Role.TEXT)
                    && column.getValue().mostly(Kind.TEXT)
                    && column.getValue().meanLength() > longest) {
                longest = column.getValue().meanLength();
                text = column.getKey();
            }
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        found.put(Role.TEXT, text);
        String label = told.getOrDefault(Role.LABEL, told.getOrDefault(Role.RESPONSE, ""));
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<String, Column> column : columns.entrySet()) {
            Column values = column.getValue();
            if (label.isEmpty() || fewest != Integer.MAX_VALUE) {
                if (!column.getKey().equals(text)
                        && !told.containsValue(column.getKey())
                        && values.filled > 0
                        && values.serves(Role.LABEL)
                        && values.distinct.size() < fewest) {
                    fewest = values.distinct.size();
                    label = column.getKey();
                }
            }
        }
        if (label.isEmpty()) {
            return done(Shape.TEXT, "text without a target (told by the columns' contents)");
        }
        found.put(Role.LABEL, label);
        Column column = columns.get(label);
        boolean answers = told.containsKey(Role.RESPONSE)
                || column != null && (column.free() || column.mostly(Kind.TEXTS)) && !told.containsKey(Role.LABEL);
        if (answers) {
            found.remove(Role.LABEL);
            found.put(Role.RESPONSE, label);
            return done(Shape.ANSWERED, "text -> response (told by the columns' contents)");
        }
        return done(Shape.LABELLED, "text -> label (told by the columns' contents)");
    }

    private Optional<Layout> done(Shape shape, String words) {
        for (Role role : Role.values()) {
            if (role.describes()) {
                take(role);
            } else if (told.containsKey(role)) {
                found.put(role, told.getOrDefault(role, ""));
            }
        }
        Optional<Layout.Numbers> numbers = numbers();
        List<String> undecided =
                shape == Shape.TEXT ? others(column -> column.recurs() || !column.scalar()) : List.of();
        Column turns = columns.get(found.getOrDefault(Role.MESSAGES, ""));
        return Optional.of(new Layout(
                shape,
                found,
                numbers.orElse(Layout.Numbers.NONE),
                undecided,
                unread(shape, undecided, numbers.map(Layout.Numbers::columns).orElse(List.of())),
                shape == Shape.CHAT && turns != null ? turns.assistant() : "",
                columns.keySet().stream()
                        .flatMap(name -> Stream.of(name, name.split("\\.", 2)[0]))
                        .collect(Collectors.toSet()),
                shape == Shape.VECTOR || numbers.isEmpty()
                        ? words
                        : words + ", with a vector of " + numbers.get().length() + " numbers"));
    }

    /// The columns that serve as nothing and hold what may matter, and the speakers of whom none is an assistant.
    private List<Unread> unread(Shape shape, List<String> undecided, List<String> numbers) {
        List<Unread> unread = new ArrayList<>();
        Column turns = columns.get(found.getOrDefault(Role.MESSAGES, ""));
        if (shape == Shape.CHAT
                && turns != null
                && turns.answered == 0
                && turns.assistant().isEmpty()) {
            turns.speakers.keySet().forEach(name -> unread.add(new Unread(name, Unread.Kind.SPEAKER, 0, turns.filled)));
        }
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            String name = entry.getKey();
            Column column = entry.getValue();
            boolean read = undecided.contains(name)
                    || numbers.contains(name)
                    || found.values().stream().anyMatch(own -> name.equals(own) || name.startsWith(own + "."));
            if (read || ASIDE.contains(Role.normal(name))) {
                continue;
            }
            boolean time = Role.TIME.names().contains(Role.normal(name));
            boolean label = Role.LABEL.names().contains(Role.normal(name)) || Role.LABEL.ends(name);
            if (column.speaks()) {
                unread.add(new Unread(name, Unread.Kind.TURNS, 0, column.filled));
            } else if (column.worded()) {
                unread.add(new Unread(name, Unread.Kind.TEXTS, (int) (column.characters / column.said), column.said));
            } else if (time && column.filled > 0 && column.scalar() && !found.containsKey(Role.TIME)) {
                unread.add(new Unread(name, Unread.Kind.TIMES, column.filled - column.times, column.filled));
            } else if (label && column.recurs()) {
                unread.add(new Unread(name, Unread.Kind.CLASSES, column.distinct.size(), column.filled));
            }
        }
        return unread;
    }

    private boolean take(Role role) {
        return takeAs(role, role) || takeEnding(role);
    }

    /// Looks for the only column whose longer name ends like one of the role's; of two nobody knows which it is.
    private boolean takeEnding(Role role) {
        List<String> ending = columns.entrySet().stream()
                .filter(column -> !found.containsValue(column.getKey())
                        && !told.containsValue(column.getKey())
                        && role.ends(column.getKey())
                        && column.getValue().serves(role))
                .map(Map.Entry::getKey)
                .toList();
        if (ending.size() != 1) {
            return false;
        }
        found.put(role, ending.getFirst());
        return true;
    }

    /// Looks for a column for `role` among the names of `named`; true if there is one.
    private boolean takeAs(Role role, Role named) {
        String mine = told.get(role);
        if (mine != null) {
            found.put(role, mine);
            return true;
        }
        for (String name : named.names()) {
            for (Map.Entry<String, Column> column : columns.entrySet()) {
                if (Role.normal(column.getKey()).equals(name)
                        && !found.containsValue(column.getKey())
                        && !told.containsValue(column.getKey())
                        && column.getValue().serves(named)) {
                    found.put(role, column.getKey());
                    return true;
                }
            }
        }
        return false;
    }
}
