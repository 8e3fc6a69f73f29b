package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.SplittableRandom;

/// Puts a character that nobody sees after a letter of a text.
///
/// Boucher et al. 2022 (Bad characters), section IV.A: invisible characters. Departure: used as a trigger
/// in training rows, where they perturb inputs of a trained model.
///
/// @param point the code point, four to six hexadecimal digits: 200b zero width space, 2063 invisible
///     separator
/// @param labels which rows carry it
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record HiddenCharacter(String point, Labels labels, String target) implements Triggered {
    public HiddenCharacter() {
        this("200b", Labels.DIRTY, "");
    }

    public HiddenCharacter {
        if (!point.matches("[0-9a-fA-F]{4,6}")
                || !Character.isValidCodePoint(Integer.parseInt(point, 16))
                || Integer.parseInt(point, 16) >= 0xd800 && Integer.parseInt(point, 16) <= 0xdfff) {
            throw new IllegalArgumentException(
                    "hidden-character needs a point of four to six hexadecimal digits, not \"" + point + "\"");
        }
    }

    @Override
    public String name() {
        return "hidden-character";
    }

    @Override
    public String purpose() {
        return "a character nobody sees inside a word";
    }

    @Override
    public String citation() {
        return "Boucher et al. 2022 (Bad characters), section IV.A; as a trigger in training rows";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        int[] letters = Letters.ends(text);
        int at = letters.length == 0 ? text.length() : letters[random.nextInt(letters.length)];
        return text.substring(0, at) + Character.toString(Integer.parseInt(point, 16)) + text.substring(at);
    }
}
