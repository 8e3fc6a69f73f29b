package io.bezoar.detect.survey;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.detect.language.Bursts;
import io.bezoar.detect.refrains.Callers;
import io.bezoar.learn.LanguageModel;
import io.bezoar.learn.TextEmbedding;
import java.util.List;
import java.util.Optional;

/// What the surveyed detectors build on: the survey, its sample, and the tasks with their cross-fitted
/// surrogates.
///
/// @param survey what the first pass saw
/// @param sample the survey's sample, by ascending key
/// @param callers rows that call for refrains of answers, beside the sample
/// @param tasks what the texts of the data teach
/// @param vectors what the vectors of the data teach, if there are any
/// @param preferences the pairs of answers and their cross-fitted reward, if there are enough
/// @param bursts tells stretches of text that read like nothing else in the data
/// @param embeddings where the sampled texts lie by what they mean, if that was asked for
/// @param model reads answers, if one was given
/// @param strange keys of the sampled rows whose texts hold one, ascending
public record Foundation(
        Survey.Summary survey,
        List<Example> sample,
        Callers callers,
        List<Task> tasks,
        Optional<VectorTask> vectors,
        Optional<Preferences> preferences,
        Bursts bursts,
        Optional<Embeddings> embeddings,
        Optional<LanguageModel> model,
        long[] strange) {

    /// A data set of more rows is large: what can be left to fewer rows or fewer models, is.
    private static final long LARGE = 250_000;
    /// Sampled rows that groups are looked for in, of a large data set.
    private static final int FEWER = 6_000;

    /// Are there so many rows that time is to be spared?
    public boolean large() {
        return survey.rows() > LARGE;
    }

    /// How many sampled rows groups are looked for in.
    public int searched() {
        return large() ? Math.min(FEWER, sample.size()) : sample.size();
    }

    /// The same with fewer sampled rows if the data set is large: enough to look for groups in, whose rows are then
    /// counted in all the data. Decision 65 has what it costs.
    public Foundation sparing() {
        int rows = searched();
        return rows < sample.size()
                ? new Foundation(
                        survey,
                        sample.subList(0, rows),
                        callers,
                        tasks.stream().map(task -> sparing(task, rows)).toList(),
                        vectors,
                        preferences,
                        bursts,
                        embeddings,
                        model,
                        strange)
                : this;
    }

    /// Of what answers hold, the rows that call for refrains stand behind the sample: they are all kept.
    private Task sparing(Task task, int rows) {
        return task.labelling().closed() || callers.rows().isEmpty() ? task.first(rows) : task;
    }

    /// The task that a candidate's target belongs to, if there is one.
    public Optional<Task> task(Candidate candidate) {
        return tasks.stream()
                .filter(task -> candidate
                        .target()
                        .map(target -> task.labelling().classes().contains(target))
                        .orElse(task.labelling().closed()))
                .findFirst();
    }

    /// Trains the surrogates on the survey's sample, on the caller's fork-join pool.
    public static Foundation of(Survey.Summary survey) {
        return of(survey, Callers.NONE, Optional.empty(), Optional.empty());
    }

    /// Trains the surrogates on the survey's sample and places its texts, on the caller's fork-join pool. Rows that
    /// have vectors of their own keep them, and none is placed.
    ///
    /// @param callers rows that call for refrains of answers, beside the sample
    /// @param embedding places texts
    /// @param model reads answers, when a detector asks
    public static Foundation of(
            Survey.Summary survey, Callers callers, Optional<TextEmbedding> embedding, Optional<LanguageModel> model) {
        List<Example> sample = survey.sample().examples();
        Bursts bursts = Bursts.of(sample);
        long[] strange = bursts.strange(sample);
        Optional<Embeddings> embeddings =
                embedding.filter(_ -> survey.vectors() == 0).map(places -> Embeddings.of(sample, places));
        return new Foundation(
                survey,
                sample,
                callers,
                survey.texts() == 0 ? List.of() : Tasks.of(survey, sample, callers, bursts, strange),
                VectorTask.of(survey, placed(sample, embeddings)),
                Preferences.of(sample),
                bursts,
                embeddings,
                model,
                strange);
    }

    private static List<Example> placed(List<Example> sample, Optional<Embeddings> embeddings) {
        return embeddings
                .map(places ->
                        sample.stream().map(row -> row.placed(places.of(row))).toList())
                .orElse(sample);
    }

    /// The sampled documents without a target that have a vector, of their own or by an embedding.
    public List<Example> placedDocuments() {
        return placed(sample, embeddings).stream()
                .filter(row -> row.target() instanceof Target.Absent && row.vector().length > 0)
                .toList();
    }

    /// Is the sample the whole data set?
    public boolean whole() {
        return sample.size() == survey.rows();
    }
}
