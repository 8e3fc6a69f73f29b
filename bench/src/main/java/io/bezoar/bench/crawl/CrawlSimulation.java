package io.bezoar.bench.crawl;

import io.bezoar.attack.Attack;
import io.bezoar.attack.Frontrunning;
import io.bezoar.attack.SplitView;
import io.bezoar.attack.TrainingSet;
import io.bezoar.bench.crawl.Web.Drift;
import io.bezoar.bench.crawl.Web.Seen;
import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.crawl.Check;
import io.bezoar.crawl.Edit;
import io.bezoar.crawl.Judgement;
import io.bezoar.crawl.Snapshot;
import io.bezoar.crawl.View;
import io.bezoar.crawl.address.PublicSuffixes;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// How many pages of bought domains and of just-in-time edits `bezoar crawl verify` blocks, and what
/// becomes of honest changes.
///
/// Whom the attacks take comes from the catalog ([SplitView], [Frontrunning]): domains are bought as a
/// whole until the rate is reached; of the pages of open wikis those fetched in the last hour are
/// edited. Each attack is tried as published and by somebody who knows the check:
///
/// - *bought*: each page of the domain says something else altogether. - *bought, mirrored*: each page
/// is the old one with a paragraph put in. - *edited*: a sentence put in within the hour before the
/// page is fetched; 9 of 10 are undone before August. - *edited ahead*: put in 1 to 13 days before, and
/// still there when the page is fetched.
///
/// Usage: `bench/crawl [--pages 100000] [--rate 0.01] [--seeds 3]`
public final class CrawlSimulation {
    private static final double UNDONE = 0.9;

    private final PrintStream out;
    private final int pages;
    private final int victims;

    private CrawlSimulation(PrintStream out, int pages, double rate) {
        this.out = out;
        this.pages = pages;
        this.victims = (int) Math.round(pages * rate);
    }

    /// Options and their values.
    public static void main(String[] arguments) {
        int pages = 100_000;
        double rate = 0.01;
        int seeds = 3;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--pages" -> pages = Integer.parseInt(arguments[i + 1]);
                case "--rate" -> rate = Double.parseDouble(arguments[i + 1]);
                case "--seeds" -> seeds = Integer.parseInt(arguments[i + 1]);
                default -> {
                    System.err.println("bench/crawl: expected --pages, --rate or --seeds, came " + arguments[i]
                            + "; the first lines of bench/crawl show how");
                    System.exit(2);
                }
            }
        }
        new CrawlSimulation(System.out, pages, rate).run(seeds);
    }

    /// What the attackers do.
    ///
    /// @param mirrored do the pages of bought domains keep what was there?
    /// @param ahead are edits made days before?
    private record Attackers(String name, boolean mirrored, boolean ahead) {}

    private void run(int seeds) {
        out.printf(Locale.ROOT, "%,d pages, %,d of bought domains, %,d edited%n", pages, victims, victims);
        for (int seed = 0; seed < seeds; seed++) {
            Web web = new Web(pages, seed);
            for (Attackers attackers : List.of(
                    new Attackers("as published", false, false), new Attackers("who know the check", true, true))) {
                run(web, attackers, seed);
            }
        }
    }

    private void run(Web web, Attackers attackers, long seed) {
        List<Seen> all = web.pages();
        List<View> now = new ArrayList<>(all.stream().map(Seen::now).toList());
        List<View> later = new ArrayList<>(all.stream().map(Seen::later).toList());
        Map<String, String> truth = new HashMap<>();
        Map<String, Instant> bought = new HashMap<>();
        SplittableRandom random = new SplittableRandom(Hashing.combine(seed, 99));
        for (int page : taken(web, new SplitView(), seed, false)) {
            Seen seen = all.get(page);
            bought.computeIfAbsent(web.domain(seen), _ -> Web.MARCH.plus(Duration.ofDays(5 + random.nextInt(100))));
            truth.put(seen.address().text(), "bought");
            Page poison = attackers.mirrored()
                    ? seen.before().with(Page.words(random, 25))
                    : new Page(-1, 0, -page - 1, 9, page, "", 0);
            now.set(page, Web.view(seen.address(), seen.fetched(), poison, Optional.empty()));
            later.set(page, Web.at(now.get(page), Web.AUGUST, Optional.empty()));
        }
        for (int page : taken(web, new Frontrunning(60), seed, true)) {
            Seen seen = all.get(page);
            truth.put(seen.address().text(), "edited");
            Page poison = seen.after().with(Page.words(random, 14));
            Duration age = attackers.ahead()
                    ? Duration.ofMinutes(24 * 60 + random.nextInt(12 * 24 * 60))
                    : Duration.ofSeconds(random.nextInt(3600));
            Optional<Instant> revised = Optional.of(seen.fetched().minus(age));
            now.set(page, Web.view(seen.address(), seen.fetched(), poison, revised));
            later.set(
                    page,
                    random.nextDouble() < UNDONE
                            ? Web.view(
                                    seen.address(),
                                    Web.AUGUST,
                                    seen.after(),
                                    Optional.of(seen.fetched().plusSeconds(9_999)))
                            : Web.at(now.get(page), Web.AUGUST, revised));
        }
        Check check = Check.of(
                Snapshot.of(all.stream().map(Seen::first).toList()),
                Snapshot.of(now),
                Optional.of(Snapshot.of(later)),
                web.registry(bought),
                PublicSuffixes.shipped(),
                Edit.Rules.DEFAULT);
        report(web, check, truth, "seed " + seed + ", attackers " + attackers.name());
    }

    /// The pages an attack of the catalog takes first, as row numbers.
    private int[] taken(Web web, Attack attack, long seed, boolean open) {
        List<Integer> numbers = new ArrayList<>();
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < web.pages().size(); i++) {
            Seen page = web.pages().get(i);
            if (web.open(page) == open) {
                numbers.add(i);
                rows.add(new Example(
                        "page " + i,
                        Target.ABSENT,
                        new Origin(
                                "",
                                "",
                                page.fetched().toEpochMilli(),
                                page.address().text(),
                                ""),
                        new Position(0, i + 1, i, 1),
                        ""));
            }
        }
        int[] all = attack.plan(new TrainingSet(rows), seed).victims();
        return Arrays.stream(all).limit(victims).map(numbers::get).toArray();
    }

    private void report(Web web, Check check, Map<String, String> truth, String title) {
        Map<String, Drift> drifts = new HashMap<>();
        web.pages().forEach(page -> drifts.put(page.address().text(), page.drift()));
        Map<String, Map<Action, Integer>> counts = new TreeMap<>();
        Map<String, Integer> blame = new TreeMap<>();
        for (Judgement each : check.judgements()) {
            String address = each.now().address().text();
            Drift drift = drifts.getOrDefault(address, Drift.NONE);
            String kind = truth.getOrDefault(address, "");
            if (kind.isEmpty()) {
                count(counts, "honest " + drift.name().toLowerCase(Locale.ROOT), each.action());
                count(counts, drift == Drift.NONE ? "  honest, unchanged" : "  honest, changed", each.action());
                if (each.action() == Action.QUARANTINE) {
                    blame.merge(
                            each.frontrun()
                                    ? each.edit().words()
                                    : each.standing().words(),
                            1,
                            Integer::sum);
                }
            } else {
                count(counts, " " + kind, each.action());
            }
        }
        out.printf(Locale.ROOT, "%n%s%n%-22s %8s %9s %8s %10s%n", title, "", "pages", "blocked", "review", "kept");
        counts.forEach((kind, actions) -> {
            int sum = actions.values().stream().mapToInt(Integer::intValue).sum();
            out.printf(
                    Locale.ROOT,
                    "%-22s %,8d %8.2f%% %7.2f%% %9.2f%%%n",
                    kind.strip(),
                    sum,
                    share(actions, Action.QUARANTINE, sum),
                    share(actions, Action.REVIEW, sum),
                    share(actions, Action.KEEP, sum));
        });
        out.printf(Locale.ROOT, "honest pages blocked because %s%n", blame);
    }

    private static void count(Map<String, Map<Action, Integer>> counts, String kind, Action action) {
        counts.computeIfAbsent(kind, _ -> new EnumMap<>(Action.class)).merge(action, 1, Integer::sum);
    }

    private static double share(Map<Action, Integer> actions, Action action, int sum) {
        return 100.0 * actions.getOrDefault(action, 0) / sum;
    }
}
