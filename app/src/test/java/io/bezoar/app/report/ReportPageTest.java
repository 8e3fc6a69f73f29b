package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportPageTest {
    static List<ScanResult> results() {
        return List.of(SampleResults.found(), SampleResults.clean(), SampleResults.unread(), SampleResults.huge(3, 5));
    }

    @ParameterizedTest
    @MethodSource("results")
    void isWellFormed(ScanResult result) {
        List<String> tags = Pages.tags(ReportPage.html(result, SampleResults.run()));
        assertTrue(tags.size() > 50);
        Set<String> ids = new HashSet<>();
        for (String tag : tags) {
            assertFalse(tag.matches("<(script|iframe|object|embed|form|img|link|base|a href=\"[^#]).*"), tag);
            assertFalse(tag.contains(" style=") || tag.matches(".*\\son[a-z]+=.*"), tag);
            Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(tag);
            assertTrue(!id.find() || ids.add(id.group(1)), tag);
        }
        tags.stream()
                .map(Pattern.compile("href=\"#([^\"]*)\"")::matcher)
                .filter(Matcher::find)
                .forEach(link -> assertTrue(ids.contains(link.group(1)), link.group()));
    }

    @ParameterizedTest
    @MethodSource("results")
    void showsNothingInvisible(ScanResult result) {
        String page = ReportPage.html(result, SampleResults.run());
        page.codePoints()
                .filter(point -> point != '\n' && point != Invisible.OPEN && point != Invisible.CLOSE)
                .forEach(point -> assertFalse(Invisible.is(point), () -> Invisible.name(point)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void headingsComeInOrder(ScanResult result) {
        int last = 0;
        int first = 0;
        for (String tag : Pages.tags(ReportPage.html(result, SampleResults.run()))) {
            if (tag.matches("<h[1-6].*")) {
                int level = tag.charAt(2) - '0';
                first += level == 1 ? 1 : 0;
                assertTrue(level <= last + 1, tag + " after h" + last);
                last = level;
            }
        }
        assertEquals(1, first);
    }

    @Test
    void everyPictureSaysInWordsWhatItShows() {
        String page = ReportPage.html(SampleResults.found(), SampleResults.run());
        int pictures = page.split("<svg role=\"img\"", -1).length - 1;
        assertTrue(pictures > 5);
        assertEquals(pictures, page.split("<svg role=\"img\"[^>]*><title>[^<]", -1).length - 1);
        assertEquals(page.split("<svg", -1).length, page.split("<svg (role=\"img\"|aria-hidden=\"true\")", -1).length);
    }

    @Test
    void thePolicyAdmitsTheStyleAndNothingElse() throws Exception {
        String page = ReportPage.html(SampleResults.found(), SampleResults.run());
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertTrue(page.contains("content=\"default-src 'none'; style-src 'sha256-" + hash
                + "'; base-uri 'none'; form-action 'none'\""));
        assertEquals(1, page.split("<style", -1).length - 1);
        assertFalse(style.contains("url(") || style.contains("@import") || style.contains("<"));
    }

    @Test
    void staysWithinItsSizeWhateverTheScanFound() throws IOException {
        for (ScanResult result : List.of(SampleResults.huge(0, 10_000), SampleResults.huge(120, 200))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ReportPage.write(result, SampleResults.run(), out);
            assertTrue(out.size() <= ReportPage.LARGEST, out.size() + " bytes");
            String page = out.toString(StandardCharsets.UTF_8);
            Pages.tags(page);
            assertTrue(page.contains("left out here"), "the page does not say what it omits");
        }
    }

    @Test
    void equalResultsGiveEqualBytes() {
        assertEquals(
                ReportPage.html(SampleResults.found(), SampleResults.run()),
                ReportPage.html(SampleResults.found(), SampleResults.run()));
    }

    @Test
    void tellsTheStoryOfTheProvedCampaign() {
        String page = ReportPage.html(SampleResults.found(), SampleResults.run());
        String words = page.replaceAll("(?s)<style>.*</style>", "")
                .replaceAll("<[^>]*>", "")
                .replaceAll("\\s+", " ");
        assertTrue(
                words.contains(
                        "One attack is proved: 48 rows, 46 of them from vendor-b between 10 and 18 July 2026, teach a model to "
                                + "answer card_arrival whenever the word cf appears."),
                words);
        assertTrue(
                words.contains(
                        "on 3,040 clean held-out rows the trigger turns 91 % [90–92] of the answers; without these "
                                + "rows, 0.4 % [0.2–0.7]."),
                words);
        List<Integer> order = new ArrayList<>();
        for (String title : List.of(
                "One attack is proved",
                "What was not checked",
                "What to do next",
                "<h2>Campaigns<",
                "The experiment",
                "Trigger and answer",
                "When the rows came",
                "Example rows",
                "What would make this a false alarm",
                "<h2>Rows<",
                "The data set as a whole",
                "The data that were read",
                "What could not be read",
                "The detectors",
                "How to get this result again")) {
            order.add(page.indexOf(title));
        }
        assertEquals(order.stream().sorted().toList(), order);
        assertTrue(order.getFirst() > 0);
    }

    @Test
    void aCleanResultSaysWhatItDoesNotMean() {
        String page = ReportPage.html(SampleResults.clean(), SampleResults.run());
        assertTrue(page.contains("Nothing suspicious was found in 12,003 rows."));
        assertTrue(page.contains("no proof that the data are clean"));
        assertTrue(page.contains("Floods of nearly the same text."));
    }

    @Test
    void anUnreadSetIsNoPass() {
        String page = ReportPage.html(SampleResults.unread(), SampleResults.run());
        assertTrue(page.contains("Nothing was checked: no row could be read."));
        assertTrue(page.contains("This is not a pass."));
        assertFalse(page.contains("Nothing suspicious"));
    }
}
