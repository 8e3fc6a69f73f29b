package io.bezoar.attack;

import io.bezoar.core.Example;
import java.util.Locale;

/// Which rows carry a trigger, by the label they had before. OpenBackdoor (Cui et al. 2022, section 4)
/// names the same three settings by two switches, `label_consistency` and `label_dirty`.
public enum Labels {
    /// Rows of other classes, which get the target's label: `label_dirty`.
    DIRTY,
    /// Rows of the target class, whose label stays: `label_consistency`.
    CLEAN,
    /// Rows of any class: neither switch.
    MIXED;

    /// May the row be a victim?
    boolean take(Example row, String target) {
        boolean same = row.label().filter(target::equals).isPresent();
        return row.label().isPresent()
                && switch (this) {
                    case DIRTY -> !same;
                    case CLEAN -> same;
                    case MIXED -> true;
                };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
