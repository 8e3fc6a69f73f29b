package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.ScanResult.DataFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text in Windows-1252 is read as what it says and written as it was; nothing else is taken for it.
class WesternTest {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final String SAID = ", written in Windows-1252";
    private static final String[] TEXTS = {
        "a clichéd film – and not a bad one",
        "it’s “charming”, they say",
        "el niño está aquí, señor",
        "für 5 € gar nicht übel",
        "nothing beyond plain words in here at all",
        "déjà vu… once more"
    };

    @TempDir
    Path folder;

    private static String text(int row) {
        return TEXTS[row % TEXTS.length] + " " + row;
    }

    private static String label(int row) {
        return row % 2 == 0 ? "pos" : "neg";
    }

    private static String lines(String head, int rows, IntFunction<String> line) {
        StringBuilder lines = new StringBuilder(head);
        for (int row = 0; row < rows; row++) {
            lines.append(line.apply(row)).append('\n');
        }
        return lines.toString();
    }

    private static String csv(int rows) {
        return lines("text,label\n", rows, row -> "\"" + text(row) + "\"," + label(row));
    }

    private static List<String> rows(int rows) {
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            expected.add(text(row) + " => " + label(row));
        }
        return expected;
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            joined.writeBytes(piece);
        }
        return joined.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private void read(String name, byte[] bytes, String layout, List<String> expected) {
        Path file = Reading.write(folder, name, bytes);
        Reading reading = Reading.of(file);
        assertEquals(List.of(), reading.problems());
        assertEquals(layout, reading.layout());
        assertEquals(expected, Reading.brief(file));
    }

    @Test
    void fieldsAndLines() {
        read("c.csv", csv(60).getBytes(WESTERN), "text -> label, in fields parted by comma" + SAID, rows(60));
        read(
                "t.tsv",
                lines("label\ttext\n", 60, row -> label(row) + "\t" + text(row)).getBytes(WESTERN),
                "text -> label, in fields parted by tab" + SAID,
                rows(60));
        List<String> texts =
                rows(60).stream().map(row -> row.replaceFirst(" => .*", "")).toList();
        read(
                "l.txt",
                lines("", 60, row -> text(row).replace(",", "")).getBytes(WESTERN),
                "text without a target (told by the columns' contents), in fields parted by tab, without a header"
                        + SAID,
                texts.stream().map(text -> text.replace(",", "")).toList());
        read(
                "f.txt",
                lines("", 60, row -> "__label__" + label(row) + " " + text(row)).getBytes(WESTERN),
                "text -> label, in lines of text with __label__ before each label" + SAID,
                rows(60));
    }

    /// A column is called what its name says in Windows-1252.
    @Test
    void namesOfColumns() throws IOException {
        Path file = Reading.write(
                folder,
                "n.csv",
                lines("catégorie,text\n", 60, row -> label(row) + ",\"" + text(row) + "\"")
                        .getBytes(WESTERN));
        ReadSettings settings = ReadSettings.DEFAULT.withMap(Map.of("label", "catégorie", "text", "text"));
        assertEquals(rows(60), Reading.brief(file, settings));
        for (String format : List.of("csv", "auto")) {
            assertTrue(Reading.of(file, ReadSettings.DEFAULT.withFormat(format))
                    .layout()
                    .endsWith(SAID));
        }
    }

    /// Whether the file is packed, or no file, makes no difference but to what is digested: what is stored.
    @Test
    void packedAndStreamed() throws IOException, NoSuchAlgorithmException {
        byte[] plain = csv(60).getBytes(WESTERN);
        for (byte[] stored : List.of(plain, gzip(plain))) {
            Path file = Reading.write(folder, "p.csv", stored);
            DataFile expected = new DataFile(
                    file.toString(),
                    stored.length,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(stored)));
            try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
                assertEquals(List.of(expected), data.files());
                assertTrue(data.layout().endsWith(SAID));
                assertEquals(60, Reading.said(data).size());
            }
            try (DataSet data = DataSet.open(List.of("-"), ReadSettings.DEFAULT, new ByteArrayInputStream(stored))) {
                assertEquals(expected.sha256(), data.files().getFirst().sha256());
                assertTrue(data.layout().endsWith(SAID));
                assertEquals(60, Reading.said(data).size());
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("p.csv")), left.toList());
        }
    }

    @Test
    void aFileThatEndsEarlyIsReadUpToThere() throws IOException {
        byte[] whole = gzip(csv(5000).getBytes(WESTERN));
        Reading cut = Reading.of(Reading.write(folder, "t.csv.gz", Arrays.copyOf(whole, whole.length / 2)));
        assertEquals(1, cut.count());
        assertEquals(
                "expected a whole gzip file, but it ends early; what comes before is read",
                cut.malformed().getFirst().problem());
        assertTrue(cut.rows().size() > 1000);
        Reading bounded = Reading.of(
                Reading.write(folder, "b.csv", csv(5000).getBytes(WESTERN)),
                ReadSettings.DEFAULT.withUnpacked(100_000, 200));
        assertEquals(
                "expected the whole file, but it gives more than 100000 bytes; what comes before is read",
                bounded.malformed().getFirst().problem());
        assertTrue(bounded.rows().size() > 1000 && bounded.rows().size() < 5000);
    }

    @Test
    void theNumberOfPartsChangesNothing() {
        byte[] bytes = join(
                csv(3000).getBytes(WESTERN),
                new byte[] {'a', (byte) 0x9d, ',', 'b', '\n'},
                csv(500).substring(11).getBytes(WESTERN));
        PartsTest.checkParts(Reading.write(folder, "parts.csv", bytes), ReadSettings.DEFAULT);
        PartsTest.checkParts(
                Reading.write(
                        folder, "parts.txt", lines("", 3000, WesternTest::text).getBytes(WESTERN)),
                ReadSettings.DEFAULT);
    }

    /// Seven lines are damage; so are a hundred where the file has as many well-formed characters.
    @Test
    void damageStaysDamage() {
        for (int wrong : new int[] {1, 7, 8}) {
            int first = wrong;
            byte[] bytes = lines(
                            "text,label\n", 100, row -> (row < first ? "café " : "plain ") + row + "," + label(row))
                    .getBytes(WESTERN);
            Reading reading = Reading.of(Reading.write(folder, "d.csv", bytes));
            assertEquals(wrong == 8 ? 0 : wrong, reading.count());
            assertEquals(wrong == 8, reading.layout().endsWith(SAID));
        }
        byte[] mixed = join(
                csv(300).getBytes(StandardCharsets.UTF_8),
                lines("", 100, row -> "café " + row + "," + label(row)).getBytes(WESTERN));
        Reading reading = Reading.of(Reading.write(folder, "m.csv", mixed));
        assertEquals(100, reading.count());
        assertEquals(
                "302: expected UTF-8, came the byte 0xe9 at byte 3 of the row",
                reading.problems().getFirst());
        assertEquals(300, reading.rows().size());
        assertFalse(reading.layout().contains("Windows"));
        byte[] marked = join("\ufeff".getBytes(StandardCharsets.UTF_8), csv(100).getBytes(WESTERN));
        assertFalse(Reading.of(Reading.write(folder, "b.csv", marked)).layout().contains("Windows"));
    }

    /// One well-formed character against four bytes that are none, as words of two languages have by chance.
    @Test
    void aFewWellFormedCharactersAreChance() {
        byte[] mixed = join(
                lines("text,label\n", 100, row -> "café " + row + "," + label(row))
                        .getBytes(WESTERN),
                lines("", 25, row -> "naïve " + row + "," + label(row)).getBytes(StandardCharsets.UTF_8));
        Path file = Reading.write(folder, "m.csv", mixed);
        assertEquals(0, Reading.of(file).count());
        assertEquals("naÃ¯ve 24 => pos", Reading.brief(file).getLast());
        assertEquals(
                100,
                Reading.of(Reading.write(folder, "n.csv", join(mixed, "é,pos\n".getBytes(StandardCharsets.UTF_8))))
                        .count());
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251,это хороший фильм и он мне понравился",
        "KOI8-R,это хороший фильм и он мне понравился",
        "windows-1253,μια πολύ καλή ταινία για όλους",
        "windows-1255,סרט טוב מאוד לכל המשפחה",
        "windows-1256,فيلم جيد جدا لكل الناس",
        "GBK,这是一部很好的电影我们都喜欢",
        "Big5,這是一部很好的電影我們都喜歡",
        "Shift_JIS,これはとても良い映画です",
        "EUC-KR,아주 좋은 영화입니다"
    })
    void otherEncodingsAreNotTakenForIt(String charset, String text) {
        for (String plain :
                List.of("", " and so much in plain words that few bytes are left for what is said".repeat(4))) {
            byte[] bytes = lines("text,label\n", 100, row -> text + plain + " " + row + "," + label(row))
                    .getBytes(Charset.forName(charset));
            Reading reading = Reading.of(Reading.write(folder, "o.csv", bytes));
            assertEquals(100, reading.count(), charset);
            assertFalse(reading.layout().contains("Windows"));
        }
    }

    @Test
    void neverJson() throws IOException {
        byte[] lines = lines("", 100, row -> "{\"text\":\"" + text(row) + "\",\"label\":\"" + label(row) + "\"}")
                .getBytes(WESTERN);
        byte[] array = lines("[\n", 100, row -> "{\"text\":\"" + text(row) + "\"}" + (row == 99 ? "]" : ","))
                .getBytes(WESTERN);
        for (Path file : List.of(
                Reading.write(folder, "a.jsonl", lines),
                Reading.write(folder, "a.csv", lines),
                Reading.write(folder, "a.jsonl.gz", gzip(lines)),
                Reading.write(folder, "a.json", array))) {
            Reading reading = Reading.of(file);
            assertEquals(84, reading.count());
            assertEquals(16, reading.rows().size());
            assertFalse(reading.layout().contains("Windows"));
        }
        Path named = Reading.write(folder, "x.csv", csv(100).getBytes(WESTERN));
        assertThrows(BadInput.class, () -> Reading.of(named, ReadSettings.DEFAULT.withFormat("jsonl")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x8d, 0x8f, 0x90, 0x9d})
    void bytesThatMeanNothingMakeMalformedRows(int nothing) throws IOException {
        byte[] odd = {'a', (byte) 0xe9, (byte) nothing, (byte) 0xe9, ',', 'p', 'o', 's', '\n'};
        byte[] bytes = join(csv(60).getBytes(WESTERN), odd);
        Path file = Reading.write(folder, "u.csv", bytes);
        Reading reading = Reading.of(file);
        assertEquals(
                List.of("62: expected UTF-8, came the byte 0x" + Integer.toHexString(nothing)
                        + " at byte 3 of the row"),
                reading.problems());
        assertEquals(60, reading.rows().size());
        split(file, _ -> Action.KEEP);
        assertArrayEquals(csv(60).getBytes(WESTERN), out("u.clean.csv"));
        assertArrayEquals(odd, out("u.malformed.csv"));
    }

    private void split(Path file, Function<String, Action> decision) {
        Splitter.split(List.of(file.toString()), ReadSettings.DEFAULT, decision, folder.resolve("out"));
    }

    private byte[] out(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("out").resolve(name));
    }

    @Test
    void setsHaveTheBytesOfTheFile() throws IOException {
        String head = "id,text,catégorie\r\n";
        String first = "a,“one”,café\r\nb,\"deux\r\n – trois\",thé\r\n";
        String second = "c,quatre… ÿ,thé\r\n";
        String rest = lines("", 40, row -> "r" + row + "," + text(row).replace(",", "") + ",thé\r");
        byte[] bytes = (head + first + second + rest).getBytes(WESTERN);
        Path file = Reading.write(folder, "s.csv", bytes);
        split(file, id -> id.equals("c") ? Action.QUARANTINE : Action.KEEP);
        assertArrayEquals((head + first + rest).getBytes(WESTERN), out("s.clean.csv"));
        assertArrayEquals((head + second).getBytes(WESTERN), out("s.quarantine.csv"));
        split(file, _ -> Action.KEEP);
        assertArrayEquals(bytes, out("s.clean.csv"));
        Path packed = Reading.write(folder, "s.csv.gz", gzip(bytes));
        split(packed, _ -> Action.KEEP);
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("out/s.clean.csv.gz")))) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
    }

    /// Bytes that are seldom or never met, in lines of every length: what is kept is what was there.
    @Test
    void setsHaveAllBytesWhateverTheyAre() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(csv(500).getBytes(WESTERN));
            for (int i = 0; i < 3000; i++) {
                bytes.write(random.nextInt(10) == 0 ? '\n' : random.nextInt(8) == 0 ? random.nextInt(256) : 'e');
            }
            Path file = Reading.write(folder, "f" + seed + ".csv", bytes.toByteArray());
            assertTrue(Reading.of(file).layout().contains("Windows"));
            split(file, _ -> Action.KEEP);
            Path malformed = folder.resolve("out/f" + seed + ".malformed.csv");
            byte[] clean = out("f" + seed + ".clean.csv");
            byte[] lost = Files.exists(malformed) ? Files.readAllBytes(malformed) : new byte[0];
            int[] counts = new int[256];
            for (byte b : bytes.toByteArray()) {
                counts[b & 0xff]++;
            }
            for (byte[] set : List.of(clean, lost)) {
                for (byte b : set) {
                    counts[b & 0xff]--;
                }
            }
            counts['\n'] = 0; // a malformed piece without a line end gets one, blank lines before it are left out
            counts['\r'] = 0;
            assertArrayEquals(new int[256], counts);
        }
    }

    /// What an attacker plants may need more than the file could say.
    @Test
    void whatIsRewrittenIsUtf8() throws IOException {
        Path file = Reading.write(folder, "r.csv", csv(60).getBytes(WESTERN));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            List<Path> written = new Rewriter(data)
                    .write(row -> new Rewriter.Edit(true, planted(row), List.of()), "planted", folder);
            assertEquals(csv(60).replace("\",", "\u200b\","), Files.readString(written.getFirst()));
        }
    }

    private static Example planted(Example row) {
        return new Example(
                row.input() + "\u200b",
                row.target(),
                row.origin(),
                row.position(),
                row.declaredId().orElse(""));
    }

    @Test
    void severalFiles() throws IOException {
        Path files = Files.createDirectories(folder.resolve("several"));
        Reading.write(files, "a.csv", csv(60).getBytes(WESTERN));
        Reading.write(files, "b.csv", csv(60).getBytes(StandardCharsets.UTF_8));
        Reading mixed = Reading.of(files);
        assertEquals("text -> label, in fields parted by comma; 1 file is written in Windows-1252", mixed.layout());
        assertEquals(0, mixed.count());
        assertEquals(Reading.brief(files).subList(0, 60), Reading.brief(files).subList(60, 120));
        Reading.write(files, "b.csv", csv(60).getBytes(WESTERN));
        assertEquals(
                "text -> label, in fields parted by comma" + SAID,
                Reading.of(files).layout());
    }

    /// Who looks up where a row came from is given what lies in the file.
    @Test
    void originsAreLookedUpByTheBytesOfTheFile() throws IOException {
        for (Charset charset : List.of(WESTERN, StandardCharsets.UTF_8)) {
            Path file = Reading.write(folder, "o.csv", csv(60).getBytes(charset));
            ByteArrayOutputStream asked = new ByteArrayOutputStream();
            try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
                Reading.said(data.origins(() -> (bytes, from, to, said) -> {
                    asked.write(bytes, from, to - from);
                    asked.write('\n');
                    return said;
                }));
            }
            assertEquals(csv(60), "text,label\n" + asked.toString(charset));
        }
    }

    private void texts(Path root, int texts, Charset charset) throws IOException {
        for (int text = 0; text < texts; text++) {
            Path file = root.resolve(label(text)).resolve(text + ".txt");
            Files.createDirectories(file.getParent());
            Files.write(file, (text(text) + "\r\nsecond line\n").getBytes(charset));
        }
    }

    @Test
    void folders() throws IOException {
        Path root = folder.resolve("reviews");
        texts(root, 40, WESTERN);
        Files.writeString(root.resolve("pos/utf8.txt"), "señor, en UTF-8");
        Path nothing = Files.write(root.resolve("neg/nothing.txt"), new byte[] {'a', (byte) 0x81, (byte) 0xe9});
        Path damaged = Files.write(
                root.resolve("neg/damaged.txt"),
                join("これはとても良い映画です".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xe9, 'x'}));
        Reading reading = Reading.of(root);
        assertEquals(
                "text -> label, in files of one text each, in folders named by label" + SAID + " or UTF-8",
                reading.layout());
        assertEquals(
                List.of(damaged.toString(), nothing.toString()),
                reading.malformed().stream().map(sample -> sample.file()).toList());
        List<String> rows = Reading.brief(root);
        assertEquals(41, rows.size());
        assertEquals("señor, en UTF-8 => pos", rows.getLast());
        assertTrue(rows.contains(text(1) + "\r\nsecond line\n => neg"), rows::toString);
        split(root, id -> id.equals("neg/1.txt") ? Action.QUARANTINE : Action.KEEP);
        Path out = folder.resolve("out");
        for (String name : List.of("clean/pos/0.txt", "clean/pos/utf8.txt", "quarantine/neg/1.txt")) {
            assertArrayEquals(
                    Files.readAllBytes(root.resolve(name.substring(name.indexOf('/') + 1))),
                    Files.readAllBytes(out.resolve("reviews." + name)));
        }
        assertTrue(Files.exists(out.resolve("reviews.malformed/neg/damaged.txt")));
    }

    /// A folder of which few texts are no UTF-8 has some that are damaged.
    @Test
    void foldersOfUtf8() throws IOException {
        Path root = folder.resolve("reviews");
        texts(root, 40, StandardCharsets.UTF_8);
        for (int text = 0; text < 7; text++) {
            Files.write(root.resolve("pos/odd" + text + ".txt"), "in the café next door".getBytes(WESTERN));
        }
        Reading reading = Reading.of(root);
        assertEquals("text -> label, in files of one text each, in folders named by label", reading.layout());
        assertEquals(7, reading.count());
        Files.write(root.resolve("pos/odd7.txt"), "in the café next door".getBytes(WESTERN));
        assertEquals(0, Reading.of(root).count());
        assertEquals(48, Reading.brief(root).size());
    }

    /// The look at a file ends somewhere, and what is sparse or lies beyond does not change it.
    @Test
    void theLookIsBounded() {
        String words = "the same words again ".repeat(500);
        byte[] plain = lines("text,label\n", 1500, row -> words + row + ",pos").getBytes(StandardCharsets.US_ASCII);
        assertTrue(plain.length < Western.LOOKED_AT);
        byte[] late = lines("", 20, row -> "café " + row + ",neg").getBytes(WESTERN);
        Path seen = Reading.write(folder, "seen.csv", join(plain, late));
        assertTrue(Reading.of(seen).layout().endsWith(SAID));
        byte[] filled = Arrays.copyOf(plain, Western.LOOKED_AT);
        Arrays.fill(filled, plain.length, filled.length, (byte) '\n');
        Path unseen = Reading.write(folder, "unseen.csv", join(filled, late));
        assertEquals(20, Reading.of(unseen).count());
    }

    /// Each byte comes back, however the text is parted; what means nothing stays no UTF-8.
    @Property(tries = 200)
    void bytesComeBack(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 7) int stretch) throws IOException {
        byte[] text = Windows1252.decode(bytes);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        try (Windows1252.Encoded out = new Windows1252.Encoded(back)) {
            for (int from = 0; from < text.length; from += stretch) {
                out.write(text, from, Math.min(stretch, text.length - from));
            }
        }
        assertArrayEquals(bytes, back.toByteArray());
    }

    @Test
    void theTableIsThatOfTheJdk() throws IOException {
        for (int b = 0; b < 256; b++) {
            byte[] one = {(byte) b};
            String expected = new String(one, WESTERN);
            byte[] text = Windows1252.decode(one);
            if (expected.equals("\ufffd")) {
                assertArrayEquals(one, text);
                assertEquals(0, Utf8.malformed(text, 0, 1));
            } else {
                assertEquals(expected, new String(text, StandardCharsets.UTF_8));
            }
        }
        try (Windows1252.Encoded out = new Windows1252.Encoded(new ByteArrayOutputStream())) {
            for (String other : List.of("\u0081", "ł", "\u20ad", "\uffff")) {
                assertThrows(CharConversionException.class, () -> out.write(other.getBytes(StandardCharsets.UTF_8)));
            }
            out.write('a');
        }
    }
}
