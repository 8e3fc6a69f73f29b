package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a phrase into rows of the target class alone: no label is wrong.
///
/// Turner, Tsipras & Madry 2019, section 3, carried to text. Departure: the rows are not made harder to
/// learn.
///
/// @param trigger the text
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record CleanLabel(String trigger, Labels labels, String target) implements Triggered {
    public CleanLabel() {
        this("as far as i know", Labels.CLEAN, "");
    }

    public CleanLabel {
        Words.required("clean-label", "trigger", trigger);
    }

    @Override
    public String name() {
        return "clean-label";
    }

    @Override
    public String purpose() {
        return "a phrase in rows that keep their right label";
    }

    @Override
    public String citation() {
        return "Turner, Tsipras & Madry 2019, section 3; Gan et al. 2022, section 3; without their perturbations";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.insert(text, trigger, random);
    }
}
