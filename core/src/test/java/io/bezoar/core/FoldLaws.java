package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The laws every [Fold] keeps. A test class of a fold implements this interface; a test of many folds calls [#of].
///
/// @param <T> the items
/// @param <S> the summary
public interface FoldLaws<T, S extends Summary<S>> {

    /// The fold to be tested.
    Fold<T, S> fold();

    /// Items that reach its corners; a hundred or more, so that splits differ.
    List<T> items();

    @TestFactory
    default Stream<DynamicTest> laws() {
        return of(fold(), items());
    }

    /// One test a law.
    static <T, S extends Summary<S>> Stream<DynamicTest> of(Fold<T, S> fold, List<T> items) {
        byte[] whole = bytes(all(fold, items));
        int n = items.size();
        return Stream.of(
                dynamicTest("start is neutral", () -> {
                    S left = fold.start();
                    left.merge(all(fold, items));
                    assertArrayEquals(whole, bytes(left), "start merged with all");
                    S right = all(fold, items);
                    right.merge(fold.start());
                    assertArrayEquals(whole, bytes(right), "all merged with start");
                }),
                dynamicTest("any split merged equals the whole", () -> {
                    for (int cut : new int[] {0, 1, n / 7, n / 3, n / 2, n - 1, n}) {
                        if (cut >= 0 && cut <= n) {
                            S left = all(fold, items.subList(0, cut));
                            left.merge(all(fold, items.subList(cut, n)));
                            assertArrayEquals(whole, bytes(left), "cut at " + cut + " of " + n);
                        }
                    }
                }),
                dynamicTest("what comes after may be started knowing what came before", () -> {
                    for (int cut : new int[] {0, 1, n / 3, n / 2, n}) {
                        S left = all(fold, items.subList(0, cut));
                        S right = fold.startAfter(left);
                        items.subList(cut, n).forEach(item -> fold.add(right, item));
                        left.merge(right);
                        assertArrayEquals(whole, bytes(left), "after " + cut + " of " + n);
                    }
                }),
                dynamicTest("merge is associative", () -> {
                    List<T> a = items.subList(0, n / 4);
                    List<T> b = items.subList(n / 4, n / 2);
                    List<T> c = items.subList(n / 2, n);
                    S left = all(fold, a);
                    left.merge(all(fold, b));
                    left.merge(all(fold, c));
                    S inner = all(fold, b);
                    inner.merge(all(fold, c));
                    S right = all(fold, a);
                    right.merge(inner);
                    assertArrayEquals(bytes(left), bytes(right));
                }),
                dynamicTest("what was written reads back to the byte", () -> {
                    S copy = read(fold, whole);
                    assertArrayEquals(whole, bytes(copy));
                    S half = read(fold, bytes(all(fold, items.subList(0, n / 2))));
                    half.merge(read(fold, bytes(all(fold, items.subList(n / 2, n)))));
                    assertArrayEquals(whole, bytes(half), "merged after reading");
                    S used = all(fold, items.subList(0, n / 2));
                    used.read(new DataInputStream(new ByteArrayInputStream(whole)));
                    assertArrayEquals(whole, bytes(used), "read replaces what was there");
                }),
                dynamicTest("parts and threads do not show", () -> {
                    for (int parts : new int[] {1, 2, 7}) {
                        for (int threads : new int[] {1, 2, 5}) {
                            S summary = new LocalEngine(threads).fold(new InMemory<>(items, parts), fold);
                            assertArrayEquals(whole, bytes(summary), parts + " parts, " + threads + " threads");
                        }
                    }
                }));
    }

    /// The summary of items folded one after another.
    static <T, S extends Summary<S>> S all(Fold<T, S> fold, List<T> items) {
        S summary = fold.start();
        items.forEach(item -> fold.add(summary, item));
        return summary;
    }

    /// The bytes a summary writes.
    static byte[] bytes(Summary<?> summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            summary.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A summary read from bytes; fails if it does not read all of them.
    static <T, S extends Summary<S>> S read(Fold<T, S> fold, byte[] bytes) {
        S summary = fold.start();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            summary.read(in);
            if (in.available() > 0) {
                throw new AssertionError(in.available() + " of " + bytes.length + " bytes were not read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return summary;
    }
}
