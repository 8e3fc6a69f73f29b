package io.bezoar.ledger.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.Vectors;
import io.bezoar.ledger.fault.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Proofs against the vectors of transparency-dev/merkle, and against each other.
class ProofsTest {
    /// Where the suite does not care what a root is it writes so, in a text too short for a digest.
    private static Digest digest(String hex) {
        byte[] bytes = Vectors.hex(hex);
        return new String(bytes, StandardCharsets.UTF_8).startsWith("don't care")
                ? Hasher.digest(bytes)
                : Digest.of(bytes);
    }

    private static List<Digest> proof(String text) {
        return text.equals("null") || text.equals("empty")
                ? List.of()
                : Arrays.stream(text.split(",")).map(ProofsTest::digest).toList();
    }

    private static boolean accepts(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (Malformed _) {
            return false; // a hash of another length
        }
    }

    @Test
    void hashesOfRfc6962() {
        Hasher hasher = new Hasher();
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                Hasher.empty().hex());
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                hasher.leaf(new byte[0]).hex());
        assertEquals(
                "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
                hasher.leaf("L123456".getBytes(StandardCharsets.UTF_8)).hex());
        // the fourth of the published four, a node over the texts N123 and N456, needs children of other lengths
    }

    @Test
    void inclusion() {
        List<String[]> vectors = Vectors.of("merkle-inclusion.txt");
        assertEquals(98, vectors.size());
        for (String[] each : vectors) {
            boolean accepted = accepts(() -> Proofs.includes(
                    digest(each[3]),
                    Long.parseUnsignedLong(each[1]),
                    Long.parseUnsignedLong(each[2]),
                    proof(each[5]),
                    digest(each[4])));
            assertEquals(each[6].equals("accept"), accepted, each[0]);
        }
    }

    /// Size 0 is an error here, as in the suite.
    @Test
    void consistency() {
        List<String[]> vectors = Vectors.of("merkle-consistency.txt");
        assertEquals(98, vectors.size());
        for (String[] each : vectors) {
            boolean accepted = accepts(() -> Proofs.consistent(
                    Long.parseUnsignedLong(each[1]),
                    Long.parseUnsignedLong(each[2]),
                    digest(each[3]),
                    digest(each[4]),
                    proof(each[5])));
            assertEquals(each[6].equals("accept"), accepted, each[0]);
        }
    }

    /// Every proof of every tree up to 70 leaves, made and verified; and with one bit wrong, not.
    @Test
    void whatIsMadeIsAccepted() {
        Hasher hasher = new Hasher();
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            leaves.add(hasher.leaf(new byte[] {(byte) i}));
        }
        Tree tree = Tree.of(leaves);
        for (int size = 1; size <= 70; size++) {
            Digest root = tree.root(size);
            assertEquals(naive(leaves.subList(0, size), hasher), root);
            for (int i = 0; i < size; i++) {
                List<Digest> proof = tree.inclusion(i, size);
                assertTrue(Proofs.includes(leaves.get(i), i, size, proof, root));
                assertFalse(Proofs.includes(leaves.get(i), (i + 1) % (size + 1), size, proof, root) && size > 1);
                assertFalse(Proofs.includes(hasher.leaf(new byte[2]), i, size, proof, root));
            }
            for (int older = 1; older <= size; older++) {
                List<Digest> proof = tree.consistency(older, size);
                assertTrue(Proofs.consistent(older, size, tree.root(older), root, proof));
                assertFalse(Proofs.consistent(older, size, tree.root(older), hasher.leaf(new byte[2]), proof));
                assertFalse(Proofs.consistent(older, size, hasher.leaf(new byte[2]), root, proof));
            }
        }
    }

    /// RFC 6962, section 2.1, word by word.
    private static Digest naive(List<Digest> leaves, Hasher hasher) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return hasher.node(naive(leaves.subList(0, k), hasher), naive(leaves.subList(k, leaves.size()), hasher));
    }
}
