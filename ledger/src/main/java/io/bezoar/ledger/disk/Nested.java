package io.bezoar.ledger.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// A folder of another disk as a disk of its own.
///
/// @param disk the other disk
/// @param folder name of the folder
public record Nested(Disk disk, String folder) implements Disk {
    private String name(String name) {
        return name.isEmpty() ? folder : folder + "/" + name;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return disk.read(name(name));
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        return disk.read(name(name), from, length);
    }

    @Override
    public Optional<Long> size(String name) throws IOException {
        return disk.size(name(name));
    }

    @Override
    public OutputStream create(String name) throws IOException {
        return disk.create(name(name));
    }

    @Override
    public void sync(String name) throws IOException {
        disk.sync(name(name));
    }

    @Override
    public void syncAll(List<String> names) throws IOException {
        disk.syncAll(names.stream().map(this::name).toList());
    }

    @Override
    public void syncFolders(List<String> folders) throws IOException {
        disk.syncFolders(folders.stream().map(this::name).toList());
    }

    @Override
    public void move(String from, String to) throws IOException {
        disk.move(name(from), name(to));
    }

    @Override
    public void syncFolder(String inner) throws IOException {
        disk.syncFolder(name(inner));
    }

    @Override
    public List<String> list(String inner) throws IOException {
        return disk.list(name(inner)).stream()
                .map(each -> each.substring(folder.length() + 1))
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name(name));
    }

    @Override
    public AutoCloseable lock() throws IOException {
        return disk.lock();
    }
}
