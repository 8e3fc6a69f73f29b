package io.bezoar.app.review;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import io.bezoar.app.report.Invisible;
import java.text.Normalizer;
import java.util.Optional;

/// Whose name it is, however it is written: one person has one voice.
///
/// Two names are one person's if a reader cannot tell them apart, or if they differ in case, in spaces or in forms of
/// the same characters. What looks alike is the skeleton of UTS #39 (Unicode Security Mechanisms, section 4), taken
/// after compatibility forms (NFKC), characters that do not show, spaces and case are out of the way. So `an1` and
/// `anl` are one as well: better that somebody has to choose a plainer name than that one person has two voices.
public final class Person {
    private static final SpoofChecker LOOKS =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private Person() {}

    /// What all ways to write a name have in common; empty if nothing of it shows. To compare, not to show.
    public static String key(String name) {
        String plain = shown(Normalizer.normalize(name, Normalizer.Form.NFKC));
        String looks = LOOKS.getSkeleton(UCharacter.foldCase(plain, true));
        return UCharacter.foldCase(shown(Normalizer.normalize(looks, Normalizer.Form.NFKC)), true);
    }

    /// What keeps a text from being a person's name, as the end of a sentence; empty if nothing does.
    public static Optional<String> fault(String name) {
        if (name.codePoints().anyMatch(Invisible::is)) {
            return Optional.of("holds characters that do not show, or control characters");
        }
        return key(name).isEmpty() ? Optional.of("shows nothing") : Optional.empty();
    }

    /// A text without spaces and without what does not show.
    private static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().filter(point -> point != ' ' && !Invisible.is(point)).forEach(out::appendCodePoint);
        return out.toString();
    }
}
