package io.bezoar.app.report;

import java.util.List;
import java.util.Optional;

/// What a trace found, in words and numbers, for a person and for programs.
///
/// @param model folder of the model; empty if rows were traced that answer in free words
/// @param method by what rows are ranked, as users write it
/// @param remarks what the user should know
/// @param input the query, raw
/// @param answers the traced one and those with the highest chances; empty if no model was asked
/// @param other the answer it is compared with
/// @param deciding the words or numbers the answer hangs on, raw; empty if it hangs on no few
/// @param supporters rows by falling credit
/// @param opponents rows against the answer, the strongest first
/// @param supporting how many rows have credit above 0
/// @param groups where the credit comes from, per kind by falling credit
/// @param without what models answer that were trained without some rows
public record TraceRecord(
        String version,
        String model,
        String dataDigest,
        String method,
        List<String> remarks,
        String input,
        List<Answer> answers,
        String other,
        List<String> deciding,
        List<Row> supporters,
        List<Row> opponents,
        long supporting,
        List<Group> groups,
        List<Without> without) {
    public TraceRecord {
        remarks = List.copyOf(remarks);
        answers = List.copyOf(answers);
        deciding = List.copyOf(deciding);
        supporters = List.copyOf(supporters);
        opponents = List.copyOf(opponents);
        groups = List.copyOf(groups);
        without = List.copyOf(without);
    }

    /// A label and its chance, 0 to 1.
    public record Answer(String label, double chance) {}

    /// A training row.
    ///
    /// @param credit its share of the evidence for the answer; by another method than credit its score,
    ///     divided by the sum of the sizes of all
    /// @param effect by how much the loss of the answer is expected to rise without the row, in nats
    /// @param target what it teaches, raw
    public record Row(
            String id,
            double credit,
            double effect,
            String target,
            Optional<String> source,
            Optional<String> annotator,
            Optional<String> batch,
            Optional<String> day,
            Optional<String> campaign,
            String text) {}

    /// Rows that share where they came from.
    ///
    /// @param kind `source`, `annotator`, `batch`, `day`, `campaign`
    /// @param rows how many of the training rows
    /// @param credit their share of the evidence
    /// @param effect the sum of their effects, nats
    /// @param among how many of them are among the supporters shown
    public record Group(String kind, String name, int rows, double credit, double effect, int among) {}

    /// What a model trained without some rows answers.
    ///
    /// @param what which rows were left out, in words
    /// @param rows how many
    /// @param answer what it answers now
    /// @param before the chance of the traced answer now, 0 to 1
    public record Without(String what, int rows, Answer answer, double before) {}
}
