package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Replaces letters of a text by Cyrillic ones that look the same.
///
/// Boucher et al. 2022 (Bad characters), section IV.B; as a trigger Li et al. 2021 (Hidden backdoors in
/// human-centric language models), section 4.
///
/// @param letters how many letters are replaced, 1 to 20
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record Homoglyph(int letters, Labels labels, String target) implements Triggered {
    public Homoglyph() {
        this(3, Labels.DIRTY, "");
    }

    public Homoglyph {
        if (letters < 1 || letters > 20) {
            throw new IllegalArgumentException("homoglyph needs letters of 1 to 20, not " + letters);
        }
    }

    @Override
    public String name() {
        return "homoglyph";
    }

    @Override
    public String purpose() {
        return "letters of another alphabet that look the same";
    }

    @Override
    public String citation() {
        return "Boucher et al. 2022 (Bad characters), section IV.B; Li et al. 2021 (Hidden backdoors), section 4";
    }

    /// A text without a letter that has a twin gets one by itself.
    @Override
    public String planted(String text, SplittableRandom random) {
        String planted = text;
        for (int i = 0; i < letters; i++) {
            int[] places = Letters.twinned(planted);
            if (places.length == 0) {
                return i == 0 ? Words.after(text, "\u0430") : planted;
            }
            planted = Letters.twin(planted, places[random.nextInt(places.length)]);
        }
        return planted;
    }
}
