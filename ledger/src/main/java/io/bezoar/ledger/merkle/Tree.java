package io.bezoar.ledger.merkle;

import java.util.ArrayList;
import java.util.List;

/// A hash tree of which every complete subtree can be asked for: roots and proofs after RFC 6962,
/// sections 2.1 to 2.1.2.
public interface Tree {
    /// The hash of the complete subtree over the leaves `[index << level, (index + 1) << level)`.
    ///
    /// @param level 0 for leaves
    Digest node(int level, long index);

    /// The tree over leaf hashes in memory.
    static Tree of(List<Digest> leaves) {
        Hasher hasher = new Hasher();
        return new Tree() {
            @Override
            public Digest node(int level, long index) {
                return level == 0
                        ? leaves.get(Math.toIntExact(index))
                        : hasher.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
            }
        };
    }

    /// The root of the first `size` leaves.
    default Digest root(long size) {
        return size == 0 ? Hasher.empty() : range(0, size, new Hasher());
    }

    /// The hashes from the sibling of the leaf up to the child of the root.
    default List<Digest> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<Digest> proof = new ArrayList<>();
        Hasher hasher = new Hasher();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long split = low + split(high - low);
            if (index < split) {
                proof.add(range(split, high, hasher));
                high = split;
            } else {
                proof.add(range(low, split, hasher));
                low = split;
            }
        }
        return proof.reversed();
    }

    /// The hashes that show the first `older` leaves of the tree of `newer` to be those of the tree of
    /// `older`; none if `older` is 0 or `newer`.
    default List<Digest> consistency(long older, long newer) {
        if (older < 0 || older > newer) {
            throw new IllegalArgumentException("no proof from " + older + " to " + newer + " leaves");
        }
        List<Digest> proof = new ArrayList<>();
        if (older == 0 || older == newer) {
            return proof;
        }
        Hasher hasher = new Hasher();
        long low = 0;
        long high = newer;
        boolean known = true; // is the root of [low, older) the one the verifier has?
        while (older < high) {
            long split = low + split(high - low);
            if (older <= split) {
                proof.add(range(split, high, hasher));
                high = split;
            } else {
                proof.add(range(low, split, hasher));
                low = split;
                known = false;
            }
        }
        if (!known) {
            proof.add(range(low, high, hasher));
        }
        return proof.reversed();
    }

    private Digest range(long low, long high, Hasher hasher) {
        long width = high - low;
        if (Long.bitCount(width) == 1 && low % width == 0) {
            int level = Long.numberOfTrailingZeros(width);
            return node(level, low >> level);
        }
        long split = low + split(width);
        return hasher.node(range(low, split, hasher), range(split, high, hasher));
    }

    /// The largest power of two below `width`.
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
