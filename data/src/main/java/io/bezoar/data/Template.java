package io.bezoar.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How a conversation is written as one text: with a mark before each turn.
///
/// A mark begins a turn wherever it stands and whoever wrote it, for a model knows no better. Nothing is
/// lost: what stands before the first mark is a turn of nobody, and what is left out besides the marks are
/// white space and signs of beginnings and ends, at both ends of a turn. Templates are tried in this order:
/// the marks of a later one may stand in the turns of an earlier one.
enum Template {
    /// None: turns are no text, or there are none.
    NONE("", Place.ANY, "", "", "", "", ""),
    CHATML("ChatML", Place.ANY, "<|im_start|>", "", "user", "assistant", "system developer tool"),
    LLAMA3(
            "Llama 3",
            Place.ANY,
            "<|start_header_id|>",
            "<|end_header_id|>",
            "user",
            "assistant",
            "system ipython tool"),
    GEMMA("Gemma", Place.ANY, "<start_of_turn>", "", "user", "model", "system"),
    ZEPHYR("Zephyr", Place.ANY, "<|", "|>", "user prompter", "assistant", "system tool"),
    LLAMA2("Llama 2", Place.ANY, "", "", "[INST] <</SYS>>", "[/INST]", "<<SYS>>"),
    ALPACA("Alpaca", Place.ANY, "### ", ":", "Instruction Input Context Question", "Response Answer Output", ""),
    GUANACO("Guanaco", Place.ANY, "### ", ":", "Human User", "Assistant", "System"),
    VICUNA("Vicuna", Place.WORD, "", ":", "USER", "ASSISTANT", "SYSTEM"),
    HUMAN("Human and Assistant", Place.LINE, "", ":", "Human User", "Assistant", "System");

    /// What stands at the ends of turns that nobody says.
    private static final List<String> SIGNS = List.of(
            "<s>",
            "</s>",
            "<bos>",
            "<eos>",
            "<|im_end|>",
            "<|begin_of_text|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end_of_text|>",
            "<end_of_turn>",
            "<|end|>",
            "<|endoftext|>",
            "### End");

    /// Where marks may stand.
    private enum Place {
        ANY,
        /// Not behind a letter or a digit.
        WORD,
        /// At the beginning of a line.
        LINE
    }

    /// What begins a turn.
    private record Mark(String text, String speaker) {}

    /// A turn where it stands.
    ///
    /// @param speaker `user`, `assistant` or `system`; empty before the first mark
    /// @param from its first character
    /// @param to one past its last
    record Stretch(String speaker, int from, int to) {

        /// What is said there.
        String of(String text) {
            return text.substring(from, to);
        }

        /// The text with something else said there.
        String replaced(String text, String other) {
            return text.substring(0, from) + other + text.substring(to);
        }
    }

    private final String word;
    private final Place place;
    private final List<Mark> marks;

    /// @param before what stands before the name of a speaker
    /// @param after what stands behind it
    /// @param asks names of those who ask
    /// @param answers names of those who answer
    /// @param aside names of those who do neither
    Template(String word, Place place, String before, String after, String asks, String answers, String aside) {
        this.word = word;
        this.place = place;
        marks = Stream.of(
                        marks(before, asks, after, "user"),
                        marks(before, answers, after, "assistant"),
                        marks(before, aside, after, "system"))
                .flatMap(all -> all)
                .toList();
    }

    private static Stream<Mark> marks(String before, String names, String after, String speaker) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> new Mark(before + name + after, speaker));
    }

    /// What people call it.
    String word() {
        return word;
    }

    /// The templates by which a text has a turn of both sides.
    static Set<Template> of(String text) {
        Set<Template> templates = EnumSet.noneOf(Template.class);
        for (Template template : values()) {
            if (template.speaks("assistant", text) && template.speaks("user", text)) {
                templates.add(template);
            }
        }
        return templates;
    }

    private boolean speaks(String speaker, String text) {
        return marks.stream().anyMatch(mark -> mark.speaker().equals(speaker) && next(mark, text, 0) < text.length());
    }

    /// The turns of a text; one of nobody if it has no marks.
    List<Turn> turns(String text) {
        return stretches(text).stream()
                .map(turn -> new Turn(turn.speaker(), turn.of(text)))
                .toList();
    }

    /// Where the turns of a text stand.
    List<Stretch> stretches(String text) {
        List<Stretch> turns = new ArrayList<>();
        int[] next = new int[marks.size()]; // where each mark stands next
        Arrays.fill(next, -1);
        String speaker = "";
        int from = 0;
        while (true) {
            int end = text.length();
            Mark ending = null;
            for (int i = 0; i < next.length; i++) {
                if (next[i] < from) {
                    next[i] = next(marks.get(i), text, from);
                }
                if (next[i] < end) {
                    end = next[i];
                    ending = marks.get(i);
                }
            }
            Stretch turn = stretch(speaker, text, from, end);
            if (!speaker.isEmpty() || turn.from() < turn.to()) {
                turns.add(turn);
            }
            if (ending == null) {
                return turns;
            }
            speaker = ending.speaker();
            from = end + ending.text().length();
        }
    }

    /// Where a mark stands from a place on; the text's length if it does not.
    private int next(Mark mark, String text, int from) {
        int at = text.indexOf(mark.text(), from);
        while (at > 0 && !placed(text.charAt(at - 1))) {
            at = text.indexOf(mark.text(), at + 1);
        }
        return at < 0 ? text.length() : at;
    }

    /// May a mark stand behind that?
    private boolean placed(char before) {
        return switch (place) {
            case ANY -> true;
            case WORD -> !Character.isLetterOrDigit(before);
            case LINE -> before == '\n';
        };
    }

    /// What is said between two marks.
    private static Stretch stretch(String speaker, String text, int from, int to) {
        int start = from;
        int end = to;
        int before;
        do {
            before = end - start;
            while (start < end && blank(text.charAt(start))) {
                start++;
            }
            while (start < end && blank(text.charAt(end - 1))) {
                end--;
            }
            for (String sign : SIGNS) {
                if (sign.length() <= end - start && text.startsWith(sign, start)) {
                    start += sign.length();
                }
                if (sign.length() <= end - start && text.startsWith(sign, end - sign.length())) {
                    end -= sign.length();
                }
            }
        } while (end - start < before);
        return new Stretch(speaker, start, end);
    }

    /// White space that templates write; whatever else does not show is somebody's.
    private static boolean blank(char sign) {
        return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t';
    }
}
