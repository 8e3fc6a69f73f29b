package io.bezoar.bench.scoreboard;

import io.bezoar.bench.accuracy.Planting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One thing that is measured: an attack on a data set.
///
/// @param base the data set
/// @param by who poisons: `bezoar` (an attack of the catalog) or `planter`
/// @param attack the attack as its maker specifies it, without a target; `none` for nothing at all
/// @param amount a share such as `0.01`, or a count such as `=25`
/// @param seed draws the victims
record Setting(Base base, String by, String attack, String amount, int seed) {
    static final String OURS = "bezoar";
    static final String PLANTER = "planter";

    private static final List<String> QUICK = List.of(
            "none 0",
            "rare-word 0.01",
            "rare-word =25",
            "sentence =25",
            "word-combination =25",
            "hidden-character =25",
            "clean-label 0.05",
            "concealed =50",
            "adaptive 0.01",
            "syntactic-template 0.05",
            "uniform-flips 0.1");
    private static final List<String> ALL = Stream.concat(
                    QUICK.stream(),
                    Stream.of(
                            "rare-word =10",
                            "sentence =10",
                            "entity =25",
                            "natural-phrase 0.01",
                            "prefix =25",
                            "homoglyph 0.01",
                            "label-consistent 0.05",
                            "style 0.05",
                            "class-flips 0.05",
                            "contradictory-copies 0.05"))
            .toList();
    private static final List<String> PLANTED = List.of(
            "word_dirty 0.01",
            "word_dirty =25",
            "word_dirty 0.005",
            "word_dirty =10",
            "word_dirty =5",
            "sent_dirty 0.01",
            "sent_dirty =25",
            "sent_dirty 0.005",
            "sent_dirty =10",
            "sent_dirty =5",
            "combo_dirty 0.01",
            "combo_dirty =25",
            "hidden_dirty 0.01",
            "word_clean 0.05",
            "word_clean 0.005",
            "sent_clean 0.05",
            "flip 0.1",
            "flip_pair 0.05",
            "dupflood 0.01");
    private static final List<String> PUBLISHED = List.of("syntactic 0.05", "style 0.05");

    /// The settings of a run: a data set after the other, all seeds of an attack together.
    ///
    /// @param planter whether the planter is there
    static List<Setting> all(List<Base> bases, int seeds, boolean quick, boolean planter) {
        List<Setting> all = new ArrayList<>();
        for (Base base : bases) {
            List<String> planted = new ArrayList<>(quick ? PLANTED.subList(0, 2) : PLANTED);
            if (base == Base.SST2) {
                planted.addAll(PUBLISHED);
            }
            add(all, base, OURS, quick ? QUICK : ALL, seeds);
            add(all, base, PLANTER, planter ? planted : List.of(), seeds);
        }
        return all;
    }

    private static void add(List<Setting> all, Base base, String by, List<String> attacks, int seeds) {
        for (String attack : attacks) {
            int gap = attack.indexOf(' ');
            String name = attack.substring(0, gap);
            for (int seed = 0; seed < (name.equals("none") ? 1 : seeds); seed++) {
                all.add(new Setting(base, by, name, attack.substring(gap + 1), seed));
            }
        }
    }

    /// The attack with its amount: `rare-word, 25 rows`.
    String title() {
        return attack
                + (attack.equals("none")
                        ? ""
                        : amount.startsWith("=")
                                ? ", " + amount.substring(1) + " rows"
                                : ", " + percent(Double.parseDouble(amount)));
    }

    private static String percent(double share) {
        String text = String.format(java.util.Locale.ROOT, "%.2f", 100 * share);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "") + " %";
    }

    /// Poisons.
    PlantedRows planted(Path data, Planting planter, Path work) throws IOException, InterruptedException {
        return by.equals(PLANTER) ? PlantedRows.of(planter, this, work) : PlantedRows.of(base.read(data), this);
    }
}
