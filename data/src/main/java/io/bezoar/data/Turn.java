package io.bezoar.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// One turn of a conversation.
///
/// @param speaker `role` or `from`, as written
/// @param text what was said; several pieces are joined by line ends
record Turn(String speaker, String text) {
    private static final Set<String> ASSISTANTS = Set.of(
            "assistant",
            "gpt",
            "gpt3",
            "gpt4",
            "chatgpt",
            "model",
            "bot",
            "chatbot",
            "ai",
            "agent",
            "bing",
            "bard",
            "gemini",
            "claude",
            "llama",
            "mistral",
            "llm",
            "function_call");
    private static final Set<String> USERS = Set.of("user", "human", "prompter", "customer", "client");
    /// Who speaks beside the two sides of a conversation.
    private static final Set<String> OTHERS = Set.of("", "system", "developer", "tool", "function", "observation");

    boolean assistant() {
        String name = named(speaker);
        return ASSISTANTS.contains(name) || name.startsWith("gpt-") || name.startsWith("chatgpt-");
    }

    /// A speaker's name as the tables above write it.
    static String named(String speaker) {
        return speaker.strip().toLowerCase(Locale.ROOT);
    }

    /// Does a speaker of that name ask?
    static boolean asks(String name) {
        return USERS.contains(name);
    }

    /// Whose words stand under a name that says who speaks: `user`, `assistant` or `system`; empty if it
    /// says nothing.
    static String side(String name) {
        return switch (named(name)) {
            case "input", "human", "user" -> "user";
            case "output", "assistant", "gpt", "bot" -> "assistant";
            case "system" -> "system";
            default -> "";
        };
    }

    /// The turns of texts that two sides say by turns.
    static List<Turn> alternating(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Turn(alternating(i), texts.get(i)))
                .toList();
    }

    /// Who speaks at a place, counted from 0, of texts that two sides say by turns: who begins asks.
    static String alternating(int place) {
        return place % 2 == 0 ? "user" : "assistant";
    }

    /// Is a speaker of that name neither of the two sides?
    static boolean aside(String name) {
        return OTHERS.contains(name);
    }

    /// The turns of one side, each on its line, with nothing added that nobody wrote. A turn without text is no line.
    static String joined(List<Turn> turns, boolean assistant) {
        StringBuilder text = new StringBuilder();
        for (Turn turn : turns) {
            if (!turn.text().isEmpty() && turn.assistant() == assistant) {
                if (!text.isEmpty()) {
                    text.append('\n');
                }
                text.append(turn.text());
            }
        }
        return text.toString();
    }

    /// All turns that have a text, each on its line.
    static String joined(List<Turn> turns) {
        return String.join(
                "\n",
                turns.stream().map(Turn::text).filter(text -> !text.isEmpty()).toList());
    }
}
