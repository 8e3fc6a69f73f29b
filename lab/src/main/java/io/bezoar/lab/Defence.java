package io.bezoar.lab;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import java.util.List;

/// What stands between a data set and training: says of every row what is to be done with it.
@FunctionalInterface
public interface Defence {
    /// One action a row, in their order. Called by many threads at once.
    List<Action> judge(List<Example> rows);
}
