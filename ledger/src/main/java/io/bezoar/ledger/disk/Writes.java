package io.bezoar.ledger.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Files that are written under other names first and get their own when all of them are safe: after a
/// crash each is there as a whole or not at all. Owned by one thread.
public final class Writes {
    /// How names end until then.
    public static final String UNFINISHED = ".unfinished";

    private final Disk disk;
    private final List<String> names = new ArrayList<>();

    public Writes(Disk disk) {
        this.disk = disk;
    }

    /// Writes a file.
    public Writes put(String name, byte[] bytes) throws IOException {
        try (OutputStream out = open(name)) {
            out.write(bytes);
        }
        return this;
    }

    /// A file to be written; closed by the caller before [#finish].
    public OutputStream open(String name) throws IOException {
        names.add(name);
        return disk.create(name + UNFINISHED);
    }

    /// Makes all files safe and gives them their names.
    public void finish() throws IOException {
        TreeSet<String> folders = move();
        disk.syncFolders(List.copyOf(folders));
    }

    /// Makes all bytes safe and gives the files their names; after a crash a file may be the one before.
    public void replace() throws IOException {
        move();
    }

    private TreeSet<String> move() throws IOException {
        disk.syncAll(names.stream().map(name -> name + UNFINISHED).toList());
        TreeSet<String> folders = new TreeSet<>();
        for (String name : names) {
            disk.move(name + UNFINISHED, name);
            folders.add(Disk.folder(name));
        }
        names.clear();
        return folders;
    }

    /// Removes what was written and not finished.
    public void discard() throws IOException {
        for (String name : names) {
            disk.delete(name + UNFINISHED);
        }
        names.clear();
    }
}
