package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.Source;
import io.bezoar.data.Opening.Opened;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A data set on disk: its rows as examples, in parts that depend on the data alone.
///
/// Opening it looks at the beginning of every file, finds out how rows lie in it and what they are, unpacks what is
/// compressed, and cuts files into parts; rows are read when a part is opened, and never held.
public final class DataSet implements Source<Example>, AutoCloseable {
    private final Opened opened;
    private final Scratch scratch;
    private final Digests digests;

    private DataSet(Opened opened, Scratch scratch) {
        this.opened = opened;
        this.scratch = scratch;
        this.digests = new Digests(opened.bodies());
    }

    /// Opens files, folders, globs and `-` for standard input.
    ///
    /// @throws BadInput if nothing can be read
    /// @throws ScratchFailure if there is no room for temporary files
    public static DataSet open(List<String> paths, ReadSettings settings) {
        return open(paths, settings, System.in);
    }

    /// Opens files, folders, globs and `-` for `standardInput`.
    ///
    /// @throws BadInput if nothing can be read
    /// @throws ScratchFailure if there is no room for temporary files
    public static DataSet open(List<String> paths, ReadSettings settings, InputStream standardInput) {
        Scratch scratch = Scratch.in(settings.temporary());
        try {
            return new DataSet(new Opening(settings, standardInput, scratch.folder()).open(paths), scratch);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    /// The files that [#open] would read, and the folders of texts, without a look at what is in them; `-` stands for
    /// standard input.
    ///
    /// @throws BadInput if a path leads to nothing
    public static List<Path> named(List<String> paths, ReadSettings settings) {
        return new Inputs(paths, settings.except(), settings.format())
                .files().stream().map(Inputs.Named::path).toList();
    }

    /// Has the origins of all rows looked up; before any part is opened.
    ///
    /// @param lookups gives a lookup to each thread that reads
    public DataSet origins(Supplier<? extends OriginLookup> lookups) {
        opened.parts().forEach(part -> part.origins(lookups));
        return this;
    }

    @Override
    public List<? extends Part<Example>> parts() {
        return opened.parts();
    }

    /// What was recognised, in words: `text -> label, in JSON lines`.
    public String layout() {
        return opened.words();
    }

    /// Which column serves as what: `text` to `body`.
    public Map<String, String> columns() {
        return opened.layout().named();
    }

    /// Of rows without a target, the columns that may hold it: in several a few values recur, or they hold lists or
    /// objects. Empty if a target was recognised.
    public List<String> undecided() {
        return opened.layout().undecided();
    }

    /// The columns that are not read and may matter, and the speakers of conversations without an assistant; of all
    /// files, each name once.
    public List<Unread> unread() {
        Map<String, Unread> unread = new LinkedHashMap<>();
        for (Layout layout : opened.layouts()) {
            for (Unread column : layout.unread()) {
                if (unread.size() < Layout.MOST_UNREAD) {
                    unread.putIfAbsent(column.column(), column);
                }
            }
        }
        return List.copyOf(unread.values());
    }

    /// The first row for which the data's own ids are not used: it has none, or one that an earlier row has. Empty if
    /// they are used or there are none.
    public Optional<Example> withoutId(RowIds ids) {
        long place = ids.offence();
        if (place < 0) {
            return Optional.empty();
        }
        int file = RowIdSummary.file(place);
        long offset = RowIdSummary.offset(place);
        return opened.parts().stream()
                .filter(part -> part.holds(file, offset))
                .findFirst()
                .flatMap(part -> part.row(offset));
    }

    /// The files in order, with their digests; waits for the digests that are not done. A file that could not be opened
    /// has no digest.
    public List<DataFile> files() {
        return digests.files();
    }

    /// What could not be read as a row, in the parts read so far.
    public Problems problems() {
        return opened.problems();
    }

    Opened opened() {
        return opened;
    }

    /// Deletes the temporary copies.
    @Override
    public void close() {
        digests.close();
        scratch.close();
    }
}
