package io.bezoar.ledger.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.fault.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Signed notes, on the example of C2SP signed-note and on what can be done to it.
class NoteTest {
    /// C2SP/C2SP 5ba5ee8, signed-note.md, section "Example" (CC BY 4.0).
    private static final NamedKey KEY =
            NamedKey.of("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private static final String EXAMPLE = "This is an example message.\n\n"
            + "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static Note read(String text) {
        return Note.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SigningKey key(String name, NamedKey.Type type) {
        return SigningKey.make(name, type, new SecureRandom());
    }

    @Test
    void theExample() {
        Note note = read(EXAMPLE);
        assertEquals("This is an example message.\n", note.text());
        assertEquals(OptionalLong.of(0), note.signedBy(KEY));
        assertArrayEquals(EXAMPLE.getBytes(StandardCharsets.UTF_8), note.bytes());
    }

    @Test
    void everyChangeIsNoticed() {
        byte[] bytes = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            boolean verified;
            try {
                verified = Note.read(changed).signedBy(KEY).isPresent();
            } catch (Malformed _) {
                verified = false;
            }
            assertTrue(!verified, "byte " + i);
        }
    }

    @Test
    void unknownKeysArePassedOverAndKnownOnesMustBeRight() {
        SigningKey other = key("example.com/foo", NamedKey.Type.SIGNATURE);
        Note note =
                read(EXAMPLE).with(Note.signed("another text\n", other).lines().getFirst());
        assertEquals(Set.of(KEY), note.verified(List.of(KEY)));
        assertEquals(
                "expected the signature of example.com/foo on a note, came a wrong one",
                assertThrows(Malformed.class, () -> note.verified(List.of(KEY, other.named())))
                        .getMessage());
        assertEquals(
                "expected a note signed by a known key, came none",
                assertThrows(
                                Malformed.class,
                                () -> read(EXAMPLE)
                                        .verified(List.of(key("x", NamedKey.Type.SIGNATURE)
                                                .named())))
                        .getMessage());
    }

    /// Two keys of one name whose four-byte ids collide: the id finds the line, the key decides.
    @Test
    void aCollidingIdIsNoSignature() {
        NamedKey victim = KEY;
        Note forged = new Note("text\n", List.of(new Note.Line(victim.name(), victim.id(), new byte[64])));
        assertThrows(Malformed.class, () -> forged.signedBy(victim));
    }

    @Test
    void malformedNotes() {
        for (String text : List.of(
                "",
                "\n",
                "no signature\n",
                "no newline at the end\n\n\u2014 a AAAAAAA=",
                "text\n\n- example.com/foo AAAAAAA=\n",
                "text\n\n\u2014 example.com/foo\n",
                "text\n\n\u2014 exam+ple AAAAAAA=\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 a AAAA\n",
                "text\n\n\u2014 a AAAAAAB=\n",
                "te\u0001xt\n\n\u2014 a AAAAAAA=\n",
                "te\rxt\n\n\u2014 a AAAAAAA=\n",
                "text\n\n\u2014 a AAAAAAA=\n\n")) {
            assertThrows(Malformed.class, () -> read(text), text);
        }
        assertThrows(Malformed.class, () -> Note.read(new byte[] {(byte) 0xff, '\n', '\n'}));
    }

    @Test
    void manySignaturesButNotAnyNumber() {
        Note note = read(EXAMPLE);
        List<Note.Line> lines = new ArrayList<>(note.lines());
        for (int i = 0; i < 99; i++) {
            lines.add(new Note.Line("w" + i, i, new byte[72]));
        }
        assertEquals(
                OptionalLong.of(0),
                Note.read(new Note(note.text(), lines).bytes()).signedBy(KEY));
        lines.add(new Note.Line("w", 1, new byte[72]));
        byte[] bytes = new Note(note.text(), lines).bytes();
        assertThrows(Malformed.class, () -> Note.read(bytes));
    }

    @Test
    void cosignaturesTellTheTime() {
        SigningKey witness = key("witness.example/w1", NamedKey.Type.COSIGNATURE);
        Note note = Note.read(
                new Note("text\n", List.of()).cosigned(witness, 1_679_315_147).bytes());
        assertEquals(OptionalLong.of(1_679_315_147), note.signedBy(witness.named()));
        byte[] later = note.lines().getFirst().signature().clone();
        later[7]++;
        Note moved = new Note(
                "text\n", List.of(new Note.Line(witness.name(), witness.named().id(), later)));
        assertThrows(Malformed.class, () -> moved.signedBy(witness.named()));
    }

    /// The text is everything up to the last empty line, so that a text can hold what looks like a
    /// signature.
    @Test
    void theLastEmptyLineParts() {
        SigningKey key = key("k", NamedKey.Type.SIGNATURE);
        String text = "one\n\n\u2014 k AAAAAAA=\n\nthree\n";
        assertEquals(text, Note.read(Note.signed(text, key).bytes()).text());
    }
}
