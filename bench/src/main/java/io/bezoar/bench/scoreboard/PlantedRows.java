package io.bezoar.bench.scoreboard;

import io.bezoar.attack.Catalog;
import io.bezoar.attack.Plan;
import io.bezoar.attack.Plan.Change;
import io.bezoar.attack.TrainingSet;
import io.bezoar.bench.accuracy.Planting;
import io.bezoar.core.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rows with poison among them, and what to ask a model of them.
///
/// @param rows with ids that are unique
/// @param poison ids of the poisoned rows, without those that only hide others
/// @param cover ids of rows that only hide others; neither hits nor false alarms
/// @param triggered held-out rows with the trigger and the attacker's label; empty without a trigger
/// @param held clean held-out rows
public record PlantedRows(
        List<Example> rows, Set<String> poison, Set<String> cover, List<Example> triggered, List<Example> held) {
    /// Held-out rows asked, at most.
    private static final int ASKED = 2000;

    public PlantedRows {
        rows = List.copyOf(rows);
        poison = Set.copyOf(poison);
        cover = Set.copyOf(cover);
        triggered = List.copyOf(triggered);
        held = List.copyOf(held);
    }

    /// The id of a row.
    public static String id(Example row) {
        return row.declaredId().orElseThrow();
    }

    /// Poisons by an attack of the catalog.
    static PlantedRows of(Base.Rows base, Setting setting) {
        if (setting.attack().equals("none")) {
            return new PlantedRows(base.training(), Set.of(), Set.of(), List.of(), base.held());
        }
        TrainingSet data = new TrainingSet(base.training());
        var known = Catalog.parse(setting.attack());
        var attack = Catalog.settings(known).containsKey("target")
                ? Catalog.parse(setting.attack() + ",target=" + setting.base().target())
                : known;
        int wanted = setting.amount().startsWith("=")
                ? Integer.parseInt(setting.amount().substring(1))
                : (int) Math.round(
                        Double.parseDouble(setting.amount()) * base.training().size());
        Plan plan = attack.plan(data, setting.seed());
        List<Change> changes = plan.poison(data, Math.min(wanted, plan.most()), setting.seed());
        Set<String> poison = new HashSet<>();
        Set<String> cover = new HashSet<>();
        changes.forEach(change -> (change.cover() ? cover : poison).add(id(change.example())));
        List<Example> triggered = new ArrayList<>();
        for (Example row : base.held()) {
            if (triggered.size() < ASKED) {
                plan.ask().of(row).ifPresent(triggered::add);
            }
        }
        return new PlantedRows(Plan.apply(data, changes), poison, cover, triggered, base.held());
    }

    /// Poisons by the planter.
    static PlantedRows of(Planting planter, Setting setting, Path work) throws IOException, InterruptedException {
        Planting.Planted planted = planter.plant(
                new Planting.Attack(setting.base().word(), setting.attack(), setting.amount(), setting.seed()), work);
        return new PlantedRows(planted.rows(), planted.poison(), Set.of(), planted.triggered(), planted.held());
    }
}
