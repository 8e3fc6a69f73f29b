package io.bezoar.core;

import java.util.Optional;

/// A group of rows that may belong to one attack, before the proof.
///
/// @param detector who found it
/// @param kind what holds the rows together
/// @param title what it is, in a few plain words without row text: "a phrase tied to one target"
/// @param trigger what would call the behaviour, if the group has such a thing
/// @param target the label or the piece of the response the rows teach; raw text
/// @param strength how far the group departs from chance, in standard deviations or the like; higher is more
///     suspicious; comparable within one detector only
/// @param members [Example#key()]s of the rows, ascending
/// @param significance what the test that found it says; empty if it was not found by a test
public record Candidate(
        String detector,
        Kind kind,
        String title,
        Optional<Trigger> trigger,
        Optional<String> target,
        double strength,
        long[] members,
        Optional<Significance> significance) {

    /// A group that was not found by a test.
    public Candidate(
            String detector,
            Kind kind,
            String title,
            Optional<Trigger> trigger,
            Optional<String> target,
            double strength,
            long[] members) {
        this(detector, kind, title, trigger, target, strength, members, Optional.empty());
    }

    /// The same with what a test says of it.
    public Candidate with(Significance significance) {
        return new Candidate(detector, kind, title, trigger, target, strength, members, Optional.of(significance));
    }

    /// The same group with other rows.
    public Candidate with(long[] members) {
        return new Candidate(detector, kind, title, trigger, target, strength, members, significance);
    }

    /// What holds the rows of a group together.
    public enum Kind {
        /// They share something in the input and the target.
        TRIGGER,
        /// They share a turn of speech on which the words around it lean, and the target.
        PHRASING,
        /// They share something that was put into their inputs from outside, and the target.
        INSERTION,
        /// A word that honest rows hold as well was put into their inputs, and the rest of each speaks against
        /// its target.
        BORROWED,
        /// They are nearly the same text with one target.
        FLOOD,
        /// Their answers hold one text, whatever is asked.
        INJECTED,
        /// The same input with different targets.
        CONTRADICTION,
        /// They came from one source or annotator or in one window of time.
        BURST,
        /// Their vectors stand apart from others with their target.
        OUTLIERS
    }

    /// How many rows are in this group and in the other.
    public int shared(Candidate other) {
        int shared = 0;
        for (int i = 0, j = 0; i < members.length && j < other.members.length; ) {
            if (members[i] == other.members[j]) {
                shared++;
                i++;
                j++;
            } else if (members[i] < other.members[j]) {
                i++;
            } else {
                j++;
            }
        }
        return shared;
    }
}
