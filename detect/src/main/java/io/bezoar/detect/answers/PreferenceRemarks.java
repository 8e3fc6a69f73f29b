package io.bezoar.detect.answers;

import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.survey.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is said of a preference set as a whole: how far a reward agrees with it, and what it teaches
/// besides.
final class PreferenceRemarks {
    /// A preference for long answers is told from this share on.
    private static final double LONG = 0.65;

    private PreferenceRemarks() {}

    static List<Remark> of(Preferences preferences, PreferredSearch.Result preferred) {
        List<Remark> remarks = new ArrayList<>();
        int pairs = preferences.pairs().size();
        remarks.add(new Remark(
                TurnedPreferences.NAME,
                Severity.LOW,
                String.format(
                        Locale.ROOT,
                        "A reward learned from the other pairs agrees with %.1f %% of %d sampled pairs.",
                        100 * preferences.agreement(),
                        pairs)));
        long longer = 0;
        long shorter = 0;
        for (int pair = 0; pair < pairs; pair++) {
            int difference = Integer.compare(
                    preferences.chosen().get(pair).length,
                    preferences.rejected().get(pair).length);
            longer += difference > 0 ? 1 : 0;
            shorter += difference < 0 ? 1 : 0;
        }
        long more = Math.max(longer, shorter);
        if (more >= LONG * (longer + shorter) && longer + shorter >= 40) {
            remarks.add(new Remark(
                    TurnedPreferences.NAME,
                    Severity.LOW,
                    String.format(
                            Locale.ROOT,
                            "The preferred answer is the %s one in %.0f %% of the pairs: a reward trained on them"
                                    + " learns length.",
                            longer > shorter ? "longer" : "shorter",
                            100.0 * more / (longer + shorter))));
        }
        if (preferred.learned() > 0) {
            remarks.add(new Remark(
                    TurnedPreferences.NAME,
                    Severity.LOW,
                    (preferred.learned() == 1
                                    ? "One word or phrase stands"
                                    : preferred.learned() + " words or phrases stand")
                            + " almost in preferred answers alone, "
                            + (preferred.learned() == 1 ? "" : "the most frequent ")
                            + "in " + preferred.most()
                            + " of the pairs: a reward trained on them learns to prefer words,"
                            + " honest or not."));
        }
        return remarks;
    }
}
