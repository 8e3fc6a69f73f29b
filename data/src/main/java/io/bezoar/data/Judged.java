package io.bezoar.data;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rows whose target is true or false: what a question is answered with, or whether an answer is good.
/// What is told finds its roles in the casting, and comes with the words for it.
final class Judged {
    /// Names under which true and false are said of an answer in an instruction or a conversation.
    private static final Set<String> SAYS = Set.of("kto_tag", "label");

    private final Casting casting;
    private final Map<Role, String> found;

    Judged(Casting casting) {
        this.casting = casting;
        found = casting.found();
    }

    /// A prompt and a response that is true or false.
    Optional<String> truth() {
        String prompt = casting.name(Role.PROMPT);
        String response = casting.name(Role.RESPONSE);
        if (!casting.column(response).truths()) {
            return Optional.empty();
        }
        found.clear();
        found.put(Role.TEXT, prompt);
        found.put(Role.LABEL, response);
        casting.take(Role.INPUT);
        return Optional.of((found.containsKey(Role.INPUT) ? "question and text" : "question") + " -> true or false");
    }

    /// A prompt, a response and whether that is good.
    Optional<String> response() {
        String prompt = casting.name(Role.PROMPT);
        String response = casting.name(Role.RESPONSE);
        boolean label = casting.takeMain(Role.LABEL) && says(casting.column(casting.name(Role.LABEL))) || said();
        if (!label || found.values().stream().distinct().count() != 3) {
            found.remove(Role.LABEL);
            return Optional.empty();
        }
        found.remove(Role.PROMPT);
        found.remove(Role.RESPONSE);
        found.put(Role.TEXT, prompt);
        found.put(Role.INPUT, response);
        casting.take(Role.SYSTEM);
        casting.take(Role.HISTORY);
        return Optional.of("prompt and response -> whether the response is good");
    }

    /// An instruction with all that belongs to it, a response and whether that is good.
    Optional<String> instruction() {
        return casting.besideAlone() && said()
                ? Optional.of((found.containsKey(Role.INPUT) ? "instruction, input" : "instruction")
                        + " and response -> whether the response is good")
                : Optional.empty();
    }

    /// Turns of both sides and whether the answers are good.
    Optional<String> conversation() {
        if (!casting.besideAlone()
                || casting.column(casting.name(Role.MESSAGES)).asks()
                || !said()) {
            return Optional.empty();
        }
        casting.take(Role.SYSTEM);
        return Optional.of("conversation -> whether the response is good");
    }

    /// Takes the column that says of an answer whether it is good.
    private boolean said() {
        Optional<String> said = casting.first(SAYS::contains, this::says);
        said.ifPresent(name -> found.put(Role.LABEL, name));
        return said.isPresent();
    }

    /// True and false in nearly every row: of a few rows anybody may have added it, and the answers of
    /// all others would be no target.
    private boolean says(Column column) {
        return column.truths() && column.usual(casting.rows());
    }
}
