package io.bezoar.lab;

import io.bezoar.core.Proportion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The measurements an audit has made so far, in a file that outlives the process: one line a
/// measurement, added as it is made. An audit that is started again reads them instead of measuring anew.
///
/// ```
/// bezoar audit journal 2 <what the measurements depend on>
/// learned <tab> attack <tab> seed <tab> count <tab> hits/trials <tab> hits/trials
/// judged  <tab> attack <tab> seed <tab> count <tab> hits/trials <tab> hits/trials
/// ```
///
/// A journal of other data or another version is begun anew; a line that was cut off is not read. Safe
/// for many threads.
public final class Journal implements AutoCloseable {
    private static final String NAME = "bezoar audit journal 2 ";

    private final Map<String, Measured> known = new ConcurrentHashMap<>();
    private final Optional<FileChannel> file;

    private Journal(Optional<FileChannel> file) {
        this.file = file;
    }

    /// A journal that is forgotten with the process.
    public static Journal inMemory() {
        return new Journal(Optional.empty());
    }

    /// The journal in that file, which is made if it is not there.
    ///
    /// @param depends what the measurements depend on, in one line
    public static Journal open(Path path, String depends) throws IOException {
        String head = NAME + depends.replaceAll("[\\r\\n]", " ") + "\n";
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean same = text.startsWith(head);
        long keep = 0;
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Journal journal = new Journal(Optional.of(channel));
        if (same) {
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().skip(1).forEach(journal::remember);
            keep = whole.getBytes(StandardCharsets.UTF_8).length;
        }
        channel.truncate(keep);
        channel.position(keep);
        if (!same) {
            journal.append(head);
        }
        return journal;
    }

    /// How many measurements it holds.
    public int size() {
        return known.size();
    }

    Optional<Measured> find(String what, String attack, long seed, int count) {
        return Optional.ofNullable(known.get(key(what, attack, seed, count)));
    }

    void add(String attack, long seed, int count, Measured measured) {
        String line = switch (measured) {
            case Measured.Learned(Proportion success, Proportion accuracy) ->
                key("learned", attack, seed, count) + "\t" + written(success) + "\t" + written(accuracy);
            case Measured.Judged(Proportion found, Proportion lost) ->
                key("judged", attack, seed, count) + "\t" + written(found) + "\t" + written(lost);
        };
        remember(line);
        append(line + "\n");
    }

    private static String key(String what, String attack, long seed, int count) {
        return what + "\t" + attack.replaceAll("[\\t\\r\\n]", " ") + "\t" + seed + "\t" + count;
    }

    private static String written(Proportion proportion) {
        return proportion.hits() + "/" + proportion.trials();
    }

    private void remember(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 6 || !fields[4].matches("\\d+/\\d+") || !fields[5].matches("\\d+/\\d+")) {
            return;
        }
        Proportion first = read(fields[4]);
        Proportion second = read(fields[5]);
        known.put(
                fields[0] + "\t" + fields[1] + "\t" + fields[2] + "\t" + fields[3],
                fields[0].equals("learned") ? new Measured.Learned(first, second) : new Measured.Judged(first, second));
    }

    private static Proportion read(String text) {
        String[] numbers = text.split("/");
        return new Proportion(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private synchronized void append(String text) {
        if (file.isPresent()) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.get().write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
