package io.bezoar.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Items held in memory, cut into parts of nearly equal size; some parts are empty where there are more parts than
/// items.
///
/// @param items all items, in order
/// @param parts how many parts, 0 or more; 0 only without items
public record InMemory<T>(List<T> items, int count) implements Source<T> {

    public InMemory {
        items = List.copyOf(items);
        if (count < 0 || count == 0 && !items.isEmpty()) {
            throw new IllegalArgumentException(items.size() + " items do not fit into " + count + " parts");
        }
    }

    @Override
    public List<Piece<T>> parts() {
        List<Piece<T>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) items.size() * i / count);
            int to = (int) ((long) items.size() * (i + 1) / count);
            parts.add(new Piece<>(new ArrayList<>(items.subList(from, to))));
        }
        return parts;
    }

    /// One part.
    public record Piece<T>(ArrayList<T> items) implements Part<T> {
        @Override
        public Stream<T> open() {
            return items.stream();
        }
    }
}
