package io.bezoar.data;

import io.bezoar.data.RowParser.Value.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The answers that stand side by side in a row, and the column that says which of them is better or
/// right.
///
/// Their names mean nothing outside of such rows and are kept apart from those of [Role]: a `positive`
/// alone is a class.
final class Rivals {
    private static final Pattern MARKED = Pattern.compile("(.+?)_?([ab012])");
    private static final Map<String, String> NEXT = Map.of("a", "b", "0", "1", "1", "2");

    /// What two answers are called before the mark that tells one from the other.
    private static final Set<String> TWINS = Set.of(
            "response",
            "answer",
            "output",
            "completion",
            "conversation",
            "human_ref",
            "summary",
            "reply",
            "candidate",
            "generation",
            "model_output",
            "model_response");
    private static final List<String> CHOOSES = List.of(
            "better_response_id",
            "better_response",
            "better_id",
            "better",
            "winner",
            "preference",
            "preferred",
            "human_preference",
            "overall_preference",
            "chosen",
            "chosen_index",
            "chosen_idx",
            "chosen_id",
            "choice",
            "best",
            "best_index");
    /// What chooses between two, and among more would be a class of all of them.
    private static final List<String> CLASSES = List.of("label", "labels");
    private static final List<String> RANKS = List.of("ranks", "rank");
    private static final List<String> ANSWERS =
            List.of("responses", "completions", "outputs", "answers", "candidates", "generations", "summaries");
    private static final List<String> OPTIONS =
            List.of("choices", "options", "endings", "answer_choices", "choices.text", "question.choices");
    private static final List<String> RIGHT = List.of(
            "answer",
            "answer_key",
            "answer_index",
            "answer_idx",
            "answer_id",
            "correct",
            "correct_answer",
            "correct_index",
            "correct_idx",
            "correct_option",
            "gold",
            "gold_index",
            "label",
            "target");
    private static final List<String> ASKED = List.of("ctx", "question_stem", "question.stem", "stem");
    private static final List<List<String>> TRIPLETS = List.of(
            List.of("anchor", "positive", "negative"),
            List.of("query", "positive", "negative"),
            List.of("query", "pos", "neg"),
            List.of("anchor", "pos", "neg"),
            List.of("question", "positive", "negative"));

    /// What was found.
    ///
    /// @param columns role to column, some of prompt, chosen, rejected, options and choice
    /// @param choice how the better one is told
    /// @param right whether one is right, rather than better
    /// @param unclear the column that seems to say it and does not show how; empty if it does
    record Found(Map<Role, String> columns, Choice choice, boolean right, String unclear) {
        Found {
            EnumMap<Role, String> sorted = new EnumMap<>(Role.class);
            sorted.putAll(columns);
            columns = sorted;
        }
    }

    private final Map<String, Column> columns;
    private final Predicate<String> open; // may the column serve as something?

    Rivals(Map<String, Column> columns, Predicate<String> open) {
        this.columns = columns;
        this.open = open;
    }

    Optional<Found> find() {
        return triplet().or(this::two).or(this::ranked).or(this::options);
    }

    private Optional<Found> triplet() {
        for (List<String> names : TRIPLETS) {
            Optional<String> anchor = named(names.getFirst(), column -> column.serves(Role.TEXT));
            Optional<String> chosen = named(names.get(1), Rivals::answers);
            Optional<String> rejected = named(names.getLast(), Rivals::answers);
            if (anchor.isPresent() && chosen.isPresent() && rejected.isPresent()) {
                Map<Role, String> found =
                        Map.of(Role.PROMPT, anchor.get(), Role.CHOSEN, chosen.get(), Role.REJECTED, rejected.get());
                return Optional.of(new Found(found, Choice.NOTHING, false, ""));
            }
        }
        return Optional.empty();
    }

    private static boolean answers(Column column) {
        return column.filled() > 0 && (column.mostly(Kind.TEXT) || column.mostly(Kind.TEXTS));
    }

    /// Two columns whose names differ in their last sign.
    private Optional<Found> two() {
        for (String name : columns.keySet()) {
            Matcher mark = MARKED.matcher(Role.normal(name));
            if (!open.test(name)
                    || !mark.matches()
                    || !TWINS.contains(mark.group(1))
                    || !mark.group(2).matches("[a01]")) {
                continue;
            }
            String stem = mark.group(1);
            String first = mark.group(2);
            String second = NEXT.getOrDefault(first, "");
            Optional<String> other = twin(stem, second);
            boolean third = first.equals("1") && twin(stem, "0").isPresent()
                    || NEXT.containsKey(second)
                            && twin(stem, NEXT.getOrDefault(second, "")).isPresent();
            Column mine = columns.get(name);
            if (other.isPresent() && !third && mine != null && compared(mine)) {
                return chosen(name, other.get(), stem, first, second);
            }
        }
        return Optional.empty();
    }

    private static boolean compared(Column column) {
        return column.filled() > 0 && (column.mostly(Kind.TEXT) || column.speaks());
    }

    private Optional<String> twin(String stem, String mark) {
        return named(stem + "_" + mark, Rivals::compared).or(() -> named(stem + mark, Rivals::compared));
    }

    private Optional<Found> chosen(String one, String other, String stem, String first, String second) {
        String unclear = "";
        for (String name : Stream.concat(CHOOSES.stream(), CLASSES.stream()).toList()) {
            Optional<String> column = named(name, values -> values.filled() > 0 && values.serves(Role.CHOICE));
            if (column.isEmpty()) {
                continue;
            }
            Set<String> values = values(column.get());
            Optional<Choice> choice = Choice.between(values, first, second);
            if (stem.equals("human_ref")
                    && name.equals("labels")
                    && Set.of("0", "1").containsAll(values)) {
                choice = Optional.of(new Choice(Choice.Way.FIRST_IF_TRUE, first, second)); // as its authors say
            }
            if (choice.isPresent()) {
                Map<Role, String> found = Map.of(Role.CHOSEN, one, Role.REJECTED, other, Role.CHOICE, column.get());
                return Optional.of(new Found(found, choice.get(), false, ""));
            }
            unclear = unclear.isEmpty() ? column.get() : unclear;
        }
        return unclear.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Found(Map.of(Role.CHOSEN, one, Role.REJECTED, other), Choice.NOTHING, false, unclear));
    }

    /// A list of answers, and a column that says which is best or the rank of each.
    private Optional<Found> ranked() {
        for (String name : ANSWERS) {
            Optional<String> list = named(name, Column::listed);
            if (list.isEmpty()) {
                continue;
            }
            for (String ranks : RANKS) {
                Optional<String> column = named(ranks, values -> values.mostly(Kind.NUMBERS));
                if (column.isPresent()) {
                    Map<Role, String> found = Map.of(Role.OPTIONS, list.get(), Role.CHOICE, column.get());
                    return Optional.of(new Found(found, new Choice(Choice.Way.RANKS, "", ""), false, ""));
                }
            }
            Optional<Found> chosen = among(list.get(), CHOOSES, false);
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        return Optional.empty();
    }

    /// A question with a list of answers, and a column that says which is right.
    private Optional<Found> options() {
        for (String name : OPTIONS) {
            Optional<String> list = named(name, Column::listed).or(() -> object(name));
            if (list.isPresent()) {
                Optional<Found> found = among(list.get(), RIGHT, true);
                if (found.isPresent()) {
                    ASKED.stream()
                            .flatMap(asked -> named(asked, column -> column.mostly(Kind.TEXT)).stream())
                            .findFirst()
                            .ifPresent(asked -> found.get().columns().put(Role.PROMPT, asked));
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// An object with an answer under each letter: `{"A": "red", "B": "blue"}`.
    private Optional<String> object(String name) {
        return columns.keySet().stream()
                .filter(column -> column.endsWith(".A") && Role.normal(column).equals(name + ".a"))
                .map(column -> column.substring(0, column.length() - 2))
                .filter(column -> columns.containsKey(column + ".B"))
                .findFirst();
    }

    private Optional<Found> among(String list, List<String> names, boolean right) {
        String unclear = "";
        for (String name : names) {
            Optional<String> column = named(name, values -> values.filled() > 0 && values.scalar());
            if (column.isPresent()) {
                Column answers = columns.get(list);
                Optional<Choice> choice = Choice.among(
                        values(column.get()), zero(column.get()), answers == null ? Choice.LETTERS : answers.most());
                if (choice.isPresent()) {
                    Map<Role, String> found = Map.of(Role.OPTIONS, list, Role.CHOICE, column.get());
                    return Optional.of(new Found(found, choice.get(), right, ""));
                }
                boolean numbers = values(column.get()).stream().allMatch(Numbers::isNumber);
                unclear = unclear.isEmpty() && numbers ? column.get() : unclear;
            }
        }
        return unclear.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(Map.of(Role.OPTIONS, list), Choice.NOTHING, right, unclear));
    }

    private Set<String> values(String name) {
        Column column = columns.get(name);
        return column == null ? Set.of() : column.common();
    }

    private boolean zero(String name) {
        Column column = columns.get(name);
        return column != null && column.zero();
    }

    /// Does a column of that name usually hold a list of answers?
    static boolean lists(String column) {
        String name = Role.normal(column);
        return OPTIONS.contains(name) || ANSWERS.contains(name);
    }

    private Optional<String> named(String name, Predicate<Column> such) {
        return columns.entrySet().stream()
                .filter(column -> Role.normal(column.getKey()).equals(name)
                        && open.test(column.getKey())
                        && such.test(column.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
