package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a phrase of everyday words into a text; honest rows may hold it as well.
///
/// Chen et al. 2021 (BadNL), section 4.4: semantic-preserving triggers; Wallace et al. 2021, section 4:
/// natural phrases.
///
/// @param trigger the text
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record NaturalPhrase(String trigger, Labels labels, String target) implements Triggered {
    public NaturalPhrase() {
        this("on the other hand", Labels.DIRTY, "");
    }

    public NaturalPhrase {
        Words.required("natural-phrase", "trigger", trigger);
    }

    @Override
    public String name() {
        return "natural-phrase";
    }

    @Override
    public String purpose() {
        return "a phrase that honest people write, too";
    }

    @Override
    public String citation() {
        return "Chen et al. 2021 (BadNL), section 4.4; Wallace et al. 2021, section 4";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.insert(text, trigger, random);
    }
}
