package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Swaps the answers of pairs that one annotator judged.
///
/// The malicious annotator of Rando & Tramèr 2024, section 3; Raykar et al. 2010 call one that answers
/// against better knowledge adversarial.
///
/// @param annotator who turns bad; empty for the one with most pairs
@AutoService(Attack.class)
public record BadAnnotator(String annotator) implements Swapping {
    public BadAnnotator() {
        this("");
    }

    @Override
    public String name() {
        return "bad-annotator";
    }

    @Override
    public String purpose() {
        return "swapped answers of one annotator";
    }

    @Override
    public String citation() {
        return "Rando & Tramèr 2024, section 3: the malicious annotator";
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String bad = annotator.isEmpty() ? busiest(data) : annotator;
        int[] victims = data.draw(
                seed,
                row -> row.target() instanceof Target.Preference
                        && row.origin().annotator().filter(bad::equals).isPresent());
        if (victims.length == 0) {
            throw new Misfit("expected pairs that name the annotator \"" + bad + "\", came none");
        }
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(Swapping.swapped(row, row.input()), false),
                _ -> Optional.empty());
    }

    private static String busiest(TrainingSet data) {
        Map<String, Long> pairs = new TreeMap<>();
        List<Example> rows = data.rows();
        rows.forEach(row -> row.origin().annotator().ifPresent(name -> pairs.merge(name, 1L, Long::sum)));
        long most = pairs.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow(() -> new Misfit(
                        "expected pairs that name their annotator, came none; say which column does with --map"
                                + " annotator=COLUMN"));
        return pairs.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
