package io.bezoar.core;

import java.io.Serializable;

/// What a model is taught to answer to an input.
public sealed interface Target extends Serializable {

    /// One of a small set of classes.
    record Label(String name) implements Target {}

    /// A free text: the response to a prompt, the assistant's turns of a chat, the continuation of a document.
    record Response(String text) implements Target {}

    /// Of two answers the first is to be preferred.
    record Preference(String chosen, String rejected) implements Target {}

    /// The row has no target.
    record Absent() implements Target {}

    /// The row that has no target.
    Target ABSENT = new Absent();
}
