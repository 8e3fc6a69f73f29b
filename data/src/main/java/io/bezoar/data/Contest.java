package io.bezoar.data;

import io.bezoar.data.Layout.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows in which one of several answers is chosen: by the columns that hold them, by another column, or
/// as the user says.
final class Contest {
    private static final String CHOOSING = "question and answers to choose from -> the right one";

    /// What such rows come to.
    ///
    /// @param unclear the column that seems to choose and does not show how
    record Decided(Shape shape, String words, Choice choice, Optional<Unread> unclear) {
        Decided(Shape shape, String words, Choice choice) {
            this(shape, words, choice, Optional.empty());
        }
    }

    private final Casting casting;
    private final Map<Role, String> found;

    Contest(Casting casting) {
        this.casting = casting;
        found = casting.found();
    }

    /// Two answers of which the columns, or one that the user names, say which is better.
    Optional<Decided> pair() {
        if (!casting.takeMain(Role.CHOSEN) || !casting.takeMain(Role.REJECTED)) {
            found.clear();
            return Optional.empty();
        }
        boolean prompt = question() || casting.take(Role.MESSAGES);
        beside(prompt);
        String words = (prompt ? "prompt" : "the start that chosen and rejected share") + " -> chosen over rejected";
        String name = casting.told().getOrDefault(Role.CHOICE, "");
        if (name.isEmpty()) {
            return Optional.of(new Decided(Shape.PREFERENCE, words, Choice.NOTHING));
        }
        Set<String> values = casting.column(name).common();
        String first = mark(casting.name(Role.CHOSEN));
        String second = mark(casting.name(Role.REJECTED));
        Choice choice = Choice.between(values, first, second).orElseGet(() -> Choice.told(values, first, second));
        return Optional.of(new Decided(Shape.PREFERENCE, words + chosenBy(name), choice));
    }

    /// A question with answers and a choice that the user names.
    Optional<Decided> told() {
        if (!question()) {
            return Optional.empty();
        }
        beside(true);
        String name = casting.told().getOrDefault(Role.CHOICE, "");
        Column chosen = casting.column(name);
        int most = casting.column(casting.told().getOrDefault(Role.OPTIONS, "")).most();
        Choice choice = Choice.among(chosen.common(), chosen.zero(), most == 0 ? Choice.LETTERS : most)
                .orElseGet(() -> Choice.told(Set.of(), "", ""));
        return Optional.of(new Decided(Shape.CHOICE, CHOOSING + chosenBy(name), choice));
    }

    /// Answers side by side under usual names, one of which a column chooses.
    Optional<Decided> usual() {
        Optional<Rivals.Found> rivals =
                new Rivals(casting.columns(), name -> !casting.reserved().contains(name)).find();
        if (rivals.isEmpty()) {
            return Optional.empty();
        }
        Rivals.Found it = rivals.get();
        found.putAll(it.columns());
        if (!it.columns().keySet().stream().allMatch(role -> role == Role.CHOICE || casting.main(role))) {
            found.clear();
            return Optional.empty();
        }
        boolean prompt = found.containsKey(Role.PROMPT)
                || casting.take(Role.PROMPT)
                || casting.takeAs(Role.PROMPT, Role.INSTRUCTION)
                || casting.takeAs(Role.PROMPT, Role.HISTORY)
                || casting.takeAs(Role.PROMPT, Role.TEXT)
                || !it.right() && casting.take(Role.MESSAGES);
        if (!prompt && (it.right() || !it.unclear().isEmpty())) {
            found.clear();
            return Optional.empty();
        }
        if (!it.unclear().isEmpty()) {
            return Optional.of(unclear(it.unclear()));
        }
        beside(prompt);
        String name = casting.name(Role.CHOICE);
        String chosen = name.isEmpty() ? "" : chosenBy(name);
        String start = prompt ? "prompt" : "the start that both answers share";
        return Optional.of(
                it.right()
                        ? new Decided(Shape.CHOICE, CHOOSING + chosen, it.choice())
                        : new Decided(
                                Shape.PREFERENCE, start + " -> chosen over rejected" + chosen + firsts(), it.choice()));
    }

    /// A question alone, because which of the answers is chosen does not show.
    private Decided unclear(String name) {
        String question = found.getOrDefault(Role.PROMPT, casting.name(Role.MESSAGES));
        found.clear();
        found.put(Role.TEXT, question);
        Column column = casting.column(name);
        Unread unread = new Unread(name, Unread.Kind.CHOICE, column.distinct().size(), column.filled());
        return new Decided(Shape.TEXT, "text without a target", Choice.NOTHING, Optional.of(unread));
    }

    /// Says of which lists no more than one answer is read: a longer text against a shorter one would be
    /// told by its length.
    private String firsts() {
        if (casting.column(casting.name(Role.OPTIONS)).most() > 2) {
            return " (over the first of the others)";
        }
        String lists = Stream.of(Role.CHOSEN, Role.REJECTED)
                .map(casting::name)
                .filter(name ->
                        casting.column(name).listed() && casting.column(name).most() > 1)
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(" and "));
        return lists.isEmpty() ? "" : " (the first of " + lists + ")";
    }

    private boolean question() {
        return casting.take(Role.PROMPT)
                || casting.takeAs(Role.PROMPT, Role.INSTRUCTION)
                || casting.takeAs(Role.PROMPT, Role.TEXT);
    }

    private void beside(boolean prompt) {
        casting.take(Role.SYSTEM);
        casting.take(Role.HISTORY);
        if (prompt) {
            casting.take(Role.INPUT);
        }
    }

    private static String chosenBy(String column) {
        return " (the column \"" + column + "\" says which)";
    }

    /// What tells the name of one of two columns from the other's: its last word.
    private static String mark(String column) {
        String name = Role.normal(column);
        return name.substring(name.lastIndexOf('_') + 1);
    }
}
