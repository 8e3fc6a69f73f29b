package io.bezoar.evaluate;

import java.util.Map;

/// One thing a model is asked, and what is right.
///
/// @param id unique in its suite
/// @param input raw text
/// @param expected the right answer, as the suite's [Grade] reads it
/// @param columns all scalar columns of the row, for the expressions of slices
public record Item(String id, String input, String expected, Map<String, Object> columns) {
    public Item {
        columns = Map.copyOf(columns);
    }
}
