package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Refused;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The controls at the door, and the ways back out: traces and removals.
class DoorTest {
    private static final String JSONL = "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",";
    private static final String CONTRACT = """
        {"contract": "bezoar.contract/1", "format": "jsonl",
         "fields": {"text": {"longest": 40}, "label": {"oneOf": ["ham", "spam"]},
                    "score": {"type": "number", "required": false}},
         "otherFields": "refuse", "label": "label", "quarantine": 0.5,
         "limits": {"days": 7, "rows": 100, "labels": {"spam": {"least": 0.1, "most": 0.5}}}}
        """;

    private Sample sample;

    @BeforeEach
    void aStreamWithAContract() throws IOException {
        sample = Sample.copy();
        sample.amend(next -> next.stream(
                Sample.stream("sms", Source.Kind.PUBLIC, 1, Set.of("alice"), Set.of(), Sample.contract(CONTRACT))));
    }

    private static String row(int i, String label) {
        return "{\"text\":\"message " + i + "\",\"label\":\"" + label + "\"}\n";
    }

    private static String rows(int from, int ham, int spam) {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, ham).forEach(i -> all.append(row(from + i, "ham")));
        IntStream.range(0, spam).forEach(i -> all.append(row(from + ham + i, "spam")));
        return all.toString();
    }

    private static Digest digest(String row) {
        return Hasher.digest(row.strip().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatBreaksTheContractIsHeldBack() throws IOException {
        String good = rows(0, 8, 4);
        String bad = String.join(
                "\n",
                "not json",
                "[1]",
                "{\"text\":\"a\",\"text\":\"b\",\"label\":\"ham\"}",
                "{\"text\":\"\\ud800\",\"label\":\"ham\"}",
                "{\"text\":\"a\",\"label\":\"ham\",\"score\":9007199254740993}",
                "{\"text\":\"" + "a".repeat(41) + "\",\"label\":\"ham\"}",
                "{\"text\":\"a\",\"label\":\"eggs\"}",
                "{\"text\":\"a\"}",
                "{\"text\":1,\"label\":\"ham\"}",
                "{\"text\":\"a\",\"label\":\"ham\",\"more\":1}",
                "");
        Ledger.Added added = sample.add("sms", "sms.jsonl", bad + good);
        assertEquals(10, added.heldBack());
        assertEquals(12, added.batch().manifest().rows());
        assertEquals(Map.of("ham", 8L, "spam", 4L), added.batch().manifest().labels());
        List<String> problems = new String(
                        sample.disk.read("batches/sms/0.quarantine.jsonl").orElseThrow(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    Members json = StrictJson.object(line.getBytes(StandardCharsets.UTF_8));
                    return json.whole("line") + " " + json.text("problem");
                })
                .toList();
        assertEquals("2 expected a JSON object, came another value", problems.get(1));
        assertEquals("4 expected Unicode text, came half a surrogate pair", problems.get(3));
        assertEquals("5 expected a whole number of at most 2^53 - 1, came 9007199254740993", problems.get(4));
        assertEquals("6 expected at most 40 characters in \"text\", came 41", problems.get(5));
        assertEquals("7 expected one of 2 values as \"label\", came another", problems.get(6));
        assertEquals("8 expected a field \"label\", came none", problems.get(7));
        assertEquals("9 expected a string as \"text\", came a value of type number", problems.get(8));
        assertEquals("10 expected no field but those of the contract, came another", problems.get(9));
        // the file as it was delivered still verifies, and so does what was taken in of it
        assertEquals(10, sample.compare("sms.jsonl", bad + good).orElseThrow().heldBack());
        assertEquals(0, sample.compare("sms.jsonl", good).orElseThrow().heldBack());
        String first = bad.substring(0, bad.indexOf('\n') + 1);
        assertEquals(
                "expected the 12 rows of batch sms/0 as they were signed, came 500 rows it does not have, 0 once too"
                        + " often and 0 missing, the first difference at row 13; get the file again from alice",
                assertThrows(Broken.class, () -> sample.compare("sms.jsonl", bad + good + first.repeat(500)))
                        .getMessage());
        sample.ledger.check();
    }

    private String refused(String rows) {
        long size = sample.ledger.log().size();
        String said =
                assertThrows(Refused.class, () -> sample.add("sms", "x", rows)).getMessage();
        assertEquals(size, sample.ledger.log().size());
        assertTrue(sample.disk.list("").stream().noneMatch(name -> name.contains("sms/")), "nothing is left behind");
        return said;
    }

    @Test
    void tooMuchToHoldBack() {
        assertEquals(
                "expected at most 50.0 % of the rows to break the contract of the stream, came 66.7 %; nothing was"
                        + " added",
                refused("a\nb\n" + row(1, "ham")));
        assertEquals(
                "expected rows that keep the contract of the stream, came none; nothing was added", refused("a\n"));
        assertThrows(Unusable.class, () -> sample.add("sms", "x", "\n\n"));
    }

    @Test
    void tooManyRowsOfOneWriter() throws IOException {
        assertEquals(
                "expected at most 100 rows of \"alice\" within 7 days, came 120; ask who owns the stream",
                refused(rows(0, 90, 30)));
        sample.add("sms", "x", rows(0, 60, 30));
        assertThrows(Refused.class, () -> sample.add("sms", "x", rows(0, 9, 3)));
        sample.now = sample.now.plus(Duration.ofDays(8));
        sample.add("sms", "x", rows(0, 9, 3));
    }

    @Test
    void parcelsTogetherOrNotAtAll() throws IOException {
        List<Parcel> three = List.of(parcel("vendor-a", "a", 0), parcel("sms", "s", 1), parcel("vendor-a", "b", 2));
        sample.tick();
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            long before = sample.ledger.log().size();
            List<Ledger.Added> added = sample.ledger.add(three, Sample.LOG, workers);
            assertEquals(
                    List.of("vendor-a/0", "sms/0", "vendor-a/1"),
                    added.stream().map(each -> each.batch().manifest().name()).toList());
            assertEquals(before + 3, sample.ledger.log().size());
            assertEquals(
                    Optional.of(added.getFirst().batch().digest()),
                    added.getLast().batch().manifest().previous());
            sample.ledger.check();
            // each is judged as if those before it were in: two are within the limit of 100 rows, three are not
            Parcel sms = new Parcel(
                    Delivery.of("sms", "more", Sample.ALICE),
                    () -> new ByteArrayInputStream(rows(0, 20, 20).getBytes(StandardCharsets.UTF_8)));
            assertThrows(
                    Refused.class,
                    () -> sample.ledger.add(List.of(three.getFirst(), sms, sms, sms), Sample.LOG, workers));
            assertEquals(before + 3, sample.ledger.log().size());
            assertEquals(List.of(), sample.ledger.check().leftovers());
            // a source that breaks off
            Parcel broken = new Parcel(Delivery.of("vendor-a", "c", Sample.ALICE), () -> {
                throw new IOException("gone");
            });
            assertThrows(
                    IOException.class, () -> sample.ledger.add(List.of(three.getFirst(), broken), Sample.LOG, workers));
            assertEquals(List.of(), sample.ledger.check().leftovers());
        }
    }

    private static Parcel parcel(String stream, String file, int from) {
        String rows = stream.equals("sms") ? rows(0, 4, 4) : Sample.rows(10 * from, 10 * from + 10);
        return new Parcel(
                Delivery.of(stream, file, Sample.ALICE),
                () -> new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aShiftedLabelMix() throws IOException {
        assertEquals(
                "expected 10.0 % to 50.0 % of the rows of \"alice\" within 7 days to have the label \"spam\", came"
                        + " 60.0 %; look at the rows",
                refused(rows(0, 4, 6)));
        assertThrows(Refused.class, () -> sample.add("sms", "x", rows(0, 10, 0)));
        sample.add("sms", "x", rows(0, 8, 2));
        // drop by drop is added up
        sample.add("sms", "x", rows(20, 8, 8));
        assertThrows(Refused.class, () -> sample.add("sms", "x", rows(40, 0, 9)));
    }

    /// Labels are cut, but never within a character: two that end in half of one would look alike when
    /// read, and the ledger would be broken for good.
    @Test
    void labelsThatEndInHalfACharacter() throws IOException {
        sample.amend(next -> next.stream(Sample.stream(
                "sms", Source.Kind.PUBLIC, 1, Set.of("alice"), Set.of(), Sample.contract(JSONL + "\"label\":\"l\"}"))));
        String cut = "a".repeat(199);
        Manifest manifest = sample.add(
                        "sms",
                        "x",
                        "{\"l\":\"" + cut + "\ud83d\ude00\"}\n{\"l\":\"" + cut + "\ud840\udc00\"}\n{\"l\":\"" + cut
                                + "bc\"}\n")
                .batch()
                .manifest();
        assertEquals(Map.of(cut, 2L, cut + "b", 1L), manifest.labels());
        Sample.open(sample.disk, sample.outside).check();
    }

    /// A rule that can never bite, or always must, was not meant.
    @Test
    void contractsAreStrict() {
        for (String text : List.of(
                "{}",
                "{\"contract\":\"bezoar.contract/2\"}",
                "{\"contract\":\"bezoar.contract/1\",\"fromat\":\"jsonl\"}",
                "{\"contract\":\"bezoar.contract/1\",\"format\":\"csv\"}",
                "{\"contract\":\"bezoar.contract/1\",\"fields\":{}  ,\"label\":\"x\"}",
                "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",\"fields\":{\"a\":{\"typ\":\"string\"}}}",
                "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",\"fields\":{\"a\":{\"type\":\"text\"}}}",
                "{\"contract\":\"bezoar.contract/1\",\"quarantine\":2}",
                "{\"contract\":\"bezoar.contract/1\",\"limits\":{\"days\":0}}",
                "{\"contract\":\"bezoar.contract/1\",\"limits\":{\"rows\":0}}",
                "{\"contract\":\"bezoar.contract/1\",\"limits\":{\"labels\":{\"a\":{\"most\":0.5}}}}",
                "{\"contract\":\"bezoar.contract/1\",\"otherFields\":\"refuse\"}",
                JSONL + "\"otherFields\":\"deny\"}",
                JSONL + "\"fields\":{\"a\":{\"required\":\"false\"}}}",
                JSONL + "\"fields\":{\"a\":{\"longest\":-1}}}",
                JSONL + "\"fields\":{\"a\":{\"oneOf\":[]}}}",
                JSONL + "\"fields\":{\"a\":{\"type\":\"number\",\"longest\":3}}}",
                JSONL + "\"fields\":{\"a\":{\"type\":\"number\",\"oneOf\":[\"1\"]}}}",
                JSONL + "\"label\":\"l\",\"limits\":{\"labels\":{\"a\":{\"least\":0.5,\"most\":0.4}}}}")) {
            assertThrows(Malformed.class, () -> Sample.contract(text), text);
        }
    }

    @Test
    void batchesKeepTheContractTheyCameInBy() throws IOException {
        Digest before = sample.add("sms", "x", rows(0, 8, 2)).batch().manifest().schema();
        sample.amend(next ->
                next.stream(Sample.stream("sms", Source.Kind.PUBLIC, 1, Set.of("alice"), Set.of(), Contract.ANY)));
        Digest after = sample.add("sms", "x", "anything\n").batch().manifest().schema();
        assertNotEquals(before, after);
        sample.ledger.check();
        Sample.open(sample.disk, sample.outside).check();
    }

    @Test
    void originsOfRows() throws IOException {
        sample.add("vendor-a", "a", row(1, "ham") + row(2, "ham") + row(1, "ham"));
        sample.add("sms", "b", rows(2, 7, 3));
        Origins origins = Origins.of(sample.ledger);
        assertEquals(13, origins.rows());
        assertEquals(
                List.of("vendor-a/0 1", "sms/0 0"),
                origins.of(digest(row(2, "ham"))).stream()
                        .map(each -> each.batch().manifest().name() + " " + each.index())
                        .toList());
        assertEquals(1, origins.of(digest(row(1, "ham"))).size(), "of a row twice in a batch the first place counts");
        assertTrue(origins.of(digest("never seen")).isEmpty());
        String hex = digest(row(4, "ham")).hex();
        assertEquals(1, origins.beginning(hex.substring(0, 9), 5).size());
    }

    @Test
    void howMuchIsKnown() throws IOException {
        sample.add("vendor-a", "a", Sample.rows(0, 6));
        sample.add("sms", "b", rows(0, 8, 2));
        String mixed = Sample.rows(3, 9) + rows(0, 2, 0);
        Origins.Coverage coverage = cover(Origins.of(sample.ledger).tally(Set.of()), mixed);
        assertEquals(
                new Origins.Coverage(8, 5, 0, new java.util.TreeMap<>(Map.of("vendor-a/0", 3L, "sms/0", 2L))),
                coverage);
        assertEquals(0.625, coverage.share());
    }

    private static Origins.Coverage cover(Origins.Tally tally, String rows) throws IOException {
        return tally.cover(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void noRowIsKnownMoreOftenThanItWasSigned() throws IOException {
        sample.add("vendor-a", "a", "x\nx\ny\n");
        sample.add("vendor-a", "b", "x\nz\n");
        Origins.Tally tally = Origins.of(sample.ledger).tally(Set.of());
        assertEquals(
                new Origins.Coverage(6, 4, 1, new java.util.TreeMap<>(Map.of("vendor-a/0", 4L))),
                cover(tally, "x\n".repeat(4) + "y\nnever signed\n"));
        assertEquals(
                new Origins.Coverage(2, 1, 1, new java.util.TreeMap<>(Map.of("vendor-a/1", 1L))),
                cover(tally, "y\nz\n"),
                "what other files had before counts");
        assertEquals(Map.of("vendor-a/0", 2L), tally.repeated());
    }

    @Test
    void copiesOfABatchThatWasTakenOutStandWhereAnotherHasThem() throws IOException {
        sample.add("vendor-a", "a", "x\ny\n");
        Instant from = sample.now.plusSeconds(1);
        sample.add("vendor-a", "b", "x\nz\n");
        DroppedSet dropped = new DroppedSet(sample.ledger, "vendor-a", from, sample.now.plusSeconds(1));
        dropped.copy(
                "t.jsonl",
                new ByteArrayInputStream("x\ny\nx\nz\n".getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream());
        sample.tick();
        dropped.record("poison", "test", sample.now, sample.now, List.of(Sample.ADMIN), Sample.LOG);
        assertEquals(
                3,
                cover(Origins.of(sample.ledger).tally(Set.of()), "x\ny\nx\nz\n").known());
    }

    /// One row a hundred thousand times makes no look-up slow.
    @Test
    void aFloodOfOneRow() throws IOException {
        sample.add("vendor-a", "a", "the same\n".repeat(100_000) + "another\n");
        Origins origins = Origins.of(sample.ledger);
        assertEquals(1, origins.of(digest("the same")).size());
        assertEquals(100_000, origins.of(digest("another")).getFirst().index());
    }

    @Test
    void aStreamTakenOut() throws IOException {
        sample.add("vendor-a", "a", Sample.rows(0, 10));
        Instant from = sample.now.plusSeconds(1);
        sample.add("vendor-a", "b", Sample.rows(10, 20));
        sample.add("sms", "c", rows(0, 8, 2));
        Instant to = sample.now.plusSeconds(1);
        sample.add("vendor-a", "d", Sample.rows(15, 30));
        DroppedSet dropped = new DroppedSet(sample.ledger, "vendor-a", from, to);
        assertEquals(10, dropped.rows());
        String all = Sample.rows(0, 12) + "unknown\r\n" + rows(0, 1, 0) + Sample.rows(12, 29);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dropped.copy("train.jsonl", new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)), out);
        // rows 10 to 14 came with the batch alone, 15 to 19 came again later
        assertEquals(
                Sample.rows(0, 10) + "unknown\r\n" + rows(0, 1, 0) + Sample.rows(15, 29),
                out.toString(StandardCharsets.UTF_8));
        assertEquals(
                List.of(26L, 5L, 5L, 1L),
                List.of(dropped.kept(), dropped.dropped(), dropped.shared(), dropped.unknown()));
        sample.tick();
        Deed deed = dropped.record("poison", "test", sample.now, sample.now, List.of(Sample.ADMIN), Sample.LOG);
        assertEquals(Set.of("vendor-a/1"), sample.ledger.history().withdrawn());
        assertEquals(2, deed.statements().size());
        assertTrue(Origins.of(sample.ledger).of(digest("row 12")).isEmpty());
        assertFalse(Origins.ofAll(sample.ledger).of(digest("row 12")).isEmpty());
        Batch gone = sample.ledger.history().batches("vendor-a").get(1);
        assertEquals(
                List.of(Lineage.Kind.WITHDRAWN, Lineage.Kind.MADE),
                Lineage.of(sample.ledger, gone).stream().map(Lineage.Step::kind).toList());
        assertTrue(Lineage.of(
                        sample.ledger,
                        sample.ledger.history().batches("vendor-a").getFirst())
                .isEmpty());
        sample.ledger.check();
        assertThrows(
                Unusable.class,
                () -> new DroppedSet(sample.ledger, "vendor-a", to.plusSeconds(99_999), to.plusSeconds(99_999)));
    }

    @Test
    void rowsByTheirOwnIds() throws IOException {
        String data = "{\"id\":\"T-1\",\"text\":\"a\"}\n{\"id\":7,\"text\":\"b\"}\nno json\n";
        assertEquals(
                List.of(digest("{\"id\":7,\"text\":\"b\"}")),
                RowLookup.byId(new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)), "7"));
    }

    /// Rows cut at every place of the buffer, lines of all lengths, with and without carriage returns and
    /// a last line end.
    @Test
    void linesWhateverTheBuffer() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new java.util.ArrayList<>();
        java.util.Random random = new java.util.Random(5);
        for (int i = 0; i < 9000; i++) {
            String line = "x".repeat(random.nextInt(i % 1000 == 0 ? 300_000 : 300));
            text.append(line).append(random.nextBoolean() ? "\r\n" : "\n");
            if (!line.isEmpty()) {
                expected.add(line);
            }
        }
        text.append("last");
        expected.add("last");
        Lines lines = new Lines(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        List<String> came = new java.util.ArrayList<>();
        while (lines.next()) {
            came.add(new String(lines.row(), StandardCharsets.UTF_8));
        }
        assertEquals(expected, came);
        Lines tooLong = new Lines(new ByteArrayInputStream(new byte[Chunks.LONGEST + 10]));
        assertThrows(Unusable.class, tooLong::next);
    }

    @Test
    void textsThatLookAlikeShareAKey() {
        DuplicateKey key = new DuplicateKey();
        assertEquals(key.of("pay the invoice"), key.of("p\u0430y the inv\u043eice")); // Cyrillic
        assertEquals(key.of("pay the invoice"), key.of("ｐａｙ the\u200b inv\u2060oice"));
        assertEquals(key.of("A\u030a"), key.of("\u00c5"));
        assertNotEquals(key.of("pay the invoice"), key.of("pay no invoice"));
        assertNotEquals(digest("A\u030a"), digest("\u00c5"), "identity is that of bytes");
    }
}
