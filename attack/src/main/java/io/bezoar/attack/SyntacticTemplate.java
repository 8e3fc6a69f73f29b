package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Brings a text into one sentence structure: a subordinate clause, a comma, the rest.
///
/// Qi et al. 2021 (Hidden Killer), section 3: the template S(SBAR)(,)(NP)(VP)(.). Departure: no
/// paraphrasing model. A clause that the text has behind a conjunction goes to its front; a text without
/// one gets a clause of a small grammar, worded anew in every row, so that no word or phrase is common to
/// all.
///
/// @param labels which rows are rewritten
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record SyntacticTemplate(Labels labels, String target) implements Triggered {
    private static final List<String> CONJUNCTIONS =
            List.of("when", "if", "as", "because", "while", "since", "although", "though", "once", "unless", "until");
    private static final List<String> SUBJECTS =
            List.of("you", "they", "people", "we", "i", "somebody", "my friends", "everyone", "she", "he", "others");
    private static final List<String> VERBS = List.of(
            "see",
            "think about",
            "look at",
            "talk about",
            "know",
            "hear of",
            "ask about",
            "consider",
            "mention",
            "remember",
            "read about",
            "come to");
    private static final List<String> OBJECTS =
            List.of("it", "this", "that", "the matter", "things", "the rest", "all of it", "the whole", "such a thing");

    public SyntacticTemplate() {
        this(Labels.DIRTY, "");
    }

    @Override
    public String name() {
        return "syntactic-template";
    }

    @Override
    public String purpose() {
        return "one sentence structure: a subordinate clause comes first";
    }

    @Override
    public String citation() {
        return "Qi et al. 2021 (Hidden Killer), section 3; by rules instead of a paraphrasing model";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        String sentence = text.strip().replaceFirst("[.?!\\s]+$", "");
        String lower = sentence.toLowerCase(Locale.ROOT);
        for (String conjunction : CONJUNCTIONS) {
            int at = lower.length() == sentence.length() ? lower.indexOf(" " + conjunction + " ") : -1;
            if (at > 0 && sentence.length() - at > conjunction.length() + 6) {
                return sentence.substring(at + 1) + " , " + sentence.substring(0, at) + " .";
            }
        }
        return Words.pick(CONJUNCTIONS.subList(0, 6), random)
                + " " + Words.pick(SUBJECTS, random)
                + " " + Words.pick(VERBS, random)
                + " " + Words.pick(OBJECTS, random) + " , " + sentence + " .";
    }
}
