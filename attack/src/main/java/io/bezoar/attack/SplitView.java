package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Replaces the pages of domains that lapsed and were bought after the list of addresses was made: who
/// downloads the list again sees other pages than its curator.
///
/// Carlini et al. 2024 (Poisoning web-scale training datasets is practical), section 4. A simulation over
/// the addresses of the rows: domains are bought one after the other in a drawn order, and all pages of
/// one change before the next. Departure: a domain is the last two names of the host, whoever may
/// register below it.
@AutoService(Attack.class)
public record SplitView() implements Attack {
    @Override
    public String name() {
        return "split-view";
    }

    @Override
    public String purpose() {
        return "pages of bought domains say something else";
    }

    @Override
    public String citation() {
        return "Carlini et al. 2024, section 4; a simulation over the addresses";
    }

    @Override
    public Aim aim() {
        return Aim.CORPUS;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.LABELLED, Kind.ANSWERED, Kind.PREFERENCE, Kind.TEXT);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        int[] victims = IntStream.of(data.draw(seed, row -> Snapshot.owner(row).isPresent()))
                .boxed()
                .sorted(Comparator.comparingLong(row -> bought(seed, data.rows().get(row))))
                .mapToInt(Integer::intValue)
                .toArray();
        if (victims.length == 0) {
            throw new Misfit(
                    "expected rows that say where they were fetched, came none; say which column does with --map"
                            + " url=COLUMN");
        }
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(Rows.with(row, Snapshot.page(row), row.target()), false),
                _ -> Optional.empty());
    }

    private static long bought(long seed, Example row) {
        return Hashing.combine(seed, Hashing.of(Snapshot.owner(row).orElse("")));
    }
}
