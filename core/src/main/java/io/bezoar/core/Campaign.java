package io.bezoar.core;

import java.util.List;
import java.util.Optional;

/// Rows that belong to one suspected attack, with all that is known of it.
///
/// @param id `C1`, `C2`, … in order of proved harm
/// @param candidate what the detector found
/// @param severity how much it matters; [Severity#HIGH] only with a proof
/// @param rows ids of the rows, in file order
/// @param table trigger or membership against target over all rows
/// @param sources rows per source, those with most rows of the campaign first; empty if the data name no source
/// @param annotators rows per annotator, likewise
/// @param days rows per UTC day (`2026-07-11`), ascending; empty if the data hold no time
/// @param proof what the experiment showed, if one could be made
/// @param examples some of the rows
/// @param neighbours rows outside the campaign that resemble it most and carry another target
/// @param doubts what would make this a false alarm, each one sentence
/// @param corroboration what the tests of all detectors say together; empty if none found it by a test
public record Campaign(
        String id,
        Candidate candidate,
        Severity severity,
        List<String> rows,
        Table table,
        List<Count> sources,
        List<Count> annotators,
        List<Count> days,
        Optional<Proof> proof,
        List<Sample> examples,
        List<Sample> neighbours,
        List<String> doubts,
        Optional<Corroboration> corroboration) {

    /// A campaign that no test found.
    public Campaign(
            String id,
            Candidate candidate,
            Severity severity,
            List<String> rows,
            Table table,
            List<Count> sources,
            List<Count> annotators,
            List<Count> days,
            Optional<Proof> proof,
            List<Sample> examples,
            List<Sample> neighbours,
            List<String> doubts) {
        this(
                id,
                candidate,
                severity,
                rows,
                table,
                sources,
                annotators,
                days,
                proof,
                examples,
                neighbours,
                doubts,
                Optional.empty());
    }

    public Campaign {
        rows = List.copyOf(rows);
        sources = List.copyOf(sources);
        annotators = List.copyOf(annotators);
        days = List.copyOf(days);
        examples = List.copyOf(examples);
        neighbours = List.copyOf(neighbours);
        doubts = List.copyOf(doubts);
    }

    /// Two by two: does the row hold the trigger, does it carry the target?
    public record Table(long both, long triggerOnly, long targetOnly, long neither) {}

    /// How many rows of a source, an annotator or a day are in the campaign.
    ///
    /// @param name raw text of the data set
    /// @param campaign rows in the campaign
    /// @param all rows in the data set
    public record Count(String name, long campaign, long all) {}

    /// A row to show. All texts are raw and hostile.
    ///
    /// @param spans what the detectors point at in `input`
    public record Sample(String id, String input, String target, List<Span> spans, Position position) {
        public Sample {
            spans = List.copyOf(spans);
        }
    }
}
