package io.bezoar.data;

import io.bezoar.core.ScanResult.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The SHA-256 of every input file, computed beside the reading, each once.
final class Digests implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BLOCK = 1 << 20;

    private final List<Body> bodies;
    private final List<Future<String>> digests = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "bezoar-digest");
        thread.setDaemon(true);
        return thread;
    });

    Digests(List<Body> bodies) {
        this.bodies = List.copyOf(bodies);
        for (Body body : bodies) {
            digests.add(threads.submit(() -> body.unread() || !body.sha256().isEmpty() ? body.sha256() : digest(body)));
        }
        threads.shutdown();
    }

    private static String digest(Body body) throws IOException {
        MessageDigest digest = Unpacking.sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(body.stored())) {
            byte[] block = new byte[(int) Math.clamp(body.storedBytes(), 1, BLOCK)];
            int count;
            while ((count = in.read(block)) > 0) {
                if (Thread.currentThread().isInterrupted()) {
                    return "";
                }
                digest.update(block, 0, count);
                size += count;
            }
        }
        if (size != body.storedBytes()) {
            throw new BadInput(
                    "expected \"" + body.name() + "\" to stay as it is while it is read, but it changed from "
                            + body.storedBytes() + " to " + size + " bytes; read it again");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The files in order; waits for what is not done.
    List<DataFile> files() {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            Body body = bodies.get(i);
            try {
                files.add(new DataFile(
                        body.name(),
                        Math.max(0, body.storedBytes()),
                        digests.get(i).get()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof BadInput bad) {
                    throw bad;
                }
                throw new BadInput(
                        "expected to read \"" + body.name() + "\", but it cannot be read: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while computing digests", e);
            }
        }
        return files;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
