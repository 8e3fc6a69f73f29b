package io.bezoar.ledger.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// The few things a ledger asks of a file system, so that a test can take the power away between any two
/// of them.
///
/// Names are relative, parted by `/`. What is written survives a crash once [#sync] has returned for the
/// file, and its name once [#syncFolder] has returned for its folder.
public interface Disk {
    /// All bytes of a file; empty if there is none of that name.
    Optional<byte[]> read(String name) throws IOException;

    /// Some bytes of a file that is there.
    byte[] read(String name, long from, int length) throws IOException;

    /// Bytes of a file; empty if there is none of that name.
    Optional<Long> size(String name) throws IOException;

    /// A new, empty file, in place of one of that name; folders are made as needed.
    OutputStream create(String name) throws IOException;

    /// Waits until the bytes of a file are safe.
    void sync(String name) throws IOException;

    /// Waits until the bytes of all these files are safe, at best all at once.
    default void syncAll(List<String> names) throws IOException {
        for (String name : names) {
            sync(name);
        }
    }

    /// Waits until the names in all these folders are safe, at best all at once.
    default void syncFolders(List<String> folders) throws IOException {
        for (String folder : folders) {
            syncFolder(folder);
        }
    }

    /// Gives a file another name, at once, in place of one that had it.
    void move(String from, String to) throws IOException;

    /// Waits until the names in a folder are safe.
    void syncFolder(String folder) throws IOException;

    /// Names of all files in a folder and those below, sorted; empty if there is no such folder.
    List<String> list(String folder) throws IOException;

    /// Removes a file, if it is there.
    void delete(String name) throws IOException;

    /// Keeps other writers out until closed; waits a while for one who is at work.
    ///
    /// @throws io.bezoar.ledger.fault.Busy if he does not finish
    AutoCloseable lock() throws IOException;

    /// The folder a name lies in; empty for the top.
    static String folder(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
