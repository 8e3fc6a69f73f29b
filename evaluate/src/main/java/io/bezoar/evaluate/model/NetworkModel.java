package io.bezoar.evaluate.model;

import io.bezoar.learn.network.SubwordNetwork;
import io.bezoar.learn.network.Subwords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network over word vectors: it answers the label with the highest chance, and its hidden units are
/// its activations.
///
/// @param name who it is, for the record
/// @param labels what it can answer, by class
public record NetworkModel(String name, SubwordNetwork network, List<String> labels) implements Model, Activations {
    public NetworkModel {
        labels = List.copyOf(labels);
        if (labels.size() != network.layers().classes()) {
            throw new IllegalArgumentException("expected " + network.layers().classes()
                    + " labels for a network of as many classes, came " + labels.size());
        }
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) {
        Map<String, Answer> answers = LinkedHashMap.newLinkedHashMap(questions.size());
        int[] best = questions.parallelStream()
                .mapToInt(question -> network.answer(Subwords.words(question.input())))
                .toArray();
        for (int i = 0; i < best.length; i++) {
            answers.put(questions.get(i).id(), new Answer.Given(labels.get(best[i])));
        }
        return answers;
    }

    @Override
    public Map<String, double[]> activations(List<Question> questions) {
        Map<String, double[]> all = LinkedHashMap.newLinkedHashMap(questions.size());
        questions.forEach(question -> all.put(question.id(), network.hidden(Subwords.words(question.input()))));
        return all;
    }
}
