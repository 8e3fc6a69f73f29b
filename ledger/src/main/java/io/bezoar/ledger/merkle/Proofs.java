package io.bezoar.ledger.merkle;

import java.util.Iterator;
import java.util.List;

/// Verifies proofs after RFC 9162, sections 2.1.3.2 and 2.1.4.2.
public final class Proofs {
    private Proofs() {}

    /// Does the tree of `size` leaves with that root hold the leaf hash at `index`?
    public static boolean includes(Digest leaf, long index, long size, List<Digest> proof, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hasher hasher = new Hasher();
        long fn = index;
        long sn = size - 1;
        Digest r = leaf;
        for (Digest p : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = hasher.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = hasher.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r.equals(root);
    }

    /// Is the older tree a beginning of the newer one? From an empty tree nothing can be shown, so an
    /// `older` of 0 is never consistent here; who starts to watch a log has a rule of his own
    /// ([io.bezoar.ledger.log]).
    public static boolean consistent(long older, long newer, Digest olderRoot, Digest newerRoot, List<Digest> proof) {
        if (older <= 0 || older > newer) {
            return false;
        }
        if (older == newer) {
            return proof.isEmpty() && olderRoot.equals(newerRoot);
        }
        if (proof.isEmpty()) {
            return false;
        }
        Hasher hasher = new Hasher();
        Iterator<Digest> path = proof.iterator();
        long fn = older - 1;
        long sn = newer - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Digest fr = Long.bitCount(older) == 1 ? olderRoot : path.next();
        Digest sr = fr;
        while (path.hasNext()) {
            Digest c = path.next();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = hasher.node(c, fr);
                sr = hasher.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = hasher.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(olderRoot) && sr.equals(newerRoot);
    }
}
