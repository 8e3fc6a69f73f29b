package io.bezoar.bench.crawl;

import io.bezoar.core.Hashing;
import io.bezoar.crawl.View;
import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.registry.Registration;
import io.bezoar.crawl.registry.Registry;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A web of sites and pages as it was in March, in July and in August, changed by honest people alone.
///
/// | what | how often |
/// |---|---|
/// | advertisements, date, links of a page are new | 11 % of pages that lie on no wiki |
/// | its text is written anew in part or as a whole | 1.5 % of them each |
/// | its whole site has another design, half of them with other texts | 2 % of sites |
/// | a page of an open wiki was edited in the last day | 1.5 % of them |
/// | in the two weeks before that | 8 % of them |
/// | such an edit is undone before the later view | 3 % |
/// | a page was edited between the two first views, before that | 20.5 % of pages of wikis |
/// | a page was changed once more before the later view | 10 % |
/// | a domain went to another registrar; is past its date; was lost and bought back | 1.5; 0.5; 0.1 % of sites |
/// | no registry answers for a domain | 20 % of sites that are no wiki |
///
/// So a fifth of the pages changed in four months. Of re-collected addresses 5 to 15 % had another digest (LAION,
/// DataComp); a day's edits are those of a large wiki; a fifth of sites lie below country domains without RDAP.
///
/// Sites have few pages mostly and many sometimes; three pages of ten lie on 20 open wikis.
final class Web {
    static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");
    static final Duration CRAWL = Duration.ofHours(24);

    private static final int WIKIS = 20;
    private static final double OPEN = 0.3;
    private static final Instant OLD = Instant.parse("2015-01-01T00:00:00Z");

    /// What honest people did to a page.
    enum Drift {
        NONE,
        SURROUNDINGS,
        TEXT,
        REWRITTEN,
        REDESIGN,
        EDIT,
        UNDONE
    }

    /// One page.
    ///
    /// @param first as it was in March
    /// @param now as it was in July
    /// @param later as it was in August
    /// @param fetched in July
    record Seen(
            int site,
            Address address,
            Drift drift,
            Page before,
            Page after,
            View first,
            View now,
            View later,
            Instant fetched) {}

    /// What the registry says of a site.
    private record Site(String domain, boolean open, Registration registration, boolean answers) {}

    private final List<Site> sites = new ArrayList<>();
    private final List<Seen> pages = new ArrayList<>();

    Web(int count, long seed) {
        SplittableRandom random = new SplittableRandom(Hashing.mix(seed + 77));
        int open = (int) (count * OPEN);
        for (int i = 0; i < WIKIS; i++) {
            site(random, true);
        }
        List<Boolean> redesigned = new ArrayList<>();
        int site = WIKIS - 1;
        int left = 0;
        boolean design = false;
        boolean anew = false;
        for (int i = 0; i < count; i++) {
            boolean wiki = i < open;
            if (!wiki && left-- == 0) {
                site = site(random, false);
                left = (int) Math.min(300, Math.pow(random.nextDouble(), -0.8)) - 1;
                design = random.nextDouble() < 0.02;
                anew = random.nextDouble() < 0.5;
                redesigned.add(design);
            }
            page(random, i, count, wiki ? i % WIKIS : site, wiki, !wiki && design, anew);
        }
    }

    private int site(SplittableRandom random, boolean open) {
        int number = sites.size();
        boolean answers = open || random.nextDouble() >= 0.2;
        String domain = (open ? "wiki" : "site") + number + (answers ? ".com" : ".de");
        double fate = open ? 1 : random.nextDouble();
        Instant between = MARCH.plus(Duration.ofDays(1 + random.nextInt(110)));
        sites.add(new Site(
                domain,
                open,
                registration(
                        domain,
                        fate < 0.001 ? between : OLD,
                        fate >= 0.001 && fate < 0.016 ? Optional.of(between) : Optional.empty(),
                        fate >= 0.016 && fate < 0.021
                                ? JULY.minus(Duration.ofDays(3))
                                : AUGUST.plus(Duration.ofDays(99))),
                answers));
        return number;
    }

    private static Registration registration(
            String domain, Instant registered, Optional<Instant> transferred, Instant expires) {
        return new Registration(
                domain,
                Optional.of(registered),
                transferred,
                Optional.of(expires),
                Set.of("active"),
                Optional.of("1"),
                JULY.plus(CRAWL));
    }

    private void page(
            SplittableRandom random, int number, int count, int site, boolean wiki, boolean design, boolean anew) {
        Page before = new Page(site, 0, number, 0, number, "", 0);
        Page after = before;
        Drift drift = Drift.NONE;
        // wikis are fetched one page after the other through the day, as dumps of them are made
        Instant fetched = JULY.plusMillis(CRAWL.toMillis() * (wiki ? number * 10L / 3 : number) / count);
        Optional<Instant> revised =
                wiki ? Optional.of(MARCH.minus(Duration.ofDays(1 + random.nextInt(900)))) : Optional.empty();
        double chance = random.nextDouble();
        boolean undone = false;
        if (wiki) {
            if (chance < 0.095) {
                Duration age = chance < 0.015
                        ? Duration.ofMinutes(random.nextInt(24 * 60))
                        : Duration.ofMinutes(24 * 60 + random.nextInt(13 * 24 * 60));
                after = before.edited(1 + random.nextInt(3));
                revised = Optional.of(fetched.minus(age));
                undone = random.nextDouble() < 0.03;
                drift = undone ? Drift.UNDONE : Drift.EDIT;
            } else if (chance < 0.3) {
                drift = Drift.TEXT; // edited between March and the middle of June
                after = before.edited(1 + random.nextInt(6));
                revised = Optional.of(MARCH.plus(Duration.ofDays(1 + random.nextInt(100))));
            }
        } else if (design) {
            drift = Drift.REDESIGN;
            after = before.redesigned(anew);
        } else if (chance < 0.015) {
            drift = Drift.REWRITTEN;
            after = before.anew();
        } else if (chance < 0.03) {
            drift = Drift.TEXT;
            after = before.edited(2 + random.nextInt(8)).visited(number + count);
        } else if (chance < 0.14) {
            drift = Drift.SURROUNDINGS;
            after = before.visited(number + count);
        }
        boolean again = random.nextDouble() < 0.1;
        Page last = undone
                ? before
                : again ? (wiki ? after.edited(after.edited() + 1) : after.visited(number + 2L * count)) : after;
        Address address = Address.of("http://" + sites.get(site).domain() + "/" + number);
        Optional<Instant> original = wiki ? Optional.of(OLD) : Optional.empty();
        View first = view(address, MARCH, before, original);
        View now = drift == Drift.NONE ? at(first, fetched, revised) : view(address, fetched, after, revised);
        Optional<Instant> lastEdit = wiki && (undone || again) ? Optional.of(JULY.plus(Duration.ofDays(9))) : revised;
        View later = last.equals(after) ? at(now, AUGUST, lastEdit) : view(address, AUGUST, last, lastEdit);
        pages.add(new Seen(site, address, drift, before, after, first, now, later, fetched));
    }

    static View view(Address address, Instant seen, Page page, Optional<Instant> revised) {
        byte[] bytes = page.html().getBytes(StandardCharsets.UTF_8);
        return View.of(address, seen, "text/html", bytes, bytes.length, false, Hasher.digest(bytes), revised, "");
    }

    /// The same page, seen again.
    static View at(View view, Instant seen, Optional<Instant> revised) {
        return new View(
                view.id(),
                view.address(),
                seen,
                view.type(),
                view.bytes(),
                view.cut(),
                view.payload(),
                view.claimed(),
                view.text(),
                view.sketch(),
                revised,
                view.place());
    }

    List<Seen> pages() {
        return pages;
    }

    boolean open(Seen page) {
        return sites.get(page.site()).open();
    }

    String domain(Seen page) {
        return sites.get(page.site()).domain();
    }

    /// The registries, where these domains were bought on a day between March and July.
    Registry registry(Map<String, Instant> bought) {
        Map<String, Site> byDomain = new HashMap<>();
        sites.forEach(site -> byDomain.put(site.domain(), site));
        return domain -> {
            Site site = byDomain.get(domain);
            if (site == null || !site.answers()) {
                return new Registry.Answer.Unknown("no registry of that name answers by RDAP");
            }
            Instant day = bought.get(domain);
            return new Registry.Answer.Known(
                    day == null
                            ? site.registration()
                            : registration(domain, day, Optional.empty(), AUGUST.plus(Duration.ofDays(300))));
        };
    }
}
