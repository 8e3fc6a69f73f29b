package io.bezoar.ledger.log;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Tree;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An append-only log of entries on disk, in the files of C2SP tlog-tiles. Owned by one thread.
///
/// Appending writes tiles that no checkpoint speaks of yet, makes them safe, and only then puts the new
/// checkpoint in place of the old one, by one rename: that rename is the moment at which the entries are
/// in the log. A process killed before it leaves tiles that the next append overwrites.
public final class TileLog {
    /// The most bytes of an entry.
    public static final int MOST_BYTES = 65_535;

    /// Where the current checkpoint lies.
    public static final String CHECKPOINT = "checkpoint";

    private static final String ENTRIES = "entries";

    private final Disk disk;
    private final NamedKey key;
    private Note note;
    private Checkpoint checkpoint;
    private Tiles tiles;

    private TileLog(Disk disk, NamedKey key, Note note, Checkpoint checkpoint) {
        this.disk = disk;
        this.key = key;
        this.note = note;
        this.checkpoint = checkpoint;
        this.tiles = new Tiles(disk, checkpoint.size());
    }

    /// A new, empty log.
    public static TileLog create(Disk disk, SigningKey key) throws IOException {
        Note note = Note.signed(new Checkpoint(key.name(), 0, Hasher.empty()).text(), key);
        new Writes(disk).put(CHECKPOINT, note.bytes()).finish();
        return new TileLog(disk, key.named(), note, Checkpoint.of(note, key.named()));
    }

    /// The log on that disk, its checkpoint verified and compared with the tiles it is made of.
    ///
    /// @throws Broken if there is none, it is not signed by `key`, or does not fit the tiles
    public static TileLog open(Disk disk, NamedKey key) throws IOException {
        byte[] bytes = disk.read(CHECKPOINT)
                .orElseThrow(() -> new Broken("expected the checkpoint of a log, found none; restore the log"));
        try {
            Note note = Note.read(bytes);
            TileLog log = new TileLog(disk, key, note, Checkpoint.of(note, key));
            log.checkRoot();
            return log;
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; restore the log from a copy");
        }
    }

    private void checkRoot() {
        if (!tiles.root(checkpoint.size()).equals(checkpoint.root())) {
            throw new Broken("expected the root that the checkpoint of " + checkpoint.size()
                    + " entries names, came another from the tiles; restore the log from a copy");
        }
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The current checkpoint with all its signatures.
    public Note note() {
        return note;
    }

    public NamedKey key() {
        return key;
    }

    public long size() {
        return checkpoint.size();
    }

    /// The tree of the current entries.
    public Tree tree() {
        return tiles;
    }

    /// Puts entries behind the others; when it returns they are safe.
    ///
    /// @param signer the log's key
    /// @return the new checkpoint
    public Checkpoint append(List<byte[]> entries, SigningKey signer) throws IOException {
        return append(entries, signer, new Writes(disk), "");
    }

    /// The same together with other files, which are safe before the entries are in the log.
    ///
    /// @param writes to a disk of which the log's is the folder `prefix`, empty or ending in `/`
    public Checkpoint append(List<byte[]> entries, SigningKey signer, Writes writes, String prefix) throws IOException {
        if (!signer.named().equals(key)) {
            throw new Malformed("expected the key of the log \"" + key.name() + "\", came another");
        }
        for (byte[] entry : entries) {
            if (entry.length > MOST_BYTES) {
                throw new Malformed("expected an entry of at most 65,535 bytes, came " + entry.length);
            }
        }
        if (entries.isEmpty()) {
            return checkpoint;
        }
        long size = checkpoint.size() + entries.size();
        bundles(entries, writes, prefix);
        hashes(entries, writes, prefix);
        writes.finish();
        Tiles grown = new Tiles(disk, size);
        Checkpoint next = new Checkpoint(checkpoint.origin(), size, grown.root(size));
        Note signed = Note.signed(next.text(), signer);
        publish(signed);
        Tiles before = tiles;
        note = signed;
        checkpoint = next;
        tiles = grown;
        prune(before);
        return next;
    }

    private void publish(Note signed) throws IOException {
        new Writes(disk).put(CHECKPOINT, signed.bytes()).finish();
    }

    /// Adds cosignatures to the current checkpoint.
    public void cosigned(Note more) throws IOException {
        if (!more.text().equals(note.text())) {
            throw new Malformed("expected cosignatures on the current checkpoint, came those on another");
        }
        Note all = note;
        for (Note.Line line : more.lines()) {
            all = all.with(line);
        }
        publish(all);
        note = all;
    }

    private void bundles(List<byte[]> entries, Writes writes, String prefix) throws IOException {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        long index = checkpoint.size() / Tiles.WIDTH;
        int width = (int) (checkpoint.size() % Tiles.WIDTH);
        if (width > 0) {
            bundle.write(bundle(index, width));
        }
        for (byte[] entry : entries) {
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.write(entry);
            if (++width == Tiles.WIDTH) {
                writes.put(prefix + Tiles.name(ENTRIES, index++, width), bundle.toByteArray());
                bundle.reset();
                width = 0;
            }
        }
        if (width > 0) {
            writes.put(prefix + Tiles.name(ENTRIES, index, width), bundle.toByteArray());
        }
    }

    private void hashes(List<byte[]> entries, Writes writes, String prefix) throws IOException {
        Hasher hasher = new Hasher();
        List<Digest> fresh = new ArrayList<>();
        entries.forEach(entry -> fresh.add(hasher.leaf(entry)));
        for (int level = 0; !fresh.isEmpty(); level++) {
            long before = checkpoint.size() >> (8 * level);
            long index = before / Tiles.WIDTH;
            int width = (int) (before % Tiles.WIDTH);
            byte[] tile = new byte[Tiles.WIDTH * Digest.BYTES];
            if (width > 0) {
                System.arraycopy(tiles.tile(level, index), 0, tile, 0, width * Digest.BYTES);
            }
            List<Digest> above = new ArrayList<>();
            for (Digest hash : fresh) {
                hash.copyTo(tile, width * Digest.BYTES);
                if (++width == Tiles.WIDTH) {
                    writes.put(prefix + Tiles.name(Integer.toString(level), index++, width), tile);
                    byte[] root = tile.clone();
                    hasher.fold(root, 0, 8);
                    above.add(Digest.at(root, 0));
                    width = 0;
                }
            }
            if (width > 0) {
                writes.put(
                        prefix + Tiles.name(Integer.toString(level), index, width),
                        Arrays.copyOf(tile, width * Digest.BYTES));
            }
            fresh.clear();
            fresh.addAll(above);
        }
    }

    /// Deletes the unfinished tiles of the size before that are finished now. One that stays harms
    /// nobody, and the entries are in: whoever added them must not be told that it failed.
    private void prune(Tiles before) {
        for (int level = 0; level * 8 < 63; level++) {
            long index = (before.size() >> (8 * level)) / Tiles.WIDTH;
            int width = before.width(level, index);
            if (width > 0 && width < Tiles.WIDTH && tiles.width(level, index) == Tiles.WIDTH) {
                try {
                    deletePartial(Integer.toString(level), index);
                    if (level == 0) {
                        deletePartial(ENTRIES, index);
                    }
                } catch (IOException _) {
                    return;
                }
            }
        }
    }

    private void deletePartial(String level, long index) throws IOException {
        String folder = Tiles.name(level, index, Tiles.WIDTH) + ".p";
        for (String name : disk.list(folder)) {
            disk.delete(name);
        }
    }

    /// The entry at `index`.
    public byte[] entry(long index) throws IOException {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("no entry " + index + " in a log of " + size());
        }
        return entries(index / Tiles.WIDTH).get((int) (index % Tiles.WIDTH));
    }

    /// All entries in order. Their hashes are compared with the tiles.
    public List<byte[]> entries() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (long bundle = 0; bundle * Tiles.WIDTH < size(); bundle++) {
            all.addAll(entries(bundle));
        }
        return all;
    }

    private List<byte[]> entries(long index) throws IOException {
        int width = tiles.width(0, index);
        ByteBuffer bytes = ByteBuffer.wrap(bundle(index, width));
        byte[] hashes = tiles.tile(0, index);
        Hasher hasher = new Hasher();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Optional<byte[]> entry = next(bytes);
            if (entry.isEmpty() || !hasher.leaf(entry.get()).equals(Digest.at(hashes, i * Digest.BYTES))) {
                throw new Broken("expected entry " + (index * Tiles.WIDTH + i)
                        + " of the log as its tile has it, came another; restore the log from a copy");
            }
            entries.add(entry.get());
        }
        if (bytes.hasRemaining()) {
            throw new Broken("expected " + width + " entries in bundle " + index
                    + " of the log, came more bytes; restore the log from a copy");
        }
        return entries;
    }

    private static Optional<byte[]> next(ByteBuffer bytes) {
        if (bytes.remaining() < 2) {
            return Optional.empty();
        }
        byte[] entry = new byte[bytes.getShort() & 0xffff];
        if (bytes.remaining() < entry.length) {
            return Optional.empty();
        }
        bytes.get(entry);
        return Optional.of(entry);
    }

    private byte[] bundle(long index, int width) throws IOException {
        String name = Tiles.name(ENTRIES, index, width);
        return disk.read(name)
                .orElseThrow(() ->
                        new Broken("expected \"" + name + "\" in the log, found none; restore the log from a copy"));
    }

    /// Is that the name of the checkpoint, or of a tile of this log, at its size or a smaller one?
    public boolean speaksOf(String name) {
        return name.equals(CHECKPOINT) || Tiles.holds(name, size());
    }

    /// Reads everything again: entries against tiles, tiles against the tiles above, all against the
    /// checkpoint.
    ///
    /// @return how many files were read
    public long check() throws IOException {
        Tiles fresh = new Tiles(disk, size());
        tiles = fresh;
        checkRoot();
        entries();
        long files = 1;
        Hasher hasher = new Hasher();
        for (int level = 0; level * 8 < 63 && fresh.width(level, 0) > 0; level++) {
            for (long index = 0; fresh.width(level, index) > 0; index++) {
                byte[] tile = fresh.tile(level, index);
                files += level == 0 ? 2 : 1;
                if (fresh.width(level, index) == Tiles.WIDTH) {
                    byte[] root = tile.clone();
                    hasher.fold(root, 0, 8);
                    byte[] above = fresh.tile(level + 1, index / Tiles.WIDTH);
                    if (!Digest.at(root, 0).equals(Digest.at(above, (int) (index % Tiles.WIDTH) * Digest.BYTES))) {
                        throw new Broken("expected tile " + index + " of level " + level
                                + " as the level above has it, came another; restore the log from a copy");
                    }
                }
            }
        }
        return files;
    }

    /// The proof that the entry at `index` is in the log, with the current checkpoint.
    public LogProof prove(long index) {
        return new LogProof(Optional.empty(), index, tiles.inclusion(index, size()), note);
    }
}
