package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The values of one row by role, and how they become an example. Overwritten by the next row; owned by one thread.
final class Row {
    private static final int MOST_KEPT = 1 << 16;
    private static final float[] NO_VECTOR = {};
    private static final String ASSISTANT = "\n\nAssistant:";

    private record Sender(String source, String annotator, String batch) {}

    private final Layout layout;
    private final Numbers numbers;
    private final boolean further; // are there columns to read with the text?
    private final @Nullable String[] texts = new @Nullable String[Role.values().length];
    private @Nullable List<Turn> messages;
    private @Nullable List<Turn> chosen;
    private @Nullable List<Turn> rejected;
    private final List<String> flags; // the columns that say each whether a label holds
    private final List<String> holding = new ArrayList<>();
    private boolean judged; // does one of them say anything?
    private List<String> options = List.of();
    private List<String> keys = List.of();
    private final Map<String, Target.Label> labels = new HashMap<>();
    private final Map<Sender, Origin> origins = new HashMap<>();

    Row(Layout layout) {
        this.layout = layout;
        flags = layout.flags();
        further = Stream.of(Role.SYSTEM, Role.HISTORY, Role.INPUT).anyMatch(layout.columns()::containsKey);
        String column = layout.columns().getOrDefault(Role.VECTOR, "");
        numbers = new Numbers(
                Math.max(1, layout.numbers().length()),
                column.isEmpty() ? layout.named().getOrDefault(Role.VECTOR.word(), "") : column);
    }

    /// Takes the numbers of the row's vector.
    Numbers numbers() {
        return numbers;
    }

    void clear() {
        numbers.clear();
        holding.clear();
        judged = false;
        Arrays.fill(texts, null);
        messages = null;
        chosen = null;
        rejected = null;
        options = List.of();
        keys = List.of();
    }

    /// Takes the answers to choose from.
    ///
    /// @param names what each is called; empty if they have no names
    void options(List<String> texts, List<String> names) {
        options = texts;
        keys = names;
    }

    /// Do several columns say each whether a label holds?
    boolean flagged() {
        return !flags.isEmpty();
    }

    /// Takes what such a column says; nothing if it is empty.
    void flag(String column, String said) throws BadRow {
        if (said.isBlank()) {
            return;
        }
        boolean holds = Labels.holds(said)
                .orElseThrow(() -> new BadRow("expected 0 or 1 in the column \"" + column + "\", came "
                        + said.strip().substring(0, Math.min(said.strip().length(), 40))));
        judged = true;
        if (holds) {
            holding.add(Labels.named(column));
        }
    }

    void text(Role role, String text) {
        if (role == Role.MESSAGES && layout.template() != Template.NONE) {
            messages = layout.template().turns(text);
        } else {
            texts[role.ordinal()] = text;
        }
    }

    void turns(Role role, List<Turn> said) {
        List<Turn> turns = layout.assistant().isEmpty() ? said : known(said);
        switch (role) {
            case CHOSEN -> chosen = turns;
            case REJECTED -> rejected = turns;
            case MESSAGES -> messages = turns;
            default -> text(role, Turn.joined(turns));
        }
    }

    /// Takes a text in a column that holds turns: the turns, if it writes them as JSON.
    void said(Role role, String text, String column, JsonFactory factory) throws BadRow {
        boolean written = role == Role.MESSAGES && layout.template() != Template.NONE;
        Optional<List<Turn>> turns = written ? Optional.empty() : Json.turns(text, factory);
        if (turns.isPresent()) {
            turns(role, turns.get());
            if (loneSurrogate()) {
                throw new BadRow("expected Unicode text, came half a surrogate pair");
            }
        } else if (written || role != Role.MESSAGES) {
            text(role, text);
        } else if (!text.isBlank()) {
            throw new BadRow("expected a list of turns in the column \"" + column
                    + "\", came text that is no list of turns in JSON");
        }
    }

    /// The turns with the assistant under the name that everybody knows.
    private List<Turn> known(List<Turn> turns) {
        return turns.stream()
                .map(turn -> Turn.named(turn.speaker()).equals(layout.assistant())
                        ? new Turn("assistant", turn.text())
                        : turn)
                .toList();
    }

    /// Whether any text holds half a surrogate pair.
    boolean loneSurrogate() {
        for (String text : texts) {
            if (text != null && Utf8.loneSurrogate(text)) {
                return true;
            }
        }
        return lone(messages)
                || lone(chosen)
                || lone(rejected)
                || options.stream().anyMatch(Utf8::loneSurrogate);
    }

    private static boolean lone(@Nullable List<Turn> turns) {
        return turns != null && turns.stream().anyMatch(turn -> Utf8.loneSurrogate(turn.text()));
    }

    Example example(Position position) throws BadRow {
        String id = or(Role.ID).strip();
        Origin origin = origin();
        float[] vector = layout.numbers().length() == 0 ? NO_VECTOR : numbers.vector();
        return switch (layout.shape()) {
            case VECTOR -> new Example("", vector, label(), origin, position, id);
            case LABELLED -> new Example(text(), vector, accepted() ? label() : Target.ABSENT, origin, position, id);
            case ANSWERED -> new Example(prompt(), vector, response(), origin, position, id);
            case CHOICE -> choice(vector, origin, position, id);
            case INSTRUCTED -> {
                required(Role.INSTRUCTION);
                String prompt = joined(Role.SYSTEM, Role.HISTORY, Role.INSTRUCTION, Role.INPUT);
                yield new Example(prompt, vector, response(), origin, position, id);
            }
            case CHAT -> {
                List<Turn> turns = turns();
                String input = Turn.joined(turns, false);
                String head = joined(Role.SYSTEM, Role.INPUT);
                Target target = turns.stream().anyMatch(Turn::assistant)
                        ? new Target.Response(Turn.joined(turns, true))
                        : Target.ABSENT;
                String prompt = head.isEmpty() ? input : head + "\n" + input;
                yield new Example(prompt, vector, target, origin, position, id);
            }
            case PREFERENCE -> compared(vector, origin, position, id);
            case TEXT -> new Example(text(), vector, Target.ABSENT, origin, position, id);
        };
    }

    /// A question with the answers to choose from, and the right one.
    private Example choice(float[] vector, Origin origin, Position position, String id) throws BadRow {
        String prompt = lines(prompt(), String.join("\n", options));
        int right = chosen(options.size());
        Target target = right == Choice.NEITHER ? Target.ABSENT : new Target.Response(options.get(right));
        return new Example(prompt, vector, target, origin, position, id);
    }

    /// Which of so many answers the row chooses.
    private int chosen(int answers) throws BadRow {
        String said = texts[Role.CHOICE.ordinal()];
        return said == null
                ? Choice.NEITHER
                : layout.choice().of(said, keys, answers, layout.columns().getOrDefault(Role.CHOICE, ""));
    }

    /// Two answers, of which the columns or the row say which is better; without a target if none is.
    private Example compared(float[] vector, Origin origin, Position position, String id) throws BadRow {
        if (layout.choice().way() == Choice.Way.NOTHING) {
            return preference(vector, origin, position, id);
        }
        boolean list = layout.columns().containsKey(Role.OPTIONS);
        int better = chosen(list ? options.size() : 2);
        if (list) {
            List<String> others = new ArrayList<>(options);
            text(Role.CHOSEN, better == Choice.NEITHER ? "" : others.remove(better));
            text(Role.REJECTED, others.isEmpty() ? "" : others.getFirst());
        } else if (better == 1) {
            swap();
        }
        Example pair = preference(vector, origin, position, id);
        return better == Choice.NEITHER ? new Example(pair.input(), vector, Target.ABSENT, origin, position, id) : pair;
    }

    private void swap() {
        String text = texts[Role.CHOSEN.ordinal()];
        texts[Role.CHOSEN.ordinal()] = texts[Role.REJECTED.ordinal()];
        texts[Role.REJECTED.ordinal()] = text;
        List<Turn> turns = chosen;
        chosen = rejected;
        rejected = turns;
    }

    /// Has the row no target because an annotator did not accept its label?
    boolean rejected() {
        return layout.shape() == Layout.Shape.LABELLED && !accepted();
    }

    /// Does no annotator reject the row's label?
    private boolean accepted() {
        String verdict = texts[Role.VERDICT.ordinal()];
        return verdict == null || verdict.isBlank() || verdict.strip().equalsIgnoreCase("accept");
    }

    private Example preference(float[] vector, Origin origin, Position position, String id) throws BadRow {
        List<Turn> better = chosen;
        List<Turn> worse = rejected;
        String prompt = joined(Role.PROMPT, Role.INPUT);
        if (better != null && worse != null) {
            int shared = 0;
            while (shared < Math.min(better.size(), worse.size()) - 1 // the last turn is the answer
                    && better.get(shared).equals(worse.get(shared))) {
                shared++;
            }
            List<Turn> start = better.subList(0, shared);
            String first = Turn.joined(better.subList(shared, better.size()));
            String second = Turn.joined(worse.subList(shared, worse.size()));
            String input = opened(prompt.isEmpty() ? asked(first, second) : prompt, start);
            String head = !start.isEmpty() && start.getFirst().text().equals(or(Role.SYSTEM))
                    ? or(Role.HISTORY)
                    : joined(Role.SYSTEM, Role.HISTORY);
            Target target = new Target.Preference(first, second);
            return new Example(lines(head, input), vector, target, origin, position, id);
        }
        String first = better != null ? Turn.joined(better) : required(Role.CHOSEN);
        String second = worse != null ? Turn.joined(worse) : required(Role.REJECTED);
        prompt = prompt.isEmpty() ? asked(first, second) : prompt;
        prompt = lines(joined(Role.SYSTEM, Role.HISTORY), prompt);
        boolean apart = layout.columns().containsKey(Role.PROMPT) || messages != null;
        int shared = apart ? 0 : sharedPrompt(first, second);
        String input = shared == 0 ? prompt : lines(prompt, first.substring(0, shared));
        Target target = new Target.Preference(first.substring(shared), second.substring(shared));
        return new Example(input, vector, target, origin, position, id);
    }

    /// The conversation that two answers go on with, without a last turn that is one of them.
    private String asked(String first, String second) {
        List<Turn> turns = messages;
        if (turns == null || turns.isEmpty()) {
            return "";
        }
        String last = turns.getLast().text();
        boolean answer = last.equals(first) || last.equals(second);
        return Turn.joined(answer ? turns.subList(0, turns.size() - 1) : turns);
    }

    /// A prompt and the turns that both answers begin with; what one of them says the other does not repeat.
    private static String opened(String prompt, List<Turn> start) {
        String turns = Turn.joined(start);
        String asked = prompt.strip();
        String begun = turns.strip();
        if (begun.isEmpty() || asked.equals(begun)) {
            return prompt;
        }
        if (begun.startsWith(asked)
                || begun.endsWith(asked)
                || start.stream().anyMatch(turn -> turn.text().strip().equals(asked))) {
            return turns;
        }
        return asked.startsWith(begun) || asked.endsWith(begun) ? prompt : prompt + "\n" + turns;
    }

    private static String lines(String first, String second) {
        return first.isEmpty() ? second : second.isEmpty() ? first : first + "\n" + second;
    }

    /// How much of two answers is the prompt they share: up to the last `\n\nAssistant:` in both (Bai et al. 2022, the
    /// layout of their published pairs), else up to the last line end in both.
    static int sharedPrompt(String first, String second) {
        int shared = Math.max(0, Arrays.mismatch(first.toCharArray(), second.toCharArray()));
        if (first.equals(second)) {
            shared = first.length();
        }
        int marker = first.lastIndexOf(ASSISTANT, Math.max(0, shared - ASSISTANT.length()));
        if (marker >= 0 && marker + ASSISTANT.length() <= shared) {
            return marker + ASSISTANT.length();
        }
        return shared == 0 ? 0 : first.lastIndexOf('\n', shared - 1) + 1;
    }

    private String prompt() throws BadRow {
        Role role = layout.columns().containsKey(Role.PROMPT) ? Role.PROMPT : Role.TEXT;
        required(role);
        return joined(Role.SYSTEM, Role.HISTORY, role, Role.INPUT);
    }

    /// A text, with what the user says belongs to it; of an answer that is judged all that leads to it,
    /// and the answer itself.
    private String text() throws BadRow {
        if (layout.columns().containsKey(Role.TEXT)) {
            String text = required(Role.TEXT);
            return further ? joined(Role.SYSTEM, Role.HISTORY, Role.TEXT, Role.INPUT) : text;
        }
        if (layout.columns().containsKey(Role.MESSAGES)) {
            return lines(joined(Role.SYSTEM, Role.INPUT), Turn.joined(turns()));
        }
        required(Role.INSTRUCTION);
        return joined(Role.SYSTEM, Role.HISTORY, Role.INSTRUCTION, Role.INPUT, Role.RESPONSE);
    }

    private List<Turn> turns() throws BadRow {
        List<Turn> turns = messages;
        if (turns == null) {
            throw missing(Role.MESSAGES);
        }
        return turns;
    }

    private Target response() {
        String text = texts[Role.RESPONSE.ordinal()];
        return text == null ? Target.ABSENT : new Target.Response(text);
    }

    /// The labels that hold as one; nothing if no column says anything.
    private String joined() {
        return !judged ? "" : holding.isEmpty() ? Labels.NONE : Labels.joined(holding);
    }

    private Target label() {
        String name = flagged() ? joined() : texts[Role.LABEL.ordinal()];
        if (name == null || name.isBlank()) {
            return Target.ABSENT;
        }
        Target.Label known = labels.get(name);
        if (known == null) {
            known = new Target.Label(name);
            if (labels.size() < MOST_KEPT) {
                labels.put(name, known);
            }
        }
        return known;
    }

    private Origin origin() {
        String source = or(Role.SOURCE);
        String annotator = or(Role.ANNOTATOR);
        String batch = or(Role.BATCH);
        String time = or(Role.TIME);
        String url = or(Role.URL);
        if (!time.isEmpty() || !url.isEmpty()) {
            long millis = time.isEmpty() ? Origin.NO_TIME : Times.millis(time);
            return new Origin(source, annotator, millis, url, batch);
        }
        if (source.isEmpty() && annotator.isEmpty() && batch.isEmpty()) {
            return Origin.UNKNOWN;
        }
        Sender sender = new Sender(source, annotator, batch);
        Origin known = origins.get(sender);
        if (known == null) {
            known = new Origin(source, annotator, Origin.NO_TIME, "", batch);
            if (origins.size() < MOST_KEPT) {
                origins.put(sender, known);
            }
        }
        return known;
    }

    private String or(Role role) {
        String text = texts[role.ordinal()];
        return text == null ? "" : text;
    }

    private String required(Role role) throws BadRow {
        String text = texts[role.ordinal()];
        if (text == null) {
            throw missing(role);
        }
        return text;
    }

    private BadRow missing(Role role) {
        return new BadRow("expected a text in the column \"" + layout.columns().getOrDefault(role, role.word())
                + "\", came nothing");
    }

    private String joined(Role... roles) {
        String only = "";
        StringBuilder all = new StringBuilder();
        for (Role role : roles) {
            String text = or(role);
            if (!text.isEmpty()) {
                if (only.isEmpty()) {
                    only = text;
                } else {
                    if (all.isEmpty()) {
                        all.append(only);
                    }
                    all.append('\n').append(text);
                }
            }
        }
        return all.isEmpty() ? only : all.toString();
    }
}
