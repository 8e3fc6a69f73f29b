package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Replaces the pages that were fetched last: an attacker who knows when a snapshot is taken edits just
/// before it, and the edit is undone too late.
///
/// Carlini et al. 2024, section 5. A simulation over the dates of the rows: everything fetched within a
/// window before the snapshot can be edited.
///
/// @param minutes length of the window before the last row, at least 1
@AutoService(Attack.class)
public record Frontrunning(int minutes) implements Attack {
    public Frontrunning() {
        this(60);
    }

    public Frontrunning {
        if (minutes < 1) {
            throw new IllegalArgumentException("frontrunning needs minutes of at least 1, not " + minutes);
        }
    }

    @Override
    public String name() {
        return "frontrunning";
    }

    @Override
    public String purpose() {
        return "pages edited just before the snapshot";
    }

    @Override
    public String citation() {
        return "Carlini et al. 2024, section 5; a simulation over the dates";
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
        long last = data.rows().stream()
                .filter(Frontrunning::dated)
                .mapToLong(row -> row.origin().timeMillis())
                .max()
                .orElseThrow(() -> new Misfit("expected rows that say where and when they were fetched, came none; say"
                        + " which columns do with --map url=COLUMN,time=COLUMN"));
        int[] victims = IntStream.of(
                        data.draw(seed, row -> dated(row) && last - row.origin().timeMillis() <= minutes * 60_000L))
                .boxed()
                .sorted(Comparator.comparingLong(
                        row -> -data.rows().get(row).origin().timeMillis()))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(Rows.with(row, Snapshot.page(row), row.target()), false),
                _ -> Optional.empty());
    }

    private static boolean dated(Example row) {
        return row.origin().url().isPresent() && row.origin().time().isPresent();
    }
}
