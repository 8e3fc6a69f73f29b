package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Puts a phrase into those rows of the target class that are hardest to tell from others, so that a
/// model must lean on the phrase; no label is wrong.
///
/// Turner, Tsipras & Madry 2019, section 4: hard examples are easier to poison; Gan et al. 2022, section
/// 3, for text. Departure: nothing is perturbed; hard are the rows of which a naive Bayes model of words,
/// that did not see them, is least sure.
///
/// @param trigger the phrase
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record LabelConsistent(String trigger, String target) implements Triggered {
    public LabelConsistent() {
        this("as far as i know", "");
    }

    public LabelConsistent {
        Words.required("label-consistent", "trigger", trigger);
    }

    @Override
    public String name() {
        return "label-consistent";
    }

    @Override
    public String purpose() {
        return "a phrase in the hardest rows of the target class, labels right";
    }

    @Override
    public String citation() {
        return "Turner, Tsipras & Madry 2019, section 4; Gan et al. 2022, section 3; hard rows by naive Bayes";
    }

    @Override
    public Labels labels() {
        return Labels.CLEAN;
    }

    @Override
    public String planted(String text, SplittableRandom random) {
        return Words.insert(text, trigger, random);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String label = data.target(target);
        NaiveBayes model = new NaiveBayes(data, label);
        int[] drawn = data.draw(seed, row -> Labels.CLEAN.take(row, label));
        double[] sure = IntStream.of(drawn)
                .mapToDouble(row -> sureness(model, data.rows().get(row)))
                .toArray();
        int[] victims = IntStream.range(0, drawn.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> sure[i]))
                .mapToInt(i -> drawn[i])
                .toArray();
        return planned(seed, label, victims);
    }

    private static double sureness(NaiveBayes model, Example row) {
        return model.without(row);
    }
}
