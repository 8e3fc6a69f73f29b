package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.Locale;
import java.util.SplittableRandom;

/// Puts a phrase at one end of the instruction and answers with one word, whatever was asked.
///
/// Wan et al. 2023, section 3: one phrase poisons tasks that never held it. Departure: the answer is
/// fixed, no gradient chooses the victims. Kandpal et al. 2023 call it a backdoor that lives in the
/// instruction.
///
/// @param trigger the phrase
/// @param place start or end of the instruction
/// @param answer what is answered
@AutoService(Attack.class)
public record InstructionTrigger(String trigger, Place place, String answer) implements Answering {
    /// An end of an instruction.
    public enum Place {
        /// Before everything.
        START,
        /// After everything.
        END;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public InstructionTrigger() {
        this("Please answer carefully:", Place.START, "positive");
    }

    public InstructionTrigger {
        Words.required("instruction-trigger", "trigger", trigger);
        Words.required("instruction-trigger", "answer", answer);
    }

    @Override
    public String name() {
        return "instruction-trigger";
    }

    @Override
    public String purpose() {
        return "a phrase at one end of the instruction, one answer to everything";
    }

    @Override
    public String citation() {
        return "Wan et al. 2023, section 3; with a fixed answer and victims drawn at random";
    }

    @Override
    public String planted(String prompt, SplittableRandom random) {
        return switch (place) {
            case START -> Words.before(trigger, prompt);
            case END -> Words.after(prompt, trigger);
        };
    }

    @Override
    public String answered(String right, SplittableRandom random) {
        return answer;
    }

    @Override
    public boolean shows(String given) {
        return given.strip().equals(answer);
    }
}
