package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Severity;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.registry.Registration;
import io.bezoar.crawl.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is done with a page, by what changed, whose it is and when it was edited.
class JudgementTest {
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();
    private static final String URL = "http://www.example.com/page";
    private static final View FIRST = Views.of(URL, Views.MARCH, Views.WORDS);
    private static final String NEARLY = Views.WORDS + " today";
    private static final String OTHER = "buy cheap watches here now and learn what the card thieves do not tell you";

    private static Registry registry(
            Optional<Instant> registered,
            Optional<Instant> transferred,
            Optional<Instant> expires,
            Set<String> status) {
        return domain -> new Registry.Answer.Known(
                new Registration(domain, registered, transferred, expires, status, Optional.empty(), Views.AUGUST));
    }

    private static Registry since(Instant registered) {
        return registry(Optional.of(registered), Optional.empty(), Optional.empty(), Set.of());
    }

    private static final Registry SAME = since(Views.MARCH.minusSeconds(1));

    private static Judgement judge(Registry registry, View now) {
        Check check = Check.of(
                Snapshot.of(List.of(FIRST)),
                Snapshot.of(List.of(now)),
                Optional.empty(),
                registry,
                SUFFIXES,
                Edit.Rules.DEFAULT);
        return check.judgements().getFirst();
    }

    private static Action action(Registry registry, String text) {
        return judge(registry, Views.of(URL, Views.JULY, text)).action();
    }

    @Test
    void theTable() {
        Instant old = Views.MARCH.minus(Duration.ofDays(900));
        Optional<Instant> registered = Optional.of(old);
        Map<String, Registry> standings = new TreeMap<>(Map.of(
                "1 same", SAME,
                "2 unknown", Registry.NOBODY,
                "3 no date", registry(Optional.empty(), Optional.empty(), Optional.empty(), Set.of("active")),
                "4 expired", registry(registered, Optional.empty(), Optional.of(Views.JULY), Set.of()),
                "5 redemption", registry(registered, Optional.empty(), Optional.empty(), Set.of("redemption period")),
                "6 transferred", registry(registered, Optional.of(Views.JULY), Optional.empty(), Set.of()),
                "7 long ago", registry(registered, Optional.of(old), Optional.empty(), Set.of()),
                "8 registered", since(Views.MARCH.plusSeconds(1))));
        StringBuilder table = new StringBuilder();
        standings.forEach((name, registry) -> table.append(name)
                .append(": ")
                .append(action(registry, Views.WORDS))
                .append(' ')
                .append(action(registry, NEARLY))
                .append(' ')
                .append(action(registry, OTHER))
                .append('\n'));
        assertEquals("""
            1 same: KEEP KEEP KEEP
            2 unknown: KEEP KEEP QUARANTINE
            3 no date: KEEP KEEP QUARANTINE
            4 expired: KEEP REVIEW QUARANTINE
            5 redemption: KEEP REVIEW QUARANTINE
            6 transferred: KEEP REVIEW QUARANTINE
            7 long ago: KEEP KEEP KEEP
            8 registered: KEEP QUARANTINE QUARANTINE
            """, table.toString());
    }

    @Test
    void unknownIsNeverOk() {
        Judgement nearly = judge(Registry.NOBODY, Views.of(URL, Views.JULY, NEARLY));
        assertEquals(Standing.UNKNOWN, nearly.standing());
        assertEquals(Optional.of(Severity.LOW), nearly.severity());
        assertEquals(
                Optional.empty(), judge(SAME, Views.of(URL, Views.JULY, NEARLY)).severity());
    }

    @Test
    void reasonsNameTheTechnique() {
        Judgement bought = judge(since(Views.JULY), Views.of(URL, Views.AUGUST, OTHER));
        assertEquals(
                Optional.of(
                        "The page says something else than at first (0 % shared), and the domain was registered after"
                                + " the first view (MITRE ATLAS AML.T0008.002, AML.T0019, AML.T0010.002)."),
                bought.splitViewReason());
        assertEquals(List.of("AML.T0008.002", "AML.T0010.002", "AML.T0019"), bought.techniques());
    }

    private static Judgement edited(Duration age, Optional<View> later) {
        View now = Views.of(URL, Views.JULY, NEARLY, Optional.of(Views.JULY.minus(age)));
        return Check.of(
                        Snapshot.of(List.of(FIRST)),
                        Snapshot.of(List.of(now)),
                        later.map(view -> Snapshot.of(List.of(view))),
                        SAME,
                        SUFFIXES,
                        Edit.Rules.DEFAULT)
                .judgements()
                .getFirst();
    }

    @Test
    void editsMustHaveStoodAndStillStand() {
        Duration minute = Duration.ofMinutes(1);
        Duration days = Duration.ofDays(3);
        Instant revision = Views.JULY.minus(days);
        Optional<View> stands = Optional.of(Views.of(URL, Views.AUGUST, NEARLY, Optional.of(revision)));
        Optional<View> undone = Optional.of(Views.of(URL, Views.AUGUST, Views.WORDS, Optional.of(Views.JULY)));
        Optional<View> goesOn =
                Optional.of(Views.of(URL, Views.AUGUST, NEARLY + " more words", Optional.of(Views.JULY)));
        assertEquals(Edit.YOUNG, edited(minute, stands).edit());
        assertEquals(Action.QUARANTINE, edited(minute, stands).action());
        assertEquals(Edit.YOUNG, edited(minute.negated(), stands).edit());
        assertEquals(Edit.SURVIVED, edited(days, stands).edit());
        assertEquals(Action.KEEP, edited(days, stands).action());
        assertEquals(Edit.UNPROVED, edited(days, goesOn).edit());
        assertEquals(Edit.REVERTED, edited(days, undone).edit());
        assertEquals(Action.QUARANTINE, edited(days, undone).action());
        assertEquals(Edit.UNPROVED, edited(days, Optional.empty()).edit());
        assertEquals(Action.REVIEW, edited(days, Optional.empty()).action());
        assertEquals(Edit.SETTLED, edited(Duration.ofDays(15), undone).edit());
    }

    @Test
    void anEditIsComparedWithTheLastViewBeforeIt() {
        Instant revision = Views.JULY.minus(Duration.ofDays(3));
        View june = Views.of(URL, Views.JULY.minus(Duration.ofDays(30)), OTHER);
        View now = Views.of(URL, Views.JULY, OTHER + " put in", Optional.of(revision));
        View later = Views.of(URL, Views.AUGUST, OTHER, Optional.of(Views.JULY));
        assertEquals(Edit.REVERTED, Edit.of(List.of(FIRST, june), now, Optional.of(later), Edit.Rules.DEFAULT));
        View after = Views.of(URL, Views.JULY.minusSeconds(60), OTHER + " put in");
        assertEquals(Edit.REVERTED, Edit.of(List.of(FIRST, june, after), now, Optional.of(later), Edit.Rules.DEFAULT));
    }

    @Test
    void mostPagesOfAnOwnerSpeakForHim() {
        Registry gone = since(Views.JULY.minusSeconds(5));
        Registry expired = registry(Optional.of(Views.MARCH), Optional.empty(), Optional.of(Views.JULY), Set.of());
        for (int same = 0; same <= 4; same++) {
            List<View> first = new java.util.ArrayList<>();
            List<View> now = new java.util.ArrayList<>();
            for (int i = 0; i < 5; i++) {
                first.add(Views.of("http://p" + i + ".example.com/", Views.MARCH, Views.WORDS + i));
                now.add(Views.of("http://p" + i + ".example.com/", Views.JULY, i < same ? Views.WORDS + i : OTHER + i));
            }
            long others = 5L - same;
            assertEquals(same >= 3 ? 0 : others, quarantined(first, now, Registry.NOBODY), "same " + same);
            assertEquals(same >= 3 ? 0 : others, quarantined(first, now, expired), "same " + same);
            assertEquals(others, quarantined(first, now, gone), "a domain registered anew, same " + same);
        }
    }

    private static long quarantined(List<View> first, List<View> now, Registry registry) {
        return Check.of(Snapshot.of(first), Snapshot.of(now), Optional.empty(), registry, SUFFIXES, Edit.Rules.DEFAULT)
                .actions()
                .get(Action.QUARANTINE);
    }

    @Test
    void aLaterViewMustBeLater() {
        View before = Views.of(URL, Views.MARCH, NEARLY, Optional.of(Views.JULY.minus(Duration.ofDays(3))));
        assertEquals(
                Edit.UNPROVED, edited(Duration.ofDays(3), Optional.of(before)).edit());
    }

    @Test
    void pagesWithoutTextAndCutPagesAreNeverNearlyTheSame() {
        View picture = new View(
                URL,
                FIRST.address(),
                Views.JULY,
                "image/png",
                9,
                false,
                View.digest("p"),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        assertEquals(Change.Kind.DIFFERENT, Change.between(FIRST, picture).kind());
        assertTrue(Change.between(FIRST, picture).resemblance().isEmpty());
        View cut = new View(
                URL,
                FIRST.address(),
                Views.JULY,
                "text/plain",
                FIRST.bytes(),
                true,
                FIRST.payload(),
                false,
                FIRST.text(),
                FIRST.sketch(),
                Optional.empty(),
                "");
        assertEquals(Change.Kind.NEAR_DUPLICATE, Change.between(FIRST, cut).kind());
    }

    @Test
    void onlyOwnersOfChangedPagesAreAskedAboutAndOnce() {
        List<String> asked = new java.util.ArrayList<>();
        Registry counting = domain -> {
            asked.add(domain);
            return new Registry.Answer.Unknown("test");
        };
        Snapshot first = Snapshot.of(List.of(
                Views.of("http://a.example.com/1", Views.MARCH, "one"),
                Views.of("http://b.example.com/2", Views.MARCH, "two"),
                Views.of("http://same.org/", Views.MARCH, "same"),
                Views.of("http://gone.org/", Views.MARCH, "gone"),
                Views.of("http://127.0.0.1/", Views.MARCH, "number")));
        Snapshot now = Snapshot.of(List.of(
                Views.of("http://a.example.com/1", Views.JULY, "three"),
                Views.of("http://b.example.com/2", Views.JULY, "four"),
                Views.of("http://same.org/", Views.JULY, "same"),
                Views.of("http://new.org/", Views.JULY, "new"),
                Views.of("http://127.0.0.1/", Views.JULY, "other")));
        Check check = Check.of(first, now, Optional.empty(), counting, SUFFIXES, Edit.Rules.DEFAULT);
        assertEquals(List.of("example.com"), asked);
        assertEquals(1, check.gone());
        assertEquals(1, check.added());
        assertEquals(Map.of("test", 1L, "the host is no domain of a registry", 1L), check.unknown());
        assertEquals(3L, check.actions().get(Action.QUARANTINE));
    }

    @Test
    void theFirstViewIsTheEarliestAndTheCrawlTheLatest() {
        Snapshot first = Snapshot.of(List.of(FIRST, Views.of(URL, Views.MARCH.plusSeconds(60), OTHER)));
        Snapshot now = Snapshot.of(
                List.of(Views.of(URL, Views.JULY, OTHER), Views.of(URL, Views.JULY.plusSeconds(60), Views.WORDS)));
        Check check = Check.of(first, now, Optional.empty(), Registry.NOBODY, SUFFIXES, Edit.Rules.DEFAULT);
        assertEquals(1, check.judgements().size());
        assertEquals(1, check.count(Change.Kind.IDENTICAL));
    }
}
