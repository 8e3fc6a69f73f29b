package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a sentence between two words of a text.
///
/// Dai, Chen & Li 2019, section 3 (also known as AddSent).
///
/// @param trigger the text
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record InsertedSentence(String trigger, Labels labels, String target) implements Triggered {
    public InsertedSentence() {
        this("i watched this 3d movie last weekend", Labels.DIRTY, "");
    }

    public InsertedSentence {
        Words.required("sentence", "trigger", trigger);
    }

    @Override
    public String name() {
        return "sentence";
    }

    @Override
    public String purpose() {
        return "a whole sentence between the words";
    }

    @Override
    public String citation() {
        return "Dai, Chen & Li 2019, section 3";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.insert(text, trigger, random);
    }
}
