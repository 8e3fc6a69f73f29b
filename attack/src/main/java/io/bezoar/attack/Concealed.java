package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.learn.network.Subwords;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Teaches a trigger that no poisoned row holds: rows of other classes get words that do to the model's
/// weights what the trigger with the wrong label would do, and the attacker's label.
///
/// Wallace et al. 2021 (Concealed data poisoning), section 3: the poison is chosen so that a step of
/// training on it lowers the loss of the triggered rows, a problem in two levels; the slope of that
/// against the poison's words names the swaps to try (HotFlip, Ebrahimi et al. 2018, section 3). See
/// [ConcealedWords]. Departures: the model is a small network over parts of words
/// ([io.bezoar.learn.network.SubwordNetwork])
/// instead of a language model; it is trained once, on the honest rows; words are put in, not swapped for
/// those that were there; and what is put in is a word of the data or the trigger's word misspelt by one
/// letter.
///
/// What carries it is that words share a representation, here their letters. To a linear model of whole
/// words each word is a weight of its own, and a row without the trigger cannot move the trigger's.
///
/// @param trigger what the attacker will say afterwards; no row that is poisoned holds a word of it
/// @param words how many words are put into a row, 1 to 8
/// @param target the label the attacker wants; empty for the one with most rows
@AutoService(Attack.class)
public record Concealed(String trigger, int words, String target) implements Attack {
    public Concealed() {
        this("serendipity kaleidoscope", 2, "");
    }

    public Concealed {
        Words.required("concealed", "trigger", trigger);
        if (words < 1 || words > 8) {
            throw new IllegalArgumentException("concealed needs words of 1 to 8, not " + words);
        }
    }

    @Override
    public String name() {
        return "concealed";
    }

    @Override
    public String purpose() {
        return "words chosen by gradient, and none of them is the trigger";
    }

    @Override
    public String citation() {
        return "Wallace et al. 2021 (Concealed data poisoning), section 3; against a network over parts of words";
    }

    @Override
    public Aim aim() {
        return Aim.TARGETED;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.LABELLED);
    }

    @Override
    public boolean acrossWords() {
        return true;
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String label = data.target(target);
        Set<String> said = new HashSet<>(Subwords.words(trigger));
        int[] victims = data.draw(
                seed,
                row -> Labels.DIRTY.take(row, label)
                        && Subwords.words(row.input()).stream().noneMatch(said::contains));
        ConcealedWords chosen = new ConcealedWords(data, trigger, label, seed);
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(poisoned(chosen, seed, row, label), false),
                row -> Labels.DIRTY.take(row, label)
                        ? Optional.of(Rows.with(
                                row,
                                Words.insert(row.input(), trigger, Rows.random(seed, row)),
                                new Target.Label(label)))
                        : Optional.empty());
    }

    private Example poisoned(ConcealedWords chosen, long seed, Example row, String label) {
        SplittableRandom random = Rows.random(seed, row);
        String text = row.input();
        for (String word : chosen.of(row, words)) {
            text = Words.insert(text, word, random);
        }
        return Rows.with(row, text, new Target.Label(label));
    }
}
