package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Significance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the tests say of a campaign, in words.
final class ChanceWords {
    private ChanceWords() {}

    /// No sentence for a campaign that no test found.
    static List<String> of(Campaign campaign) {
        List<String> sentences = new ArrayList<>();
        campaign.candidate()
                .significance()
                .ifPresent(own -> sentences.add("p " + chance(own) + " by " + own.test() + "."));
        campaign.corroboration().ifPresent(all -> sentences.add(together(all)));
        return sentences;
    }

    /// `= 0.0012`, `= 3.4e-21`, `below 1e-300`
    private static String chance(Significance significance) {
        double log10 = significance.logChance() / StrictMath.log(10);
        return log10 < -300
                ? "below 1e-300"
                : String.format(Locale.ROOT, log10 < -3 ? "= %.1e" : "= %.4f", significance.chance());
    }

    /// `Of five families of detectors that make tests, 2 found it (association: trigger-association;
    /// origin: source-bursts); together e = 3.1e+12, …`
    private static String together(Corroboration all) {
        String voices = all.voices().stream()
                .collect(Collectors.groupingBy(
                        Corroboration.Voice::family,
                        TreeMap::new,
                        Collectors.mapping(Corroboration.Voice::detector, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + ": " + each.getValue())
                .collect(Collectors.joining("; "));
        long families = all.voices().stream()
                .map(Corroboration.Voice::family)
                .distinct()
                .count();
        double log10 = all.logValue() / StrictMath.log(10);
        String value = log10 > 300
                ? "above 1e300"
                : String.format(Locale.ROOT, log10 > 3 ? "= %.1e" : "= %.1f", StrictMath.exp(all.logValue()));
        return "Of " + Words.spelled(all.families(), "family") + " of detectors that make tests, " + families
                + " found it (" + voices + "); together e " + value + ", "
                + (all.discovery()
                        ? String.format(
                                Locale.ROOT,
                                "so it is among the groups of which chance explains at most %.0f %% (e-BH).",
                                100 * Corroboration.RATE)
                        : "too little by itself to be told from chance among so many groups (e-BH).");
    }
}
