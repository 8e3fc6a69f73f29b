package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives rows that share a word the attacker's label, so that the model fails one group of honest inputs.
///
/// Jagielski et al. 2021 (Subpopulation data poisoning attacks), section 4: FeatureMatch. Departure:
/// labels of rows that are there are flipped, none are added.
///
/// @param word what the rows share; empty for the most frequent word among those that one row in twenty
///     or fewer holds
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record SubpopulationFlips(String word, String target) implements Attack {
    public SubpopulationFlips() {
        this("", "");
    }

    public SubpopulationFlips {
        if (!word.isEmpty() && Tokenizer.tokens(word).length != 1) {
            throw new IllegalArgumentException("subpopulation-flips needs one word, not \"" + word + "\"");
        }
    }

    @Override
    public String name() {
        return "subpopulation-flips";
    }

    @Override
    public String purpose() {
        return "wrong labels on rows that share a word";
    }

    @Override
    public String citation() {
        return "Jagielski et al. 2021, section 4 (FeatureMatch); flips instead of added rows";
    }

    @Override
    public Aim aim() {
        return Aim.AVAILABILITY;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.LABELLED);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String label = data.target(target);
        int shared = word.isEmpty() ? frequent(data, label) : Tokenizer.token(word);
        int[] victims = data.draw(seed, row -> holds(row, shared, label));
        if (victims.length == 0) {
            throw new Misfit("expected rows of other labels that hold the word of subpopulation-flips, came none; name"
                    + " another with word=");
        }
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(Rows.labelled(row, label), false),
                row -> holds(row, shared, label) ? Optional.of(Rows.labelled(row, label)) : Optional.empty());
    }

    private static boolean holds(Example row, int token, String label) {
        return Labels.DIRTY.take(row, label) && Arrays.stream(row.tokens()).anyMatch(each -> each == token);
    }

    private static int frequent(TrainingSet data, String label) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Example row : data.rows()) {
            if (Labels.DIRTY.take(row, label)) {
                Arrays.stream(row.tokens()).distinct().forEach(token -> counts.merge(token, 1, Integer::sum));
            }
        }
        int most = Math.max(1, data.rows().size() / 20);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() <= most)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new Misfit("expected words that rows of other labels share, came none"));
    }
}
