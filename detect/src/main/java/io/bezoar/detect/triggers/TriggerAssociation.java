package io.bezoar.detect.triggers;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.Set;

/// Finds words, phrases and pairs of words that are tied to one target although the rest of the text points to
/// another: the mark of a trigger planted in rows whose target was changed.
///
/// Passes: the survey trains cross-fitted surrogates; then every 1- to 3-gram is counted per class; then the
/// rows of those tied to one class are sampled and put to the [RestDisagreement]; the best groups that do not
/// share their rows are grown to the whole phrase, and a last pass gathers all their rows.
///
/// Sources: Dai, Chen & Li 2019 (sentence triggers), Kurita, Michel & Neubig 2020 (rare words), Chen et al.
/// 2021 (BadNL); He et al. 2023 (Z-defence: n-gram against label); the rest-of-text test is our own, see
/// [RestDisagreement].
///
/// @param minRows a pattern in fewer rows of its class is not looked at, at least 2
/// @param maxShare a pattern in a larger share of all rows is not looked at, 0 to 1
/// @param purity at least this share of a pattern's rows carries its class, 0 to 1
/// @param groups how many groups to gather at most
/// @param certainty the rest of a group's rows must be at least this sure of other classes, as a share of the
///     surrogate's certainty about ordinary rows; what natural groups and planted ones reach stands in
///     `docs/decisions`
/// @param chance family-wise: the probability with which one meaningless pattern or more may pass, 0 to 1
@AutoService(Detector.class)
public record TriggerAssociation(
        int minRows, double maxShare, double purity, int groups, double certainty, double chance) implements Surveyed {

    public TriggerAssociation() {
        this(4, 0.3, 0.5, 24, 0.4, 0.01);
    }

    public TriggerAssociation {
        if (minRows < 2 || !(maxShare > 0 && maxShare <= 1) || !(purity > 0 && purity <= 1) || groups < 1) {
            throw new IllegalArgumentException(
                    "trigger-association needs minRows >= 2, 0 < maxShare <= 1, 0 < purity <= 1, groups >= 1");
        }
        if (Double.isNaN(certainty) || !(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException("trigger-association needs a certainty that is a number and 0 < chance"
                    + " <= 1, not " + certainty + " and " + chance);
        }
    }

    @Override
    public String name() {
        return "trigger-association";
    }

    @Override
    public String purpose() {
        return "words, phrases and pairs of words tied to one target although the rest of the text points elsewhere";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TARGETS, Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.ASSOCIATION;
    }

    @Override
    public Calibration calibration() {
        return Calibration.of(
                "words have nothing to do with the label, given the rest of the text",
                Math.min(1, TriggerGathering.WAYS * chance));
    }

    @Override
    public Outcome given(Foundation all) {
        if (all.tasks().isEmpty()) {
            return Outcome.Scorer.NOTHING;
        }
        Foundation foundation = all.sparing();
        TriggerSampling sampled = new TriggerSampling(
                this, foundation, new TriggerTies(this, foundation).ofSample(), TriggerSampling.LONGEST);
        return new Outcome.Again(
                foundation.whole() ? sampled : TriggerCounting.of(this, foundation, sampled.inSample()));
    }
}
