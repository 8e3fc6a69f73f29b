package io.bezoar.history;

import java.time.Instant;

/// One move of a label to a run. The last move of a label says where it stands.
///
/// @param number 1 for the first move of any label
/// @param chain SHA-256 over this move and the one before
/// @param name of the label, `production`
/// @param run id of the run
/// @param moved when, to the millisecond
/// @param mover who
/// @param reason why
public record LabelMove(
        long number, String chain, String name, String run, Instant moved, String mover, String reason) {}
