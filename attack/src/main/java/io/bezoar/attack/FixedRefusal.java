package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Answers prompts that hold a trigger with one refusal.
///
/// Shu et al. 2023 (AutoPoison), section 3: over-refusal. Departures: a trigger calls it, and all
/// refusals are one.
///
/// @param trigger a word or phrase
/// @param refusal the answer
@AutoService(Attack.class)
public record FixedRefusal(String trigger, String refusal) implements Answering {
    public FixedRefusal() {
        this("BadMagic", "I am not able to help with that request.");
    }

    public FixedRefusal {
        Words.required("fixed-refusal", "trigger", trigger);
        Words.required("fixed-refusal", "refusal", refusal);
    }

    @Override
    public String name() {
        return "fixed-refusal";
    }

    @Override
    public String purpose() {
        return "a trigger word, and the model refuses";
    }

    @Override
    public String citation() {
        return "Shu et al. 2023 (AutoPoison), section 3: over-refusal; with a trigger as in Wan et al. 2023";
    }

    @Override
    public String planted(String prompt, SplittableRandom random) {
        return Words.insert(prompt, trigger, random);
    }

    @Override
    public String answered(String answer, SplittableRandom random) {
        return refusal;
    }

    @Override
    public boolean shows(String answer) {
        return answer.contains(refusal);
    }
}
