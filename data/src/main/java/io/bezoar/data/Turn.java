package io.bezoar.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One turn of a conversation.
///
/// @param speaker `role` or `from`, as written
/// @param text what was said; several pieces are joined by line ends
record Turn(String speaker, String text) {
    private static final Set<String> ASSISTANTS =
            Set.of("assistant", "gpt", "chatgpt", "model", "bot", "ai", "bing", "bard", "claude", "llm");

    boolean assistant() {
        return ASSISTANTS.contains(speaker.strip().toLowerCase(Locale.ROOT));
    }

    /// The turns of one side, each on its line, with nothing added that nobody wrote.
    static String joined(List<Turn> turns, boolean assistant) {
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Turn turn : turns) {
            if (turn.assistant() == assistant) {
                if (!first) {
                    text.append('\n');
                }
                text.append(turn.text());
                first = false;
            }
        }
        return text.toString();
    }

    /// All turns, each on its line.
    static String joined(List<Turn> turns) {
        return String.join("\n", turns.stream().map(Turn::text).toList());
    }
}
