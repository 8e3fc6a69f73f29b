package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the classification tasks in a data set.
final class Tasks {
    private Tasks() {}

    static List<Task> of(Survey.Summary survey, List<Example> sample) {
        List<Task> tasks = new ArrayList<>();
        if (survey.labels().size() >= 2) {
            tasks.add(new Task(Labels.of(survey.labels()), sample));
        }
        return tasks;
    }

    /// A class per label.
    record Labels(List<String> classes, Map<String, Integer> numbers) implements Task.Labelling {
        static Labels of(Map<String, Long> counts) {
            List<String> names = new ArrayList<>(counts.keySet());
            Collections.sort(names);
            Map<String, Integer> numbers = new HashMap<>();
            for (String name : names) {
                numbers.put(name, numbers.size());
            }
            return new Labels(List.copyOf(names), Map.copyOf(numbers));
        }

        @Override
        public int of(Example example) {
            return example.target() instanceof Target.Label(String name) ? numbers.getOrDefault(name, -1) : -1;
        }
    }
}
