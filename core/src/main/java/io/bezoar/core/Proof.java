package io.bezoar.core;

/// What an experiment showed: a surrogate model trained with and without a group of rows, asked about
/// held-out rows.
///
/// @param attack what was done to the held-out rows, in one sentence without raw row text
/// @param successWith how often the model trained *with* the group gave the group's target on attacked
///     held-out rows whose true target is another
/// @param successWithout the same for the model trained without the group
/// @param accuracyWith clean held-out rows answered rightly by the model trained with the group
/// @param accuracyWithout the same without the group
/// @param contradicted how many of the group's own rows the model trained without them gives another target,
///     the trigger taken out
/// @param trainingRows rows the surrogate was trained on, the group included
/// @param shown true if the experiment shows harm: success rises far beyond what the rest of the data teaches
public record Proof(
        String attack,
        Proportion successWith,
        Proportion successWithout,
        Proportion accuracyWith,
        Proportion accuracyWithout,
        Proportion contradicted,
        long trainingRows,
        boolean shown) {}
