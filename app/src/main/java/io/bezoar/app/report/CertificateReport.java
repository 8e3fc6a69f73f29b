package io.bezoar.app.report;

import io.bezoar.learn.certify.CertifiedCurve;
import io.bezoar.learn.certify.Threat;
import java.util.List;
import java.util.SortedMap;

/// Certificates of the answers to a test set, with all that is needed to read them.
///
/// @param version of Bezoar
/// @param method as `--method` names it
/// @param title the method in words
/// @param settings that decide the result, by option
/// @param threat what an attacker may do, and what radii count
/// @param trainRows rows that may be poisoned
/// @param classes number of classes
/// @param models number of models that vote; 1 for a single one
/// @param modelBytes memory of the weights of all models, in bytes
/// @param remarks each one sentence
/// @param answers of each test row, in file order
public record CertificateReport(
        String version,
        String method,
        String title,
        SortedMap<String, String> settings,
        Threat threat,
        long trainRows,
        int classes,
        int models,
        long modelBytes,
        List<String> remarks,
        List<Answer> answers) {
    public CertificateReport {
        remarks = List.copyOf(remarks);
        answers = List.copyOf(answers);
    }

    /// The answer to one test row. Texts are raw and hostile.
    ///
    /// @param id of the row
    /// @param label what the test set says
    /// @param answer what the model says
    /// @param radius how much poison the answer withstands
    public record Answer(String id, String label, String answer, int radius) {
        /// Is the answer right?
        public boolean right() {
            return label.equals(answer);
        }
    }

    /// Certified accuracy.
    public CertifiedCurve curve() {
        return new CertifiedCurve(answers.stream()
                .mapToInt(answer -> answer.right() ? answer.radius() : -1)
                .toArray());
    }
}
