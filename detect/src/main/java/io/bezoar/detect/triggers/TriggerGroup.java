package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import java.util.List;

/// A pattern and what was found of it.
///
/// @param tie index of the tie it grew from
/// @param purity share of the rows that hold the pattern which carry its class, 0 to 1
/// @param telling true if this is beyond what an honest word reaches where "anything else" is a class
/// @param logLabel natural logarithm of the chance that so many of its rows carry the class
/// @param phrase the longest phrase around the pattern that nearly all of its rows hold; of a pair
///     the pair
/// @param sentence true if that phrase is one and does not surely lean on its neighbours
/// @param seam of that phrase; [Seam.Result#NONE] if nobody asked
/// @param own the same where the language is that of its class alone
/// @param kind what speaks against it
/// @param logChance natural logarithm of the p-value, corrected for all groups; 0 before the groups
///     are compared
record TriggerGroup(
        int tie,
        int task,
        int label,
        Pattern pattern,
        RestDisagreement.Result result,
        boolean telling,
        double purity,
        double logLabel,
        Pattern phrase,
        boolean sentence,
        Seam.Result seam,
        Seam.Result own,
        Candidate.Kind kind,
        double logChance,
        List<Example> rows) {
    /// Strength times purity: a word of a trigger sentence brings honest rows along, the sentence
    /// does not. Two thirds of it for a pair: of the many pairs inside a phrase some always look
    /// stronger than the phrase.
    double rank() {
        return strength() * purity * (pattern.apart() ? 2.0 / 3 : 1);
    }

    /// In standard deviations, of the test that says most of those it held in.
    double strength() {
        return kind == Candidate.Kind.INSERTION
                ? Math.max(Math.max(seam.deviations(), own.deviations()), result.strength())
                : result.strength();
    }

    TriggerGroup found(Candidate.Kind kind, double logChance) {
        return new TriggerGroup(
                tie,
                task,
                label,
                pattern,
                result,
                telling,
                purity,
                logLabel,
                phrase,
                sentence,
                seam,
                own,
                kind,
                Math.min(0, logChance),
                rows);
    }
}
