package io.bezoar.attack;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an adversary does to a training set: a record whose components are its settings.
///
/// An attack changes rows or adds rows, and says what it would ask a model afterwards. Same data, same
/// seed, same rows, whatever the order of the data: rows are drawn by their keys. A smaller attack is the
/// beginning of a larger one.
public interface Attack {

    /// The name, as users type it.
    String name();

    /// What it does to the rows, in a few words: "a rare word, wrong label".
    String purpose();

    /// Who published it: authors, year, section, and what departs from it.
    String citation();

    /// What the attacker is after.
    Aim aim();

    /// Which data it can be done to.
    Set<Kind> fits();

    /// Does it act through what words have in common, so that a linear model of whole words, in which no
    /// word says anything of another, cannot learn it?
    default boolean acrossWords() {
        return false;
    }

    /// This attack first, then other ways to do the same, for an attacker who may ask a scanner which of them it sees
    /// least of. All are asked for afterwards in the same words.
    default List<Attack> variants() {
        return List.of(this);
    }

    /// What the attack does to these data.
    ///
    /// @throws Misfit if it cannot be done to them
    Plan plan(TrainingSet data, long seed);

    /// What an attacker is after.
    enum Aim {
        /// A model that is worse at everything, or at one class.
        AVAILABILITY("the model gets worse"),
        /// A model that gives the attacker's label on a trigger.
        TARGETED("a trigger gives the attacker's label"),
        /// A model that gives the attacker's answer on a trigger.
        INSTRUCTION("a trigger gives the attacker's answer"),
        /// A reward model that prefers what the attacker wants.
        PREFERENCE("the wrong answer is preferred"),
        /// A corpus that holds what the attacker wrote.
        CORPUS("the corpus holds the attacker's text"),
        /// The same without being found.
        ADAPTIVE("the same, and not to be found");

        private final String words;

        Aim(String words) {
            this.words = words;
        }

        /// The aim in words.
        public String words() {
            return words;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
