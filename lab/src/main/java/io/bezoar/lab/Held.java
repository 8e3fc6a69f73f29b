package io.bezoar.lab;

import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows held in memory, in parts of equal size.
record Held(List<Example> rows) implements Source<Example> {
    private static final int SIZE = 4096;

    @Override
    public List<Piece> parts() {
        List<Piece> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += SIZE) {
            parts.add(new Piece(new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + SIZE)))));
        }
        return parts;
    }

    /// One part.
    record Piece(ArrayList<Example> rows) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            return rows.stream();
        }
    }
}
