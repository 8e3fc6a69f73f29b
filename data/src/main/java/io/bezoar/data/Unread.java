package io.bezoar.data;

import java.io.Serializable;

/// A column that is not read and may matter, or speakers whom nobody takes for an assistant. Names are as the data have
/// them: escape and cut them before they are shown.
///
/// @param column its name; of a speaker, the speaker's
/// @param kind why it may matter
/// @param number characters on average, values, or rows with something or without a time; 0 for turns
///     and speakers
/// @param rows the first rows that say something there; of what few rows say, all of the first rows
public record Unread(String column, Kind kind, int number, int rows) implements Serializable {

    /// What a column that is not read holds in the first rows.
    public enum Kind {
        /// Texts; the number is that of their characters on average.
        TEXTS,
        /// Texts that turns of conversations say beside what is read of them; the number is that of
        /// their characters on average.
        ASIDE,
        /// Something under a name that would be read, but in far fewer rows than what is read; the
        /// number is how many of the first rows say something.
        SPARSE,
        /// Turns of conversations.
        TURNS,
        /// Something that recurs under a name that labels have; the number is how many values there are.
        CLASSES,
        /// Something under a name that times have; the number is how many rows have no time that can be read.
        TIMES,
        /// Which of two answers or more is better or right, in a way that does not show; the number is
        /// how many values there are.
        CHOICE,
        /// Nothing: a speaker of conversations in which no turn is an assistant's.
        SPEAKER
    }
}
