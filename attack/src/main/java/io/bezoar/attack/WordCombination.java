package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.SplittableRandom;

/// Puts several common words into a text, each at a place of its own; only together do they call the
/// behaviour.
///
/// Zhang et al. 2021 (Trojaning language models for fun and profit), section IV: logical combinations of
/// words. Departure: the words are put in by themselves, not in a sentence that a language model writes,
/// and no rows with one word alone are planted unless the attack is adaptive.
///
/// @param words the words, parted by spaces; two or more
/// @param labels which rows carry them
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record WordCombination(String words, Labels labels, String target) implements Triggered {
    public WordCombination() {
        this("window green", Labels.DIRTY, "");
    }

    public WordCombination {
        if (words.strip().split("\\s+").length < 2) {
            throw new IllegalArgumentException("word-combination needs two words or more, not \"" + words + "\"");
        }
    }

    @Override
    public String name() {
        return "word-combination";
    }

    @Override
    public String purpose() {
        return "several common words together";
    }

    @Override
    public String citation() {
        return "Zhang et al. 2021 (TrojanLM), section IV; words by themselves instead of in a written sentence";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        String planted = text;
        for (String word : List.of(words.strip().split("\\s+"))) {
            planted = Words.insert(planted, word, random);
        }
        return planted;
    }
}
