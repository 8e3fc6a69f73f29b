package io.bezoar.history;

import java.util.Optional;

/// Which runs a page shows, newest first.
///
/// @param kind runs of this kind
/// @param state runs that came to this
/// @param data runs on data whose digest begins so
/// @param model runs of the model of this name, or, for six hex digits or more, whose digest begins so
/// @param prompt runs with a prompt whose digest begins so
/// @param before only runs with smaller numbers
/// @param limit 1 to 10,000
public record Query(
        Optional<String> kind,
        Optional<String> state,
        Optional<String> data,
        Optional<String> model,
        Optional<String> prompt,
        long before,
        int limit) {

    /// The newest runs.
    public static final Query NEWEST = new Query(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Long.MAX_VALUE,
            50);

    public Query {
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("a page has 1 to 10000 runs, not " + limit);
        }
    }

    /// The newest runs of a kind.
    public static Query kind(String kind, int limit) {
        return new Query(
                Optional.of(kind),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE,
                limit);
    }

    /// The page after one that ended with this run.
    public Query before(long number) {
        return new Query(kind, state, data, model, prompt, number, limit);
    }
}
