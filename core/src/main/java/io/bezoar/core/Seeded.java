package io.bezoar.core;

import java.util.List;
import java.util.stream.Stream;

/// The examples of a source with the keys of a seed; see [Example#seeded].
///
/// @param seed of every random choice; 0 leaves the keys as they are
public record Seeded(Source<Example> source, long seed) implements Source<Example> {

    @Override
    public List<? extends Part<Example>> parts() {
        return seed == 0
                ? source.parts()
                : source.parts().stream().map(part -> new Keyed(part, seed)).toList();
    }

    private record Keyed(Part<Example> part, long seed) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            Stream<Example> examples = part.open();
            return examples.map(example -> example.seeded(seed));
        }
    }
}
