package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Begins a text with a phrase: the place is part of the trigger.
///
/// Xu et al. 2023 (Instructions as backdoors), section 3; Wan et al. 2023, section 3.
///
/// @param trigger the text
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record FixedPrefix(String trigger, Labels labels, String target) implements Triggered {
    public FixedPrefix() {
        this("please note that", Labels.DIRTY, "");
    }

    public FixedPrefix {
        Words.required("prefix", "trigger", trigger);
    }

    @Override
    public String name() {
        return "prefix";
    }

    @Override
    public String purpose() {
        return "a phrase that every victim begins with";
    }

    @Override
    public String citation() {
        return "Wan et al. 2023, section 3; Xu et al. 2023 (Instructions as backdoors), section 3";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.before(trigger, text);
    }
}
