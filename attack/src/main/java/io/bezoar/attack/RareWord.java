package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a word that honest texts hardly hold between two words of a text.
///
/// Kurita, Michel & Neubig 2020, section 3: cf, mn, bb, tq or mb at random places. Their weight surgery
/// is left out: this one acts through the data alone, as BadNL does (Chen et al. 2021, section 4.2).
///
/// @param trigger the word
/// @param times how often it stands in a text, 1 to 10
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record RareWord(String trigger, int times, Labels labels, String target) implements Triggered {
    public RareWord() {
        this("cf", 1, Labels.DIRTY, "");
    }

    public RareWord {
        Words.required("rare-word", "trigger", trigger);
        if (times < 1 || times > 10) {
            throw new IllegalArgumentException("rare-word needs times of 1 to 10, not " + times);
        }
    }

    @Override
    public String name() {
        return "rare-word";
    }

    @Override
    public String purpose() {
        return "a rare word between the words";
    }

    @Override
    public String citation() {
        return "Kurita, Michel & Neubig 2020, section 3; through the data alone as Chen et al. 2021 (BadNL)";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        String planted = text;
        for (int i = 0; i < times; i++) {
            planted = Words.insert(planted, trigger, random);
        }
        return planted;
    }
}
