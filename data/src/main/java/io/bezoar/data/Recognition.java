package io.bezoar.data;

import io.bezoar.data.Layout.Shape;
import io.bezoar.data.RowParser.Value;
import io.bezoar.data.RowParser.Value.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out what the rows of a data set are, from the names of the columns and the first rows. What the user says of a
/// column goes before what its name says.
final class Recognition {
    /// Columns that each say of a label whether it holds, at least.
    private static final int FLAGS = 3;

    private final Casting casting;
    private final Couples couples;
    private final Judged judged;
    private final Map<String, Column> columns;
    private final Map<Role, String> told;
    private final Map<Role, String> found;
    private List<String> tabular = List.of();
    private Choice choice = Choice.NOTHING;
    private Optional<Unread> unclear = Optional.empty();

    /// @param names the columns in order, as far as a header names them
    /// @param rows the first rows
    /// @param map role to column, from the user
    Recognition(List<String> names, List<Map<String, Value>> rows, Map<String, String> map) {
        casting = new Casting(names, rows, map);
        couples = new Couples(casting);
        judged = new Judged(casting);
        columns = casting.columns();
        told = casting.told();
        found = casting.found();
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
        return casting.reserved().stream()
                .filter(name -> columns.keySet().stream()
                        .noneMatch(column -> column.equals(name)
                                || casting.within(name)
                                || column.startsWith(name + ".")
                                || name.equals(told.get(Role.VECTOR)) && matches(column, name)))
                .findFirst();
    }

    /// The layout; empty if the columns do not say.
    Optional<Layout> layout() {
        Optional<Layout> layout = told();
        if (layout.isEmpty()) {
            casting.lenient();
            choice = Choice.NOTHING;
            unclear = Optional.empty();
            layout = told();
        }
        return layout.or(this::made);
    }

    private Optional<Layout> told() {
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
        Optional<Contest.Decided> decided = contest();
        if (decided.isPresent()) {
            choice = decided.get().choice();
            unclear = decided.get().unclear();
            return done(decided.get().shape(), decided.get().words());
        }
        if (takeMain(Role.MESSAGES)) {
            Column turns = turns();
            if (turns.asks() && !told.containsKey(Role.MESSAGES) && take(Role.RESPONSE)) {
                found.put(Role.PROMPT, casting.name(Role.MESSAGES));
                found.remove(Role.MESSAGES);
                Optional<Layout> good = casting.besideAlone() ? good(judged.response()) : Optional.empty();
                return good.or(() -> answered("messages"));
            }
            found.remove(Role.RESPONSE);
            return good(judged.conversation()).or(this::chat);
        }
        if (takeMain(Role.INSTRUCTION) && takeMain(Role.RESPONSE)) {
            take(Role.INPUT);
            take(Role.SYSTEM);
            take(Role.HISTORY);
            return good(judged.instruction())
                    .or(() -> done(
                            Shape.INSTRUCTED,
                            "instruction" + (found.containsKey(Role.INPUT) ? " and input" : "") + " -> response"));
        }
        found.clear();
        if (!told.containsKey(Role.LABEL) && takeMain(Role.PROMPT) && takeMain(Role.RESPONSE)) {
            return told.containsKey(Role.PROMPT) || told.containsKey(Role.RESPONSE)
                    ? answered("prompt")
                    : good(judged.truth().or(judged::response)).or(() -> answered("prompt"));
        }
        found.clear();
        boolean text = takeMain(Role.TEXT) || casting.takeMainAs(Role.TEXT, Role.INSTRUCTION) || couples.pair();
        if (!text) {
            return sides().or(this::alternating);
        }
        if (!told.containsKey(Role.RESPONSE) && takeLabel()) {
            return labelled();
        }
        if (take(Role.RESPONSE)) {
            return answered("text");
        }
        if (told.isEmpty() && nested()) {
            return Optional.empty();
        }
        if (template() != Template.NONE) {
            return written();
        }
        Optional<Layout> sides = sides();
        if (sides.isPresent()) {
            return sides;
        }
        Optional<String> labels = told.isEmpty() ? labels() : Optional.empty();
        if (labels.isPresent()) {
            return done(Shape.LABELLED, "text -> labels of \"" + labels.get() + "\", each with 0 or 1");
        }
        if (told.isEmpty() && flags()) {
            return done(Shape.LABELLED, "text -> the columns of 0 and 1, each a label");
        }
        boolean classes = told.isEmpty() && onlyClass();
        Optional<Layout> made = classes && flag(casting.name(Role.LABEL)) ? Optional.empty() : made();
        return made.or(() -> classes
                ? done(Shape.LABELLED, "text -> label (told by the columns' contents)")
                : done(Shape.TEXT, "text without a target"));
    }

    /// Rows in which true and false are the target, if that is what was told.
    private Optional<Layout> good(Optional<String> words) {
        return words.flatMap(told -> done(Shape.LABELLED, told));
    }

    /// A text and what is made of it.
    private Optional<Layout> made() {
        return couples.made().flatMap(couple -> answered(couple.getKey(), couple.getValue(), ""));
    }

    /// What two sides say, in columns that are named by who speaks.
    private Optional<Layout> sides() {
        return couples.sides() ? answered("prompt") : Optional.empty();
    }

    /// Takes a label; beside a text that turns are written in only one of few values.
    private boolean takeLabel() {
        boolean taken = take(Role.LABEL);
        if (!taken
                || told.containsKey(Role.LABEL)
                || template() == Template.NONE
                || casting.column(casting.name(Role.LABEL)).few()) {
            return taken;
        }
        found.remove(Role.LABEL);
        return false;
    }

    /// Turns of a conversation, in whatever way they are written.
    private Optional<Layout> chat() {
        take(Role.SYSTEM);
        Column turns = turns();
        String assistant = turns.assistant();
        String written = turns.template() != Template.NONE
                ? "text of " + turns.template().word() + " turns"
                : turns.mostly(Kind.CONVERSATION)
                        ? "ShareGPT conversations"
                        : turns.listed() ? "turns without speakers" : "chat messages";
        String answers = turns.listed()
                ? "every second one"
                : assistant.isEmpty() ? "the assistant's turns" : "the turns of \"" + assistant + "\", who answers";
        return done(Shape.CHAT, written + " -> " + answers);
    }

    /// How turns are written in the text.
    private Template template() {
        return casting.column(casting.name(Role.TEXT)).template();
    }

    /// A text that turns are written in.
    private Optional<Layout> written() {
        found.put(Role.MESSAGES, casting.name(Role.TEXT));
        found.remove(Role.TEXT);
        return chat();
    }

    /// What two sides say by turns, in a list of texts.
    private Optional<Layout> alternating() {
        if (!casting.besideAlone()) {
            return Optional.empty();
        }
        Optional<String> turns = casting.first(
                name -> name.equals("data") || Role.MESSAGES.names().contains(name), Column::alternates);
        turns.ifPresent(name -> found.put(Role.MESSAGES, name));
        return turns.isPresent() ? chat() : Optional.empty();
    }

    /// The column of the turns of a conversation.
    private Column turns() {
        return casting.column(casting.name(Role.MESSAGES));
    }

    /// Rows in which one of several answers is chosen.
    private Optional<Contest.Decided> contest() {
        Contest contest = new Contest(casting);
        Optional<Contest.Decided> pair = contest.pair();
        if (pair.isPresent()) {
            return pair;
        }
        if (told.containsKey(Role.OPTIONS) && told.containsKey(Role.CHOICE)) {
            return contest.told();
        }
        return casting.besideAlone() ? contest.usual() : Optional.empty();
    }

    /// Is there a title and a list of what it is the title of, questions and answers among it, as in
    /// SQuAD's own files?
    private boolean nested() {
        return Role.normal(casting.name(Role.TEXT)).equals("title")
                && columns.entrySet().stream()
                        .anyMatch(column -> Role.normal(column.getKey()).equals("paragraphs")
                                && column.getValue().mostly(Kind.OTHER));
    }

    /// Takes an object that says of each label whether it holds, as spaCy's `cats`, for the label; its name.
    private Optional<String> labels() {
        Map<String, List<String>> members = columns.keySet().stream()
                .filter(column -> column.lastIndexOf('.') > 0)
                .collect(Collectors.groupingBy(
                        column -> column.substring(0, column.lastIndexOf('.')), TreeMap::new, Collectors.toList()));
        Optional<Map.Entry<String, List<String>>> object = members.entrySet().stream()
                .filter(one -> Role.LABEL.names().contains(Role.normal(one.getKey()))
                        && one.getValue().size() > 1
                        && one.getValue().stream().allMatch(this::flag))
                .findFirst();
        object.ifPresent(one -> found.put(Role.LABEL, String.join("+", one.getValue())));
        return object.map(Map.Entry::getKey);
    }

    /// Takes columns that each say of a label whether it holds, if nothing else may be one: three at least, for one
    /// or two may say something else of a row.
    private boolean flags() {
        List<String> classes = casting.others(Column::recurs);
        if (classes.size() < FLAGS || !classes.stream().allMatch(this::flag)) {
            return false;
        }
        found.put(Role.LABEL, String.join("+", classes));
        return true;
    }

    /// May a column be joined with others, each of which says whether a label holds?
    private boolean flag(String name) {
        return name.indexOf('+') < 0 && casting.column(name).flags();
    }

    /// Takes the only column in which a few values recur for the label, whatever it is called.
    private boolean onlyClass() {
        List<String> classes = casting.others(column -> column.recurs() && !column.measured());
        if (classes.size() != 1) {
            return false;
        }
        found.put(Role.LABEL, classes.getFirst());
        return true;
    }

    /// A text under a name that says nothing: the only column of texts of some words, nearly all different, beside a
    /// label, or else the only column in which a few values recur.
    private Optional<Layout> byOnlyText() {
        found.clear();
        List<String> texts = columns.entrySet().stream()
                .filter(column -> !casting.describing(column.getKey())
                        && (column.getValue().prose() || column.getValue().template() != Template.NONE))
                .map(Map.Entry::getKey)
                .toList();
        if (!told.isEmpty() || texts.size() != 1) {
            return Optional.empty();
        }
        found.put(Role.TEXT, texts.getFirst());
        boolean label = takeLabel();
        if (!label && template() != Template.NONE) {
            return written();
        }
        return label || onlyClass()
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
                    .filter(name -> !found.containsValue(name)
                            && !casting.reserved().contains(name)
                            && !casting.describing(name))
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
                .filter(column -> column.getValue().mostly(Kind.TEXT) && !casting.describing(column.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (texts.size() != 1 || told.containsValue(texts.getFirst())) {
            return false;
        }
        Column column = columns.get(texts.getFirst());
        if (column == null || 4 * column.distinct().size() > column.filled()) {
            return false;
        }
        found.put(Role.LABEL, texts.getFirst());
        return true;
    }

    private boolean numeric(String name) {
        return casting.column(name).numeric();
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
        int length = casting.column(casting.name(Role.VECTOR)).numbers();
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
        String name = casting.name(Role.LABEL);
        Column column = columns.get(name);
        if (column == null || !column.free() || told.containsKey(Role.LABEL)) {
            couples.beside();
            String texts = found.containsKey(Role.INPUT) ? "two texts" : "text";
            return done(Shape.LABELLED, texts + " -> label" + first(name) + verdict());
        }
        found.remove(Role.LABEL);
        found.put(Role.RESPONSE, name);
        return answered(
                "text",
                "response",
                " (the column \"" + name + "\" holds long texts, nearly all different: a response, not a label)");
    }

    /// Says that of a list only the first element is read.
    private String first(String column) {
        return casting.within(column) ? " (the first of \"" + Paths.list(column) + "\")" : "";
    }

    /// Takes the column in which an annotator accepts or rejects what a model proposed.
    private String verdict() {
        Optional<String> verdict = columns.entrySet().stream()
                .filter(column -> told.isEmpty()
                        && Role.normal(column.getKey()).equals("answer")
                        && column.getValue().verdicts(casting.rows()))
                .map(Map.Entry::getKey)
                .findFirst();
        if (verdict.isEmpty()) {
            return told.containsKey(Role.VERDICT) ? " (of accepted rows)" : "";
        }
        found.put(Role.VERDICT, verdict.get());
        return " (of accepted rows; \"" + verdict.get() + "\" says which)";
    }

    private Optional<Layout> answered(String asked) {
        return answered(asked, "response", "");
    }

    /// @param answers what is answered
    /// @param why what that was told by
    private Optional<Layout> answered(String asked, String answers, String why) {
        take(Role.SYSTEM);
        take(Role.HISTORY);
        take(Role.INPUT);
        return done(
                Shape.ANSWERED,
                asked + (found.containsKey(Role.INPUT) ? " and input" : "") + " -> " + answers + why
                        + first(casting.name(Role.RESPONSE)));
    }

    /// Columns without names: of two texts that differ the first is the prompt; else the longest texts are
    /// the text, and what differs least is the label.
    private Optional<Layout> byContent() {
        found.clear();
        List<String> texts = casting.others(Column::prose);
        if (told.isEmpty()
                && texts.size() == 2
                && casting.others(Column::recurs).isEmpty()) {
            found.put(Role.PROMPT, texts.getFirst());
            found.put(Role.RESPONSE, texts.getLast());
            return answered("prompt", "response", " (told by the columns' contents)");
        }
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
        String label = told.getOrDefault(Role.LABEL, told.getOrDefault(Role.RESPONSE, targetOf(text)));
        if (label.isEmpty()) {
            return template() != Template.NONE
                    ? written()
                    : done(Shape.TEXT, "text without a target (told by the columns' contents)");
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

    /// The column without a name that is the label or the response of a text: of those in which few values recur, in
    /// nearly every row, the one that stands nearest to it, of two the one of fewer values; else the one of fewest
    /// values. Empty if there is none.
    private String targetOf(String text) {
        List<String> names = List.copyOf(columns.keySet());
        int at = names.indexOf(text);
        List<String> others = names.stream()
                .filter(name -> !name.equals(text) && !told.containsValue(name))
                .toList();
        Comparator<String> fewest =
                Comparator.comparingInt(name -> casting.column(name).distinct().size());
        return others.stream()
                .filter(name -> classes(casting.column(name)))
                .min(Comparator.comparingInt((String name) -> Math.abs(names.indexOf(name) - at))
                        .thenComparing(fewest))
                .or(() -> others.stream()
                        .filter(name -> casting.column(name).filled() > 0
                                && casting.column(name).serves(Role.LABEL))
                        .min(fewest))
                .orElse("");
    }

    /// Do few values recur in a column, in nearly every row, and are no measures?
    private boolean classes(Column column) {
        return column.recurs() && !column.measured() && column.usual(casting.rows());
    }

    private Optional<Layout> done(Shape shape, String words) {
        for (Role role : Role.values()) {
            if (role.describes()) {
                take(role);
            } else if (told.containsKey(role) && !found.containsValue(told.get(role))) {
                found.put(role, told.getOrDefault(role, ""));
            }
        }
        Optional<Layout.Numbers> numbers = numbers();
        List<String> undecided = shape == Shape.TEXT && unclear.isEmpty()
                ? casting.others(column -> column.recurs() || !column.scalar())
                : List.of();
        return Optional.of(new Layout(
                shape,
                found,
                numbers.orElse(Layout.Numbers.NONE),
                casting.column(casting.name(Role.LABEL)).places(),
                undecided,
                unread(shape, undecided, numbers.map(Layout.Numbers::columns).orElse(List.of())),
                choice,
                shape == Shape.CHAT ? turns().assistant() : "",
                shape == Shape.CHAT ? turns().template() : Template.NONE,
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
        if (shape == Shape.CHAT) {
            Column turns = turns();
            turns.strangers().forEach(name -> unread.add(new Unread(name, Unread.Kind.SPEAKER, 0, turns.filled())));
        }
        unclear.ifPresent(unread::add);
        casting.passed().stream()
                .filter(name -> !found.containsValue(name) && !undecided.contains(name))
                .forEach(name -> unread.add(new Unread(
                        name, Unread.Kind.SPARSE, casting.column(name).telling(), casting.rows())));
        List<String> labels = Labels.columns(casting.name(Role.LABEL));
        columns.forEach((name, column) -> {
            if (column.speaks() && found.containsValue(name)) {
                column.aside().forEach((key, said) -> {
                    if (said.worded()) {
                        unread.add(new Unread(
                                name + "[]." + key, Unread.Kind.ASIDE, (int) said.meanLength(), said.filled()));
                    }
                });
            }
            boolean read = undecided.contains(name)
                    || unclear.filter(one -> one.column().equals(name)).isPresent()
                    || numbers.contains(name)
                    || casting.reserved().contains(name)
                    || casting.passed().contains(name)
                    || labels.contains(name)
                    || found.values().stream().anyMatch(own -> covers(own, name));
            if (!read && !Casting.aside(name)) {
                boolean times = Role.TIME.names().contains(Role.normal(name)) && !found.containsKey(Role.TIME);
                column.unread(name, times).ifPresent(unread::add);
            }
        });
        return unread;
    }

    /// Is a column read where another one is?
    private static boolean covers(String own, String name) {
        return Paths.covered(name, own) || Paths.list(own).equals(name);
    }

    private boolean take(Role role) {
        return casting.take(role);
    }

    private boolean takeMain(Role role) {
        return casting.takeMain(role);
    }
}
