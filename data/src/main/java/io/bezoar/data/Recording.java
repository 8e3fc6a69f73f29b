package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A source that is parsed once: the first pass over a part writes a compact copy of its examples, tokens and all, to a
/// temporary file, and every later pass reads that. Same examples, same order, to the field.
///
/// A first pass that is left before its end is not kept. While one thread records a part, others read the source. Bound
/// to this process: the parts cannot be carried to another.
public final class Recording implements Source<Example>, AutoCloseable {
    private final List<Recorded> parts = new ArrayList<>();
    private final Scratch scratch;

    /// @param folder an existing folder; a folder of its own is made in it and deleted on close
    public Recording(Source<Example> source, Path folder) {
        scratch = Scratch.in(folder.toString());
        for (Part<Example> part : source.parts()) {
            parts.add(new Recorded(part, scratch.folder().resolve("part-" + parts.size())));
        }
    }

    @Override
    public List<? extends Part<Example>> parts() {
        return List.copyOf(parts);
    }

    /// Deletes the copies. Streams that are open read on; new ones read the source.
    @Override
    public void close() {
        parts.forEach(Recorded::forget);
        scratch.close();
    }

    private enum State {
        FRESH,
        BUSY,
        KEPT,
        CLOSED
    }

    /// One part and its copy.
    @SuppressWarnings("serial") // parts of a recording stay in this process
    private static final class Recorded implements Part<Example> {
        private final Part<Example> part;
        private final Path file;
        private State state = State.FRESH;

        Recorded(Part<Example> part, Path file) {
            this.part = part;
            this.file = file;
        }

        @Override
        public Stream<Example> open() {
            boolean kept;
            boolean record;
            synchronized (this) {
                kept = state == State.KEPT;
                record = state == State.FRESH;
                if (record) {
                    state = State.BUSY;
                }
            }
            try {
                if (kept) {
                    RecordReader reader = new RecordReader(file);
                    return StreamSupport.stream(reader, false).onClose(reader::close);
                }
                if (record) {
                    Stream<Example> source = part.open();
                    Copying copying = new Copying(source.spliterator(), new RecordWriter(file));
                    return StreamSupport.stream(copying, false)
                            .onClose(source::close)
                            .onClose(copying::close);
                }
                return part.open();
            } catch (IOException e) {
                done(State.FRESH);
                throw failed(e);
            } catch (RuntimeException | Error e) {
                if (record) {
                    done(State.FRESH);
                }
                throw e;
            }
        }

        private synchronized void done(State next) {
            if (state == State.BUSY) {
                state = next;
            }
        }

        synchronized void forget() {
            state = State.CLOSED;
        }

        private static ScratchFailure failed(IOException e) {
            return new ScratchFailure("expected to write and read a temporary copy of the data, but that failed", e);
        }

        /// Hands examples on and writes them down.
        private final class Copying extends Spliterators.AbstractSpliterator<Example> {
            private final Spliterator<Example> source;
            private @Nullable RecordWriter writer;

            Copying(Spliterator<Example> source, RecordWriter writer) {
                super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
                this.source = source;
                this.writer = writer;
            }

            @Override
            public boolean tryAdvance(Consumer<? super Example> action) {
                boolean more = source.tryAdvance(example -> {
                    write(example);
                    action.accept(example);
                });
                if (!more) {
                    finish();
                }
                return more;
            }

            @Override
            public void forEachRemaining(Consumer<? super Example> action) {
                source.forEachRemaining(example -> {
                    write(example);
                    action.accept(example);
                });
                finish();
            }

            private void write(Example example) {
                RecordWriter open = writer;
                if (open != null) {
                    try {
                        open.write(example);
                    } catch (IOException e) {
                        throw failed(e);
                    }
                }
            }

            private void finish() {
                RecordWriter open = writer;
                if (open != null) {
                    writer = null;
                    try {
                        open.finish();
                        done(State.KEPT);
                    } catch (IOException e) {
                        done(State.FRESH);
                        throw failed(e);
                    }
                }
            }

            void close() {
                RecordWriter open = writer;
                if (open != null) {
                    writer = null;
                    open.abandon();
                    done(State.FRESH);
                }
            }
        }
    }
}
