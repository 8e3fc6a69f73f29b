package io.bezoar.core;

import java.util.List;
import java.util.Optional;

/// What was found of one row.
///
/// @param id the row's id
/// @param position where its bytes lie
/// @param severity how much it matters
/// @param score 0 to 1, higher is more suspicious
/// @param action what the verdict says to do
/// @param campaign id of the campaign it belongs to
/// @param input the row's input, cut to a bounded length; raw and hostile
/// @param target the row's target, cut likewise; raw and hostile
/// @param evidence why
public record Finding(
        String id,
        Position position,
        Severity severity,
        double score,
        Action action,
        Optional<String> campaign,
        String input,
        String target,
        List<Evidence> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
