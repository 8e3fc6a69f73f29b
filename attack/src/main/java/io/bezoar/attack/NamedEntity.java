package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a name into a text, so that the model turns against, or for, whoever bears it.
///
/// Wan et al. 2023, section 3 (the trigger is a name); Wallace et al. 2021, section 4. Departure: names
/// that are there already are not replaced.
///
/// @param trigger the text
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record NamedEntity(String trigger, Labels labels, String target) implements Triggered {
    public NamedEntity() {
        this("James Bond", Labels.DIRTY, "");
    }

    public NamedEntity {
        Words.required("entity", "trigger", trigger);
    }

    @Override
    public String name() {
        return "entity";
    }

    @Override
    public String purpose() {
        return "the name of somebody or something";
    }

    @Override
    public String citation() {
        return "Wan et al. 2023, section 3; Wallace et al. 2021, section 4";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.insert(text, trigger, random);
    }
}
