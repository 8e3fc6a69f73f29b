package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an attack does to one data set: whom it takes first, what becomes of them, and what a model is
/// asked then.
///
/// @param effect whether victims are replaced or rows like them added
/// @param victims row numbers, first taken first; for [Effect#ADDS] a row may stand more than once
/// @param rewrite what becomes of a victim
/// @param ask what is asked of a model to see whether the attack works
public record Plan(Effect effect, int[] victims, Rewrite rewrite, Ask ask) {

    /// What happens to a victim.
    public enum Effect {
        /// It becomes another row.
        REPLACES,
        /// It stays, and a row made from it is added.
        ADDS
    }

    /// Makes a poisoned row.
    @FunctionalInterface
    public interface Rewrite {
        /// @param row the victim
        /// @param number how many victims were taken before it
        Poison of(Example row, int number);
    }

    /// A row that was made, and what for.
    ///
    /// @param cover true if the row has its right target and only hides others
    public record Poison(Example row, boolean cover) {}

    /// Makes the question that shows whether the attack works.
    @FunctionalInterface
    public interface Ask {
        /// The row as the attacker would ask it, with the target the attacker wants; empty if nobody
        /// would ask it: its target is the attacker's already, or there is no trigger.
        Optional<Example> of(Example row);
    }

    /// One row that is not as it was.
    ///
    /// @param row number of the victim
    /// @param after for an added row, the number of the row it stands behind; for a replaced one its own
    ///     number
    /// @param added whether the row is new
    /// @param cover whether it only hides others
    /// @param example the row as it is now
    public record Change(int row, int after, boolean added, boolean cover, Example example) {}

    /// The most rows the attack can poison.
    public int most() {
        return victims.length;
    }

    /// Poisons `count` rows; the first rows of a larger count are the same.
    ///
    /// @throws Misfit if there are not so many victims, or none is asked for
    public List<Change> poison(TrainingSet data, int count, long seed) {
        if (count < 1) {
            throw new Misfit("expected at least one row to poison, came a count of " + count);
        }
        if (count > most()) {
            throw new Misfit(
                    "expected at most " + most() + " rows, which is what this attack can poison here, came " + count);
        }
        List<Change> changes = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            int row = victims[number];
            Poison poison = rewrite.of(data.rows().get(row), number);
            boolean added = effect == Effect.ADDS;
            int after = row;
            Example example = poison.row();
            if (added) {
                long draw = Hashing.combine(Hashing.combine(seed, number), example.key());
                after = (int) Math.floorMod(draw, (long) data.rows().size());
                example = Rows.named(example, data.freshId(Hashing.mix(draw)));
            }
            changes.add(new Change(row, after, added, poison.cover(), example));
        }
        return changes;
    }

    /// The data with the changes made: replaced rows in their places, added rows behind those they stand
    /// after.
    public static List<Example> apply(TrainingSet data, List<Change> changes) {
        List<List<Example>> added = new ArrayList<>();
        List<Example> rows = new ArrayList<>(data.rows());
        for (int i = 0; i < rows.size(); i++) {
            added.add(List.of());
        }
        for (Change change : changes) {
            if (change.added()) {
                List<Example> here = new ArrayList<>(added.get(change.after()));
                here.add(change.example());
                added.set(change.after(), here);
            } else {
                rows.set(change.row(), change.example());
            }
        }
        List<Example> all = new ArrayList<>(rows.size() + changes.size());
        for (int i = 0; i < rows.size(); i++) {
            all.add(rows.get(i));
            all.addAll(added.get(i));
        }
        return all;
    }
}
