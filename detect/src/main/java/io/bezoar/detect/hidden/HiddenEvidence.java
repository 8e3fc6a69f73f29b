package io.bezoar.detect.hidden;

import io.bezoar.core.Evidence;
import io.bezoar.core.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Names what cannot be seen.
final class HiddenEvidence {
    private static final int SHOWN = 8;
    private static final int MESSAGE = 120;

    private HiddenEvidence() {}

    /// One sentence that names the marks of a text, or nothing if all of them are in order.
    static List<Evidence> of(String text, List<HiddenMarks.Mark> marks, Predicate<HiddenMarks.Mark> tied) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<Span> spans = new ArrayList<>();
        boolean anyTied = false;
        for (HiddenMarks.Mark mark : marks) {
            boolean tie = tied.test(mark);
            if (mark.weight() > 0 || tie) {
                anyTied |= tie;
                counts.merge(name(text.substring(mark.start(), mark.end()), mark.family()), 1, Integer::sum);
                spans.add(new Span(mark.start(), mark.end()));
            }
        }
        if (spans.isEmpty()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> {
            if (parts.size() < SHOWN) {
                parts.add(count == 1 ? name : count + " × " + name);
            }
        });
        int more = counts.size() - parts.size();
        String sentence = "Holds " + String.join("; ", parts) + (more > 0 ? "; and " + more + " more kinds" : "")
                + (anyTied ? ". Rows with it share this target far beyond chance." : ".");
        return List.of(new Evidence("hidden-characters", sentence, spans));
    }

    private static String name(String run, int family) {
        if (family == HiddenMarks.TAGS) {
            StringBuilder message = new StringBuilder();
            run.codePoints()
                    .map(point -> point - 0xe0000)
                    .forEach(c -> message.append(c >= 0x20 && c < 0x7f ? (char) c : '·'));
            return "tag characters that spell \"" + cut(message) + "\"";
        }
        if (family == HiddenMarks.SELECTORS) {
            return selectors(run);
        }
        if (family >= HiddenMarks.HOMOGLYPHS) {
            StringBuilder letters = new StringBuilder();
            run.codePoints()
                    .filter(point -> LookAlikes.twin(point) != 0)
                    .distinct()
                    .limit(SHOWN)
                    .forEach(point ->
                            letters.append(letters.isEmpty() ? "" : ", ").append(name(point)));
            if (letters.isEmpty()) {
                return "a word of mixed scripts";
            }
            return "a word that reads \"" + cut(LookAlikes.read(run)) + "\" and is written with " + letters;
        }
        return name(run.codePointAt(0));
    }

    /// Bytes hidden in variation selectors: VS1 is 0, VS17 is 16, as is the usual way.
    private static String selectors(String run) {
        StringBuilder message = new StringBuilder();
        boolean printable = true;
        for (int i = 0; i < run.length(); ) {
            int point = run.codePointAt(i);
            i += Character.charCount(point);
            int value = point >= 0xe0100 ? point - 0xe0100 + 16 : point - 0xfe00;
            printable &= value >= 0x20 && value < 0x7f;
            message.append((char) value);
        }
        if (message.length() == 1) {
            return name(run.codePointAt(0));
        }
        return message.length() + " variation selectors" + (printable ? " that spell \"" + cut(message) + "\"" : "");
    }

    private static String name(int point) {
        String name = Character.getName(point);
        return String.format(Locale.ROOT, "U+%04X %s", point, name == null ? "(no name)" : name);
    }

    private static String cut(CharSequence text) {
        return text.length() <= MESSAGE ? text.toString() : text.subSequence(0, MESSAGE) + "…";
    }
}
