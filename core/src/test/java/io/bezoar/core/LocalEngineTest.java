package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalEngineTest {

    /// Joins words; merging is associative and not commutative, so it shows the order in which parts are joined.
    record Words() implements Fold<String, Words.Text> {
        @Override
        public Text start() {
            return new Text();
        }

        @Override
        public void add(Text summary, String item) {
            summary.text.append(item).append(' ');
        }

        static final class Text implements Summary<Text> {
            private StringBuilder text = new StringBuilder();

            @Override
            public void merge(Text other) {
                text.append(other.text);
            }

            @Override
            public void write(DataOutput out) throws IOException {
                out.writeUTF(text.toString());
            }

            @Override
            public void read(DataInput in) throws IOException {
                text = new StringBuilder(in.readUTF());
            }
        }
    }

    private static List<String> words(int n) {
        return IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
    }

    @Nested
    class JoinsInOrder implements FoldLaws<String, Words.Text> {
        @Override
        public Fold<String, Words.Text> fold() {
            return new Words();
        }

        @Override
        public List<String> items() {
            return words(101);
        }
    }

    @Nested
    class TogetherKeepsTheLaws implements FoldLaws<String, Together.Summaries> {
        @Override
        public Fold<String, Together.Summaries> fold() {
            return new Together<>(List.of(new Words(), new Words()));
        }

        @Override
        public List<String> items() {
            return words(37);
        }
    }

    @Test
    void togetherGivesEachFoldItsOwnSummary() {
        Words first = new Words();
        Together<String> both = new Together<>(List.of(first, new Words()));
        Together.Summaries summaries = new LocalEngine(3).fold(new InMemory<>(words(5), 4), both);
        assertEquals("w0 w1 w2 w3 w4 ", summaries.get(first, 0).text.toString());
        assertEquals("w0 w1 w2 w3 w4 ", summaries.get(first, 1).text.toString());
    }

    @Test
    void noPartsGiveTheStart() {
        assertEquals(
                "",
                new LocalEngine(4)
                        .fold(new InMemory<>(List.of(), 0), new Words())
                        .text
                        .toString());
    }

    @Test
    void everyPartIsClosedAlsoWhenAnItemFails() {
        AtomicInteger open = new AtomicInteger();
        record Counted(AtomicInteger opened, boolean bad) implements Part<String> {
            @Override
            public Stream<String> open() {
                opened.incrementAndGet();
                return Stream.of("a")
                        .peek(item -> {
                            if (bad) {
                                throw new IllegalStateException("bad item");
                            }
                        })
                        .onClose(opened::decrementAndGet);
            }
        }
        Source<String> source =
                () -> List.of(new Counted(open, false), new Counted(open, true), new Counted(open, false));
        for (int threads : new int[] {1, 4}) {
            LocalEngine engine = new LocalEngine(threads);
            Exception e = assertThrows(IllegalStateException.class, () -> engine.fold(source, new Words()));
            assertTrue(String.valueOf(e).contains("bad item"));
        }
        assertEquals(0, open.get());
    }

    /// Counts how many summaries there are that have not been merged into another.
    private static final class Living implements Fold<String, Living.One> {
        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger living = new AtomicInteger();
        private final transient AtomicInteger most = new AtomicInteger();

        @Override
        public One start() {
            most.accumulateAndGet(living.incrementAndGet(), Math::max);
            return new One(this);
        }

        @Override
        public void add(One summary, String item) {
            if (item.equals("w0")) {
                LockSupport.parkNanos(20_000_000); // the others may run ahead
            }
            summary.items++;
        }

        private static final class One implements Summary<One> {
            private final Living fold;
            private int items;

            One(Living fold) {
                this.fold = fold;
            }

            @Override
            public void merge(One other) {
                items += other.items;
                fold.living.decrementAndGet();
            }

            @Override
            public void write(DataOutput out) throws IOException {
                out.writeInt(items);
            }

            @Override
            public void read(DataInput in) throws IOException {
                items = in.readInt();
            }
        }
    }

    @Test
    void fewSummariesExistAtATime() {
        for (int threads : new int[] {1, 2, 4}) {
            Living fold = new Living();
            assertEquals(500, new LocalEngine(threads).fold(new InMemory<>(words(500), 100), fold).items);
            int most = fold.most.get();
            assertTrue(most <= 2 * threads + 2, () -> most + " summaries, " + threads + " threads");
        }
    }

    @Test
    void anEngineNeedsAThread() {
        assertEquals(
                "threads must be at least 1, not 0",
                assertThrows(IllegalArgumentException.class, () -> new LocalEngine(0))
                        .getMessage());
    }
}
