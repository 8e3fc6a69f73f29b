package io.bezoar.crawl.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.ledger.fault.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rules of the public suffix list, its maintainers' vectors included.
class PublicSuffixesTest {
    private static final PublicSuffixes SHIPPED = PublicSuffixes.shipped();

    private static PublicSuffixes list(String text) throws IOException {
        return PublicSuffixes.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theMaintainersVectorsHold() throws IOException {
        Path vectors = Path.of("..", "..", "shared", "data", "public-suffix-list", "test_psl.txt");
        assumeTrue(Files.exists(vectors), "the maintainers' vectors are not here: " + vectors);
        Pattern call = Pattern.compile("^checkPublicSuffix\\((null|'[^']*'), (null|'[^']*')\\);");
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String line : Files.readAllLines(vectors)) {
            Matcher matcher = call.matcher(line);
            if (!matcher.find() || matcher.group(1).equals("null")) {
                continue;
            }
            checked++;
            Optional<String> expected =
                    matcher.group(2).equals("null") ? Optional.empty() : PublicSuffixes.ascii(text(matcher.group(2)));
            Optional<String> came = SHIPPED.owner(text(matcher.group(1)));
            if (!came.equals(expected)) {
                wrong.add(line + " came " + came);
            }
        }
        assertEquals(77, checked);
        assertEquals(List.of(), wrong);
    }

    private static String text(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    @Test
    void theLongestRuleCountsAndExceptionsBeforeAll() throws IOException {
        PublicSuffixes list = list("com\nuk\nco.uk\n*.ck\n!www.ck\n// comment\n\nb.c.com trailing words\n");
        assertEquals(Optional.of("a.co.uk"), list.owner("x.a.co.uk"));
        assertEquals(Optional.of("a.uk"), list.owner("x.a.uk"));
        assertEquals(Optional.empty(), list.owner("co.uk"));
        assertEquals(Optional.empty(), list.owner("x.ck"));
        assertEquals(Optional.of("y.x.ck"), list.owner("z.y.x.ck"));
        assertEquals(Optional.of("www.ck"), list.owner("a.www.ck"));
        assertEquals(Optional.of("a.b.c.com"), list.owner("x.a.b.c.com"));
        assertEquals(Optional.of("c.com"), list.owner("d.c.com"));
        assertEquals(Optional.of("b.unlisted"), list.owner("a.b.unlisted"));
    }

    @Test
    void companiesOwnWhatRegistriesKnow() {
        assertEquals(Optional.of("alice.github.io"), SHIPPED.owner("www.alice.github.io"));
        assertEquals(Optional.of("github.io"), SHIPPED.registered("www.alice.github.io"));
        assertEquals(Optional.of("example.co.uk"), SHIPPED.registered("a.example.co.uk"));
    }

    @Test
    void namesInOtherScriptsAreOne() {
        assertEquals(Optional.of("xn--85x722f.com.cn"), SHIPPED.owner("www.食狮.com.cn"));
        assertEquals(SHIPPED.owner("xn--85x722f.com.cn"), SHIPPED.owner("食狮.com.cn"));
        assertEquals(Optional.of("xn--bcher-kva.example"), SHIPPED.owner("BÜCHER.example"));
    }

    @Test
    void whatIsNoHostHasNoOwner() {
        for (String host : List.of(
                "",
                ".",
                "..",
                "a..com",
                ".com",
                "127.0.0.1",
                "10.1",
                "0x7f.1",
                "a b.com",
                "a\u0000.com",
                "[::1]",
                "-",
                "x".repeat(64) + ".com",
                "a.".repeat(200) + "com",
                "\u202e.com",
                "a/b.com",
                "a@b.com")) {
            assertEquals(Optional.empty(), SHIPPED.owner(host), host);
        }
    }

    @Test
    void aListWithoutRulesIsRefused() {
        assertEquals(
                "expected a public suffix list with a rule a line, came none; get the list from publicsuffix.org",
                assertThrows(Unusable.class, () -> list("// nothing\n")).getMessage());
    }

    @Test
    void theShippedListKeepsItsNotice() throws IOException {
        try (var in = PublicSuffixes.class.getResourceAsStream("public_suffix_list.dat")) {
            String begin = new String(in.readNBytes(300), StandardCharsets.UTF_8);
            assertTrue(begin.contains("Mozilla Public"), begin);
        }
        assertTrue(SHIPPED.size() > 9_000, "rules: " + SHIPPED.size());
    }
}
