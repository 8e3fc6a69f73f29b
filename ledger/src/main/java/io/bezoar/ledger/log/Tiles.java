package io.bezoar.ledger.log;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hash tree of a log as it lies in tiles of 256 hashes (C2SP tlog-tiles). Owned by one thread.
final class Tiles implements Tree {
    static final int WIDTH = 256;
    private static final int HEIGHT = 8;
    private static final int KEPT = 64;
    private static final Pattern NAME =
            Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private final Disk disk;
    private final long size;
    private final Hasher hasher = new Hasher();
    private final Map<String, byte[]> known = new LinkedHashMap<>();

    /// @param size number of entries that the tiles are those of
    Tiles(Disk disk, long size) {
        this.disk = disk;
        this.size = size;
    }

    /// Where a tile lies: `tile/0/x001/x234/067` or, with fewer than 256 hashes,
    /// `tile/0/x001/x234/067.p/112`.
    ///
    /// @param level `entries` or a number
    static String name(String level, long index, int width) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + String.format(Locale.ROOT, "%03d", rest % 1000) + "/");
        }
        return "tile/" + level + "/" + path + (width == WIDTH ? "" : ".p/" + width);
    }

    /// Is that the name of a tile of a tree of at most `size` leaves?
    static boolean holds(String name, long size) {
        Matcher tile = NAME.matcher(name);
        if (!tile.matches()) {
            return false;
        }
        int level = tile.group(1).equals("entries") ? 0 : Integer.parseInt(tile.group(1));
        long index = Long.parseLong(tile.group(2).replaceAll("[x/]", ""));
        int width = tile.group(3) == null ? WIDTH : Integer.parseInt(tile.group(3));
        long there = size >> (level * HEIGHT);
        return width <= WIDTH
                && name(tile.group(1), index, width).equals(name)
                && index <= there / WIDTH
                && index * WIDTH + width <= there;
    }

    long size() {
        return size;
    }

    /// How many hashes the tile has; 0 if there is none.
    int width(int level, long index) {
        long there = level * HEIGHT >= 63 ? 0 : size >> (level * HEIGHT);
        return Math.clamp(there - index * WIDTH, 0, WIDTH);
    }

    /// The hashes of a tile, one after the other.
    byte[] tile(int level, long index) {
        int width = width(level, index);
        String name = name(Integer.toString(level), index, width);
        byte[] tile = known.get(name);
        if (tile == null) {
            try {
                tile = disk.read(name)
                        .orElseThrow(() -> new Broken("expected the tile \"" + name
                                + "\" in the log, found none; restore the log from a copy"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (tile.length != width * Digest.BYTES) {
                throw new Broken("expected " + width + " hashes in the tile \"" + name + "\", found " + tile.length
                        + " bytes; restore the log from a copy");
            }
            if (known.size() >= KEPT) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(name, tile);
        }
        return tile;
    }

    @Override
    public Digest node(int level, long index) {
        int within = level % HEIGHT;
        long first = index << within;
        byte[] tile = tile(level / HEIGHT, first / WIDTH);
        int at = (int) (first % WIDTH) * Digest.BYTES;
        if (at + (Digest.BYTES << within) > tile.length) {
            throw new IllegalArgumentException("no complete subtree " + index + " at level " + level);
        }
        byte[] hashes = java.util.Arrays.copyOfRange(tile, at, at + (Digest.BYTES << within));
        hasher.fold(hashes, 0, within);
        return Digest.at(hashes, 0);
    }
}
