package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExampleTest {
    private static final Position HERE = new Position(0, 1, 0, 10);

    private static Example example(String input, Target target, Origin origin, Position position, String id) {
        return new Example(input, target, origin, position, id);
    }

    @Test
    void theKeyDependsOnContentAndOriginAlone() {
        Example one = example("hello", new Target.Label("a"), Origin.UNKNOWN, HERE, "1");
        Example other = example("hello", new Target.Label("a"), Origin.UNKNOWN, new Position(3, 9, 77, 5), "x");
        assertEquals(one.key(), other.key());
        Origin elsewhere = new Origin("", "", Origin.NO_TIME, "http://example.org", "batch 7");
        assertEquals(
                one.key(),
                example("hello", new Target.Label("a"), elsewhere, HERE, "").key());
    }

    @Test
    void whatDiffersHasAnotherKey() {
        List<Target> targets = List.of(
                new Target.Label("a"),
                new Target.Label(""),
                new Target.Response("a"),
                new Target.Response(""),
                new Target.Preference("a", "b"),
                new Target.Preference("b", "a"),
                new Target.Preference("ab", ""),
                Target.ABSENT);
        List<Origin> origins = List.of(
                Origin.UNKNOWN,
                new Origin("a", "", Origin.NO_TIME, "", ""),
                new Origin("", "a", Origin.NO_TIME, "", ""),
                new Origin("", "", 0, "", ""),
                new Origin("a", "a", 0, "", ""));
        Set<Long> keys = new HashSet<>();
        for (String input : List.of("", "a", "b", "ab")) {
            for (Target target : targets) {
                for (Origin origin : origins) {
                    assertTrue(keys.add(example(input, target, origin, HERE, "").key()), input + " " + target);
                }
            }
        }
    }

    @Test
    void serialisationKeepsEverythingButTheTokens() throws Exception {
        Example row =
                example("Two words", new Target.Preference("x", "y"), new Origin("s", "t", 5, "u", "v"), HERE, "7");
        assertArrayEquals(Tokenizer.tokens("two words"), row.tokens());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(row);
        }
        Example copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (Example) in.readObject();
        }
        assertEquals(row.key(), copy.key());
        assertEquals(row.target(), copy.target());
        assertEquals(Optional.of("7"), copy.declaredId());
        assertEquals(5, copy.origin().timeMillis());
        assertArrayEquals(row.tokens(), copy.tokens());
    }
}
