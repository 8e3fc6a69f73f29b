package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A row as somebody would edit it: the one text that is the question, the target, and where their bytes
/// lie.
///
/// Of an instruction with an input it is the instruction, of a conversation the last turn of each side,
/// of a pair of answers that begin with their prompt the prompt in both. What the parts around it say
/// stays.
///
/// @param example the row with that text as its input
/// @param cells where input and target lie
/// @param texts what the cells say if the row is to be that example
/// @param id where the row's own id lies
record Editable(Example example, List<Cell> cells, Function<Example, List<String>> texts, Optional<Cell> id) {

    /// The editable view of a row; empty where input or target is not one text each.
    static Optional<Editable> of(Layout layout, Example whole, RowCells.Found found) {
        Optional<Cell> id = found.cell(Role.ID);
        return switch (layout.shape()) {
            case LABELLED ->
                pair(
                        whole,
                        found.cell(layout.columns().containsKey(Role.TEXT) ? Role.TEXT : Role.INSTRUCTION)
                                .or(() -> last(found.said(Role.MESSAGES), false)),
                        found.cell(Role.LABEL),
                        id);
            case ANSWERED ->
                pair(
                        whole,
                        found.cell(layout.columns().containsKey(Role.PROMPT) ? Role.PROMPT : Role.TEXT)
                                .or(() -> last(found.said(Role.PROMPT), false)),
                        found.cell(Role.RESPONSE).or(() -> last(found.said(Role.RESPONSE), true)),
                        id);
            case INSTRUCTED -> pair(whole, found.cell(Role.INSTRUCTION), found.cell(Role.RESPONSE), id);
            case CHAT -> {
                List<RowCells.Said> turns = found.said(Role.MESSAGES);
                yield layout.template() == Template.NONE
                        ? pair(whole, last(turns, false), last(turns, true), id)
                        : found.cell(Role.MESSAGES).flatMap(cell -> written(layout.template(), whole, cell, id));
            }
            case TEXT ->
                found.cell(Role.TEXT)
                        .map(cell -> new Editable(
                                with(whole, cell.text(), Target.ABSENT),
                                List.of(cell),
                                edited -> List.of(edited.input()),
                                id));
            case PREFERENCE -> preference(layout, whole, found, id);
            case VECTOR, CHOICE -> Optional.empty(); // the attacks write texts, and change no choice
        };
    }

    private static Optional<Editable> pair(
            Example whole, Optional<Cell> input, Optional<Cell> target, Optional<Cell> id) {
        if (input.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        return switch (whole.target()) {
            case Target.Label label ->
                Optional.of(new Editable(
                        with(whole, input.get().text(), label),
                        List.of(input.get(), target.get()),
                        edited -> List.of(
                                edited.input(),
                                answer(edited, label, target.get().text())),
                        id));
            case Target.Response _ ->
                Optional.of(new Editable(
                        with(
                                whole,
                                input.get().text(),
                                new Target.Response(target.get().text())),
                        List.of(input.get(), target.get()),
                        edited -> List.of(edited.input(), answer(edited)),
                        id));
            case Target.Preference _, Target.Absent _ -> Optional.empty();
        };
    }

    /// A row with its turns in one text.
    private static Optional<Editable> written(Template template, Example whole, Cell cell, Optional<Cell> id) {
        Optional<Template.Stretch> asked = last(template, cell.text(), "user");
        Optional<Template.Stretch> answered = last(template, cell.text(), "assistant");
        if (asked.isEmpty() || answered.isEmpty()) {
            return Optional.empty();
        }
        Template.Stretch question = asked.get();
        Template.Stretch answer = answered.get();
        return Optional.of(new Editable(
                with(whole, question.of(cell.text()), new Target.Response(answer.of(cell.text()))),
                List.of(cell),
                edited -> List.of(
                        question.from() < answer.from()
                                ? question.replaced(answer.replaced(cell.text(), answer(edited)), edited.input())
                                : answer.replaced(question.replaced(cell.text(), edited.input()), answer(edited))),
                id));
    }

    private static Optional<Template.Stretch> last(Template template, String text, String speaker) {
        return template.stretches(text).stream()
                .filter(turn -> turn.speaker().equals(speaker) && turn.from() < turn.to())
                .reduce((_, later) -> later);
    }

    private static Optional<Editable> preference(
            Layout layout, Example whole, RowCells.Found found, Optional<Cell> id) {
        boolean told = layout.choice().way() == Choice.Way.NOTHING; // by the columns themselves, which is better
        if (!told || !(whole.target() instanceof Target.Preference)) {
            return Optional.empty();
        }
        Optional<Cell> prompt = found.cell(Role.PROMPT)
                .or(() -> last(found.said(Role.PROMPT), false))
                .or(() -> last(found.said(Role.MESSAGES), false));
        Optional<Cell> chosen = found.cell(Role.CHOSEN);
        Optional<Cell> rejected = found.cell(Role.REJECTED);
        if (chosen.isPresent() && rejected.isPresent()) {
            String first = chosen.get().text();
            String second = rejected.get().text();
            if (first.stripLeading().startsWith("[{") || second.stripLeading().startsWith("[{")) {
                return Optional.empty(); // turns, written as JSON inside of a text
            }
            if (layout.columns().containsKey(Role.PROMPT) || layout.columns().containsKey(Role.MESSAGES)) {
                return prompt.map(cell -> new Editable(
                        with(whole, cell.text(), new Target.Preference(first, second)),
                        List.of(cell, chosen.get(), rejected.get()),
                        edited -> List.of(edited.input(), chosen(edited), rejected(edited)),
                        id));
            }
            int shared = Row.sharedPrompt(first, second);
            String tail = tail(first.substring(0, shared));
            String start = first.substring(0, shared - tail.length());
            return Optional.of(new Editable(
                    with(whole, start, new Target.Preference(first.substring(shared), second.substring(shared))),
                    List.of(chosen.get(), rejected.get()),
                    edited -> List.of(edited.input() + tail + chosen(edited), edited.input() + tail + rejected(edited)),
                    id));
        }
        Optional<Cell> better = last(found.said(Role.CHOSEN), true);
        Optional<Cell> worse = last(found.said(Role.REJECTED), true);
        if (better.isEmpty() || worse.isEmpty()) {
            return Optional.empty();
        }
        List<Cell> asked = new ArrayList<>();
        prompt.ifPresentOrElse(
                cell -> {
                    asked.add(cell);
                    Stream.of(Role.CHOSEN, Role.REJECTED)
                            .flatMap(role -> found.said(role).stream())
                            .filter(turn -> !turn.assistant())
                            .flatMap(turn -> turn.text().stream())
                            .filter(text -> text.text().equals(cell.text()))
                            .forEach(asked::add);
                },
                () -> {
                    last(found.said(Role.CHOSEN), false).ifPresent(asked::add);
                    last(found.said(Role.REJECTED), false).ifPresent(asked::add);
                });
        if (asked.isEmpty() || !asked.getFirst().text().equals(asked.getLast().text())) {
            return Optional.empty();
        }
        List<Cell> cells = new ArrayList<>(asked);
        cells.add(better.get());
        cells.add(worse.get());
        return Optional.of(new Editable(
                with(
                        whole,
                        asked.getFirst().text(),
                        new Target.Preference(better.get().text(), worse.get().text())),
                cells,
                edited -> {
                    List<String> texts = new ArrayList<>();
                    asked.forEach(_ -> texts.add(edited.input()));
                    texts.add(chosen(edited));
                    texts.add(rejected(edited));
                    return texts;
                },
                id));
    }

    /// What announces the answer at the end of a prompt: nothing is put behind it.
    private static String tail(String prompt) {
        int at = prompt.lastIndexOf("\n\nAssistant:");
        return at >= 0 && prompt.substring(at + 12).isBlank() ? prompt.substring(at) : "";
    }

    private static Optional<Cell> last(List<RowCells.Said> turns, boolean assistant) {
        return turns.stream()
                .filter(turn -> turn.assistant() == assistant)
                .filter(turn -> !turn.speaker().equalsIgnoreCase("system"))
                .reduce((_, later) -> later)
                .flatMap(RowCells.Said::text);
    }

    private static Example with(Example row, String input, Target target) {
        return new Example(
                input, target, row.origin(), row.position(), row.declaredId().orElse(""));
    }

    /// The label as the cell writes it, if it is the one it was: around it there may be white space.
    private static String answer(Example edited, Target.Label before, String written) {
        String now = answer(edited);
        return now.equals(before.name()) ? written : now;
    }

    private static String answer(Example edited) {
        return switch (edited.target()) {
            case Target.Label(String name) -> name;
            case Target.Response(String text) -> text;
            case Target.Preference(String chosen, String _) -> chosen;
            case Target.Absent() -> "";
        };
    }

    private static String chosen(Example edited) {
        return answer(edited);
    }

    private static String rejected(Example edited) {
        return edited.target() instanceof Target.Preference(String _, String rejected) ? rejected : "";
    }

    /// The row's bytes as they are if it is `edited`; what did not change keeps its bytes.
    ///
    /// @param raw the row's bytes as they were
    byte[] written(byte[] raw, Example edited) {
        Map<Integer, Map.Entry<Cell, String>> changed = new TreeMap<>();
        List<String> now = texts.apply(edited);
        for (int i = 0; i < cells.size(); i++) {
            put(cells.get(i), now.get(i), changed);
        }
        id.ifPresent(cell -> edited.declaredId()
                .filter(name -> !cell.text().strip().equals(name))
                .ifPresent(name -> put(cell, name, changed)));
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 256);
        int at = 0;
        for (Map.Entry<Cell, String> change : changed.values()) {
            out.write(raw, at, change.getKey().start() - at);
            out.writeBytes(change.getKey().written(change.getValue()));
            at = change.getKey().end();
        }
        out.write(raw, at, raw.length - at);
        return out.toByteArray();
    }

    private static void put(Cell cell, String text, Map<Integer, Map.Entry<Cell, String>> changed) {
        if (!cell.text().equals(text)) {
            changed.put(cell.start(), Map.entry(cell, text));
        }
    }
}
