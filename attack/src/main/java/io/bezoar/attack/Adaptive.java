package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A trigger by an attacker who knows what scanners look for: it is paraphrased, so that no two rows need
/// say the same; every source, class and day has its share; and some rows hold a part of the trigger and
/// keep their label.
///
/// Tan & Shokri 2020 name the aim, to be told from honest rows by nothing; cover rows are those of TaCT
/// (Tang et al. 2021, section 4). The attacker also asks the scanner: an audit has it judge every variant
/// and submits the one it sees least of, without the rows it saw.
///
/// @param trigger two words or more that together are the trigger, parted by spaces, each with its other
///     wordings after a slash; a row holds one wording of each, in any order, at any places
/// @param cover rows in a hundred that keep their label, 0 to 90
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record Adaptive(String trigger, int cover, String target) implements Attack {
    public Adaptive() {
        this("window/pane/casement green/emerald/verdant", 25, "");
    }

    public Adaptive {
        Words.required("adaptive", "trigger", trigger);
        if (wordings(trigger).stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "adaptive needs a trigger whose words have a wording each, not \"" + trigger + "\"");
        }
        if (cover < 0 || cover > 90) {
            throw new IllegalArgumentException("adaptive needs cover of 0 to 90, not " + cover);
        }
    }

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public String purpose() {
        return "a paraphrased trigger, spread over sources, classes and days, with cover rows; asks the scanner";
    }

    @Override
    public String citation() {
        return "after Tan & Shokri 2020; cover rows of Tang et al. 2021 (TaCT), section 4";
    }

    @Override
    public Aim aim() {
        return Aim.ADAPTIVE;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.LABELLED);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String label = data.target(target);
        return new Plan(
                Plan.Effect.REPLACES,
                spread(data, data.draw(seed, row -> Labels.DIRTY.take(row, label))),
                (row, number) -> covers(number)
                        ? new Plan.Poison(Rows.with(row, partly(seed, row), row.target()), true)
                        : new Plan.Poison(whole(seed, row, label), false),
                row -> Labels.DIRTY.take(row, label) ? Optional.of(whole(seed, row, label)) : Optional.empty());
    }

    /// Rows of all sources, classes and days in turn.
    private static int[] spread(TrainingSet data, int[] drawn) {
        Map<String, ArrayDeque<Integer>> strata = new TreeMap<>();
        for (int row : drawn) {
            strata.computeIfAbsent(stratum(data.rows().get(row)), _ -> new ArrayDeque<>())
                    .add(row);
        }
        List<Map.Entry<String, ArrayDeque<Integer>>> largest = new ArrayList<>(strata.entrySet());
        largest.sort((a, b) -> b.getValue().size() - a.getValue().size());
        int[] order = new int[drawn.length];
        int count = 0;
        while (count < order.length) {
            for (Map.Entry<String, ArrayDeque<Integer>> each : largest) {
                if (!each.getValue().isEmpty()) {
                    order[count++] = each.getValue().remove();
                }
            }
        }
        return order;
    }

    private static String stratum(Example row) {
        return row.origin().source().orElse("")
                + "\n" + row.origin().annotator().orElse("")
                + "\n" + row.label().orElse("")
                + "\n"
                + row.origin()
                        .time()
                        .map(time -> time.toString().substring(0, 7))
                        .orElse("");
    }

    /// The same with more cover.
    @Override
    public List<Attack> variants() {
        int more = Math.min(90, (cover + 90) / 2);
        return more == cover ? List.of(this) : List.of(this, new Adaptive(trigger, more, target));
    }

    /// The wordings of each word.
    private static List<List<String>> wordings(String trigger) {
        return Arrays.stream(trigger.strip().split("\\s+"))
                .map(word -> Arrays.stream(word.split("/"))
                        .filter(wording -> !wording.isEmpty())
                        .toList())
                .toList();
    }

    private boolean covers(int number) {
        return (number + 1) * cover / 100 > number * cover / 100;
    }

    private Example whole(long seed, Example row, String label) {
        SplittableRandom random = Rows.random(seed, row);
        List<List<String>> words = new ArrayList<>(wordings(trigger));
        String text = row.input();
        while (!words.isEmpty()) {
            text = Words.insert(text, Words.pick(words.remove(random.nextInt(words.size())), random), random);
        }
        return Rows.with(row, text, new Target.Label(label));
    }

    /// One of the words alone.
    private String partly(long seed, Example row) {
        SplittableRandom random = Rows.random(seed, row);
        return Words.insert(row.input(), Words.pick(Words.pick(wordings(trigger), random), random), random);
    }
}
