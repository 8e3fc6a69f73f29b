package io.bezoar.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a column serves as. The order is the order in which columns are shown.
enum Role {
    TEXT("text sentence body content utterance query message tweet review comment document post sms transcript"
            + " narrative description abstract ticket headline question input title sentences texts reviews"
            + " utterances tweets messages_text context"),
    PROMPT("prompt question query input_text inputs_pretokenized inputs text_input problem prompt.text"),
    INSTRUCTION("instruction"),
    INPUT("input context passage article instances[0].input"),
    SYSTEM("system system_prompt system_instruction system_instruction.parts system_instruction.parts.text"),
    HISTORY("history"),
    MESSAGES("messages conversations conversation dialogue dialog turns chat contents utterances segments"),
    LABEL(
            "label intent category class target sentiment topic label_text labels classes intents categories cats tag "
                    + "label_name class_name gold y stars rating overall polarity annotations[0].result[0].value.choices choice accept"),
    RESPONSE("response completion output answer reply answers.text[0] targets_pretokenized targets solution"
            + " reference_answer ground_truth answer.value completion.text response.text instances[0].output"),
    CHOSEN("chosen preferred_output chosen_messages chosen.value chosen.content"),
    REJECTED("rejected non_preferred_output rejected_messages rejected.value rejected.content"),
    VECTOR("vector embedding features pixels vectors embeddings activations activation representation hidden_state"),
    /// Answers to one question; one of them is right, or better than the others.
    OPTIONS("options"),
    /// Which of the answers of a row it is.
    CHOICE("choice"),
    /// Whether an annotator accepts the row's label.
    VERDICT("verdict"),
    ID("id uuid guid row_id _id rowid example_id sample_id"),
    SOURCE("source vendor provider origin channel data_source supplier src source_name source_id"),
    ANNOTATOR(
            "annotator labeler labeller worker annotator_id worker_id labeler_id user user_id author rater labeled_by "
                    + "labelled_by annotated_by coder rater_id coder_id annotations[0].completed_by annotations[0].completed_by.email _annotator_id"),
    TIME("ts timestamp created_at date time created datetime updated_at _timestamp"),
    URL("url uri link"),
    BATCH("batch batch_id shard_id delivery");

    /// What the column is called of rows that are a list of turns each.
    static final String TURNS = "messages";

    /// Last words of a longer name that say what the whole is: a `review_body` is a body.
    private static final Set<String> ENDINGS = Set.of(
            "text",
            "sentence",
            "body",
            "content",
            "utterance",
            "comment",
            "label",
            "intent",
            "category",
            "class",
            "sentiment",
            "topic");
    /// What may follow a label's name without changing what it is: a `label_id` is a label.
    private static final Set<String> FORMS = Set.of("id", "idx", "index", "num", "code", "text", "name", "str");

    private static final Set<String> KNOWN = Arrays.stream(values())
            .filter(role -> !role.chooses())
            .flatMap(role -> role.names.stream())
            .collect(Collectors.toSet());

    /// Where a word begins in a name such as `createdAt`.
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final List<String> names;

    Role(String names) {
        this.names = List.of(names.split(" "));
    }

    /// The role as users write it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Names of columns that serve as this, the most usual first.
    List<String> names() {
        return names;
    }

    /// Whether few values recur in many rows.
    boolean recurs() {
        return this == LABEL
                || this == CHOICE
                || this == VERDICT
                || this == SOURCE
                || this == ANNOTATOR
                || this == BATCH;
    }

    /// Whether a column of it holds the turns of a conversation.
    boolean speaks() {
        return this == MESSAGES || this == CHOSEN || this == REJECTED;
    }

    /// Whether it is part of the input or of a free target.
    boolean text() {
        return compareTo(HISTORY) <= 0 || this == RESPONSE;
    }

    /// Whether it is the target, or a part of it.
    boolean target() {
        return this == MESSAGES || compareTo(LABEL) >= 0 && compareTo(REJECTED) <= 0 || chooses();
    }

    /// Whether it says where a row came from, or which row it is.
    boolean describes() {
        return compareTo(ID) >= 0;
    }

    /// The role of that name.
    static Role of(String word) {
        String name = word.toLowerCase(Locale.ROOT).strip();
        return switch (name) {
            case "output", "completion", "answer" -> RESPONSE;
            case "conversations" -> MESSAGES;
            case "timestamp", "ts" -> TIME;
            case "target" -> LABEL;
            default ->
                Arrays.stream(values())
                        .filter(role -> role.word().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("expected a role of "
                                + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", ")) + ", came "
                                + word));
        };
    }

    /// Whether a column of that name usually holds the turns of a conversation.
    static boolean speaks(String column) {
        String name = normal(column);
        return MESSAGES.names.contains(name) || CHOSEN.names.contains(name) || REJECTED.names.contains(name);
    }

    /// Whether a column of that name usually serves as anything.
    static boolean known(String column) {
        return KNOWN.contains(normal(column));
    }

    /// Whether only the user, or the columns beside it, can say that a column serves as this.
    private boolean chooses() {
        return compareTo(OPTIONS) >= 0 && compareTo(VERDICT) <= 0;
    }

    /// Whether a column with a longer name than the tables have serves as this, going by the last part of
    /// its path and the words of that: `data.text`, `review_body`, `label_id`.
    boolean ends(String column) {
        String name = normal(column);
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (this != ID && !last.equals(name) && names.contains(last)) {
            return true;
        }
        if (this != TEXT && this != LABEL) {
            return false;
        }
        int cut = last.lastIndexOf('_');
        String end = last.substring(cut + 1);
        return cut > 0
                && (names.contains(end) && ENDINGS.contains(end)
                        || this == LABEL
                                && FORMS.contains(end)
                                && names.contains(last.substring(0, cut))
                                && ENDINGS.contains(last.substring(0, cut)));
    }

    /// A column name as the tables above write it: `createdAt` and `Created At` are `created_at`.
    static String normal(String column) {
        String name = HUMP.matcher(column.strip())
                .replaceAll("_")
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_')
                .replace('-', '_');
        for (String prefix : List.of("meta.", "metadata.", "info.", "provenance.")) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }
}
