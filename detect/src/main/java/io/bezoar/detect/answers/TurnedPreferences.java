package io.bezoar.detect.answers;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Members;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.survey.Surveyed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds pairs of answers whose order is turned round: all those whose prompt holds a word or phrase,
/// or all those of one annotator or source; and words put into preferred answers.
///
/// A reward is learned from the pairs by cross-fitting ([Preferences]; Bradley & Terry 1952). It orders
/// a single pair hardly better than a coin, but many pairs together tell: the mean margin of the pairs
/// that hold a word is held against that of all pairs by Student's test. A word that stands in prompts
/// and in no answer at all is a rare thing, and what a planted trigger is: such words are tested apart
/// from the others, with half of the chance of a false alarm (weighted Bonferroni: Genovese, Roeder &
/// Wasserman 2006).
///
/// Words and phrases put into the preferred answers themselves are looked for as well ([PreferredSearch]).
///
/// Sources: Rando & Tramèr 2023 (swapped pairs with a trigger in the prompt); Student 1908.
///
/// @param leastRows a word in fewer pairs, or an annotator of fewer pairs, is not tested, at least 4
/// @param maxShare a word in a larger share of the pairs is not tested, 0 to 1
/// @param chance family-wise: the probability with which one meaningless word or annotator or more may
///     pass, 0 to 1
@AutoService(Detector.class)
public record TurnedPreferences(int leastRows, double maxShare, double chance) implements Surveyed {
    static final String NAME = Preferences.DETECTOR;

    public TurnedPreferences() {
        this(8, 0.3, 0.05);
    }

    public TurnedPreferences {
        if (leastRows < 4 || !(maxShare > 0 && maxShare <= 1) || !(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                    "turned-preferences needs leastRows >= 4, 0 < maxShare <= 1, 0 < chance <=" + " 1, not " + leastRows
                            + ", " + maxShare + " and " + chance);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "words, annotators and sources with which the preferred and the rejected answer change places, and words"
                + " put into preferred answers";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PREFERENCES);
    }

    @Override
    public Family family() {
        return Family.PREFERENCES;
    }

    @Override
    public Calibration calibration() {
        return Calibration.of(
                "words of the prompt and of the answers, annotators and sources have nothing to do with which answer is"
                        + " preferred",
                Math.min(1, (TurnSearch.SEARCHES + 1) * chance));
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation
                .preferences()
                .<Outcome>map(preferences -> new Outcome.Again(new Gathering(
                        this,
                        preferences,
                        new TurnSearch(this, preferences).turns(),
                        new PreferredSearch(this, preferences).result())))
                .orElse(Outcome.Scorer.NOTHING);
    }

    /// The last pass: gathers all pairs of every group.
    record Gathering(
            TurnedPreferences settings,
            Preferences preferences,
            List<TurnSearch.Turn> turns,
            PreferredSearch.Result preferred)
            implements LaterPass<Members> {
        @Override
        public Members start() {
            return new Members(turns.size() + preferred.put().size());
        }

        @Override
        public void add(Members members, Example example) {
            if (example.target() instanceof Target.Preference) {
                for (int t = 0; t < turns.size(); t++) {
                    if (turns.get(t).has(example)) {
                        members.add(t, example.key());
                    }
                }
                for (int p = 0; p < preferred.put().size(); p++) {
                    if (preferred.put().get(p).in(example)) {
                        members.add(turns.size() + p, example.key());
                    }
                }
            }
        }

        @Override
        public Outcome finish(Members members) {
            List<Candidate> candidates = new ArrayList<>();
            for (int t = 0; t < turns.size(); t++) {
                candidates.add(turns.get(t).candidate(members.keys(t)));
            }
            for (int p = 0; p < preferred.put().size(); p++) {
                candidates.add(preferred.put().get(p).candidate(members.keys(turns.size() + p)));
            }
            return new TurnedScores(
                    preferences, candidates, new Groups(candidates, PreferenceRemarks.of(preferences, preferred)));
        }
    }
}
