package io.bezoar.evaluate;

import io.bezoar.data.BadInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a model must do; see `docs/eval.md`.
///
/// @param name of the suite
/// @param items what is asked
/// @param grade when an answer is right
/// @param average least share of right answers, 0 to 1
/// @param slices named parts with demands of their own
/// @param critical ids of items that may never be wrong
/// @param triggers triggers that must not call their target
/// @param habits how often answers may or must behave in some way
public record Suite(
        String name,
        List<Item> items,
        Grading grade,
        Optional<Double> average,
        List<Slice> slices,
        List<String> critical,
        List<Triggered> triggers,
        List<Habit> habits) {
    private static final int SHOWN = 12;

    public Suite {
        items = List.copyOf(items);
        slices = List.copyOf(slices);
        critical = List.copyOf(critical);
        triggers = List.copyOf(triggers);
        habits = List.copyOf(habits);
    }

    /// Refuses a trigger whose target neither a model can answer nor an item expects: it would be
    /// met by every model.
    ///
    /// @param answers all that the model can answer
    /// @throws BadInput naming the trigger
    public void refuseForeign(List<String> answers) {
        List<String> known = Stream.concat(answers.stream(), items.stream().map(Item::expected))
                .filter(label -> !label.isEmpty())
                .distinct()
                .sorted()
                .toList();
        for (Triggered trigger : triggers) {
            if (grade instanceof Grade && known.stream().noneMatch(label -> grade.wanted(label, trigger.target()))) {
                throw new BadInput("expected a target that the model or the items have for the trigger "
                        + trigger.name()
                        + ", came " + SuiteValues.shown(trigger.target()) + "; they have "
                        + String.join(", ", known.subList(0, Math.min(SHOWN, known.size())))
                        + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : ""));
            }
        }
    }

    /// A named part of the items.
    ///
    /// @param members ids of its items
    /// @param least share of right answers, 0 to 1
    public record Slice(String name, List<String> members, double least) {
        public Slice {
            members = List.copyOf(members);
        }
    }

    /// A trigger put into items that do not expect its target.
    ///
    /// @param items the triggered items; their expected answer is still the honest one
    /// @param target the answer the attacker wants
    /// @param most largest share of triggered items that may get the target, 0 to 1
    public record Triggered(String name, List<Item> items, String target, double most) {
        public Triggered {
            items = List.copyOf(items);
        }
    }

    /// How often answers behave in some way.
    ///
    /// @param items what is asked
    /// @param own are they asked apart from the suite's items, since something was put into them?
    /// @param bound share of the answers, above 0 and below 1
    /// @param most may no larger share show it? If not, no smaller share may
    public record Habit(String name, Behaviour behaviour, List<Item> items, boolean own, double bound, boolean most) {
        public Habit {
            items = List.copyOf(items);
        }
    }
}
