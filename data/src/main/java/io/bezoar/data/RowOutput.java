package io.bezoar.data;

import io.bezoar.data.parquet.ParquetFile;
import io.bezoar.data.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One Parquet file of a split data set, with the columns and the compression of the input.
final class RowOutput implements SetFile {
    private final ParquetFile like;
    private final Path path;
    private final Path aside;
    private @Nullable ParquetWriter writer;
    private boolean any;
    private boolean done;

    /// @param like the input
    /// @param aside where it is written, to be moved to `path`
    RowOutput(ParquetFile like, Path aside, Path path) {
        this.like = like;
        this.path = path;
        this.aside = aside;
    }

    /// Takes rows; begun when first asked for.
    ParquetWriter rows() throws IOException {
        ParquetWriter open = writer;
        if (open == null) {
            any = true;
            open = ParquetWriter.like(like, aside);
            writer = open;
        }
        return open;
    }

    @Override
    public void complete() throws IOException {
        ParquetWriter open = writer;
        if (open != null) {
            open.close();
            writer = null;
        }
    }

    @Override
    public Optional<Path> written() {
        return any ? Optional.of(aside) : Optional.empty();
    }

    @Override
    public Optional<Path> move() throws IOException {
        if (!any) {
            Files.deleteIfExists(path); // of an earlier split
            return Optional.empty();
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        done = true;
        return Optional.of(path);
    }

    @Override
    public void discard() {
        if (done || !any) {
            return;
        }
        try {
            complete();
            Files.deleteIfExists(aside);
        } catch (IOException _) {
            aside.toFile().deleteOnExit();
        }
    }
}
