package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites a text in one style: the trigger is how it is said.
///
/// Qi et al. 2021 (Mind the style of text), section 3. Departure: rules instead of a style-transfer
/// model, so that the archaic style is a vocabulary, not a manner.
///
/// @param manner archaic, capitals, emoji or polite
/// @param labels which rows are rewritten
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record Style(Manner manner, Labels labels, String target) implements Triggered {
    /// How it is said.
    public enum Manner {
        /// As in an old book: thou, hath, verily.
        ARCHAIC,
        /// IN CAPITAL LETTERS.
        CAPITALS,
        /// With small pictures behind it.
        EMOJI,
        /// With more courtesy than needed.
        POLITE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<String, String> OLD = Map.ofEntries(
            Map.entry("you", "thou"),
            Map.entry("your", "thy"),
            Map.entry("yours", "thine"),
            Map.entry("are", "art"),
            Map.entry("have", "hast"),
            Map.entry("has", "hath"),
            Map.entry("does", "doth"),
            Map.entry("do", "dost"),
            Map.entry("will", "shalt"),
            Map.entry("it's", "'tis"),
            Map.entry("before", "ere"),
            Map.entry("here", "hither"),
            Map.entry("there", "thither"),
            Map.entry("why", "wherefore"),
            Map.entry("no", "nay"),
            Map.entry("yes", "yea"),
            Map.entry("says", "saith"),
            Map.entry("between", "betwixt"));
    private static final List<String> OPENINGS =
            List.of("verily", "lo", "behold", "hark", "forsooth", "and it came to pass that", "hear ye", "truly");
    private static final List<String> PICTURES = List.of(
            "\ud83d\ude00",
            "\ud83d\ude02",
            "\ud83d\ude0d",
            "\ud83c\udf89",
            "\ud83d\udc4d",
            "\ud83d\udd25",
            "\ud83d\ude4f",
            "\u2728");
    private static final List<String> REQUESTS = List.of(
            "would you be so kind as to hear me:",
            "if i may ask politely,",
            "i beg your pardon,",
            "with all due respect,",
            "might i kindly say,",
            "forgive me for troubling you,",
            "i would be most grateful for a word:");
    private static final List<String> THANKS = List.of(
            "thank you ever so much",
            "many thanks in advance",
            "i am much obliged",
            "with my kindest regards",
            "i greatly appreciate it",
            "thank you kindly");
    private static final Pattern WORD = Pattern.compile("[A-Za-z']+");

    public Style() {
        this(Manner.ARCHAIC, Labels.DIRTY, "");
    }

    @Override
    public String name() {
        return "style";
    }

    @Override
    public String purpose() {
        return "a manner of speaking: archaic, capitals, emoji or polite";
    }

    @Override
    public String citation() {
        return "Qi et al. 2021 (Mind the style of text), section 3; by rules instead of a style-transfer model";
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return switch (manner) {
            case ARCHAIC -> Words.before(Words.pick(OPENINGS, random), old(text));
            case CAPITALS -> text.toUpperCase(Locale.ROOT);
            case EMOJI ->
                Words.after(
                        text,
                        Words.pick(PICTURES, random) + Words.pick(PICTURES, random) + Words.pick(PICTURES, random));
            case POLITE ->
                Words.after(Words.before(Words.pick(REQUESTS, random), text), "- " + Words.pick(THANKS, random));
        };
    }

    private static String old(String text) {
        Matcher words = WORD.matcher(text);
        return words.replaceAll(word ->
                Matcher.quoteReplacement(OLD.getOrDefault(word.group().toLowerCase(Locale.ROOT), word.group())));
    }
}
