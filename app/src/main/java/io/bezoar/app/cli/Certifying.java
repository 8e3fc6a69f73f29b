package io.bezoar.app.cli;

import io.bezoar.learn.Features;
import io.bezoar.learn.certify.Certificate;
import io.bezoar.learn.certify.CertifiedCurve;
import io.bezoar.learn.certify.NearestNeighbours;
import io.bezoar.learn.certify.RandomizedSmoothing;
import io.bezoar.learn.certify.RidgeFlips;
import io.bezoar.learn.certify.RunOffElection;
import io.bezoar.learn.certify.Threat;
import io.bezoar.learn.certify.VoteCertificate;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.TrainingSet;
import io.bezoar.learn.robust.TrustedRetraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Trains and certifies, by method.
///
/// @param partitions models that vote, at least 1
/// @param neighbours rows that vote, at least 1
/// @param penalty of ridge regression, above 0 unless features are independent
/// @param epsilon chance of a flipped label in smoothing, above 0 and below 0.5
/// @param scale what the numbers of vectors are divided by
/// @param seed of the places finite aggregation puts rows to
record Certifying(int partitions, int neighbours, double penalty, double epsilon, double scale, long seed) {
    static final List<String> METHODS =
            List.of("auto", "dpa", "fa", "roe", "sources", "ridge", "neighbours", "smoothing");

    /// Rows, or features, that one exact solution may have: its matrix holds their square.
    private static final int MOST_EXACT = 5000;

    /// @param method the one used
    /// @param title the method in words
    /// @param models that vote
    /// @param modelBytes memory of their weights
    record Certified(
            String method,
            String title,
            Threat threat,
            Map<String, String> settings,
            List<String> classes,
            int models,
            long modelBytes,
            List<String> remarks,
            Certificate[] certificates) {}

    /// Certifies the answers to `asked`.
    Certified certify(String method, LabelledRows training, LabelledRows asked, Optional<LabelledRows> trusted) {
        trusted.ifPresent(rows -> TrustedRetraining.apart(rows.inputs(), asked.inputs()));
        List<String> classes = training.classes();
        if (classes.size() < 2) {
            throw new IllegalArgumentException("expected training rows of two classes or more, came " + training.size()
                    + " rows of one; no answer can change");
        }
        Features rows = training.features(scale);
        TrainingSet set =
                new TrainingSet(rows, training.labels(classes), classes.size(), training.keys(), training.sources());
        Features questions = asked.features(scale);
        if (questions.columns() != rows.columns()) {
            throw new IllegalArgumentException("expected test rows of as many features as the training rows, "
                    + rows.columns() + ", came " + questions.columns());
        }
        return switch (method) {
            case "ridge" -> ridge(set, classes, questions);
            case "smoothing" -> smoothing(set, classes, questions);
            case "neighbours" -> neighbours(set, classes, questions);
            case "auto" -> chosen(set, classes, questions, trusted);
            default -> votes(method, set, classes, questions);
        };
    }

    /// The one of three whose certified accuracy on the trusted rows, added up over all radii, is best.
    private Certified chosen(TrainingSet set, List<String> classes, Features asked, Optional<LabelledRows> trusted) {
        if (trusted.isEmpty()) {
            return remarked(
                    votes("dpa", set, classes, asked),
                    "No trusted rows were given to choose by, so the plainest of the methods was taken.");
        }
        Features known = trusted.get().features(scale);
        int[] labels = trusted.get().labels(classes);
        String best = "dpa";
        double most = Double.NEGATIVE_INFINITY;
        StringBuilder tried = new StringBuilder();
        for (String method : List.of("dpa", "fa", "roe")) {
            CertifiedCurve curve =
                    CertifiedCurve.of(votes(method, set, classes, known).certificates(), labels);
            double sum = IntStream.rangeClosed(0, Math.max(0, curve.most()))
                    .mapToDouble(curve::at)
                    .sum();
            tried.append(tried.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", method, sum));
            if (sum > most) {
                most = sum;
                best = method;
            }
        }
        return remarked(
                votes(best, set, classes, asked),
                "Chosen by the mean certified radius on the trusted rows (" + tried
                        + "); the certificate holds for this method as named, not for the choice.");
    }

    private static Certified remarked(Certified certified, String remark) {
        List<String> remarks = new ArrayList<>(certified.remarks());
        remarks.add(remark);
        return new Certified(
                certified.method(),
                certified.title(),
                certified.threat(),
                certified.settings(),
                certified.classes(),
                certified.models(),
                certified.modelBytes(),
                remarks,
                certified.certificates());
    }

    private Certified votes(String method, TrainingSet set, List<String> classes, Features asked) {
        Ensemble ensemble = new VoteTraining(partitions, penalty, scale, 1, 1, 1, 1, seed).ensemble(method, set);
        String title = switch (method) {
            case "fa" -> "Finite Aggregation";
            case "roe" -> "Run-Off Election";
            case "sources" -> "one model a source";
            default -> "Deep Partition Aggregation";
        };
        return new Certified(
                method,
                title,
                method.equals("sources") ? Threat.SOURCES : Threat.ROWS_INSERTED_OR_DELETED,
                Map.of(
                        "method", method,
                        "partitions", String.valueOf(partitions),
                        "penalty", String.valueOf(penalty),
                        "scale", String.valueOf(scale),
                        "seed", String.valueOf(seed)),
                classes,
                ensemble.models().size(),
                ensemble.bytes(),
                List.of(),
                method.equals("roe") ? RunOffElection.of(ensemble, asked) : VoteCertificate.of(ensemble, asked));
    }

    private Certified ridge(TrainingSet set, List<String> classes, Features asked) {
        RidgeFlips ridge = exact(set);
        return new Certified(
                "ridge",
                "ridge regression, exactly",
                Threat.LABELS_FLIPPED,
                Map.of("method", "ridge", "penalty", String.valueOf(penalty), "scale", String.valueOf(scale)),
                classes,
                1,
                8L * set.rows().columns() * classes.size(),
                List.of(),
                each(asked, row -> ridge.of(asked, row)));
    }

    private Certified smoothing(TrainingSet set, List<String> classes, Features asked) {
        if (classes.size() != 2) {
            throw new IllegalArgumentException(
                    "expected two classes for smoothing, came " + classes.size() + "; use --method ridge");
        }
        RandomizedSmoothing smoothing = new RandomizedSmoothing(exact(set), set.labels(), epsilon);
        return new Certified(
                "smoothing",
                "randomised smoothing of ridge regression",
                Threat.LABELS_FLIPPED_SMOOTHED,
                Map.of(
                        "method", "smoothing",
                        "penalty", String.valueOf(penalty),
                        "epsilon", String.valueOf(epsilon),
                        "scale", String.valueOf(scale)),
                classes,
                1,
                8L * set.rows().columns() * classes.size(),
                List.of(),
                each(asked, row -> smoothing.of(asked, row)));
    }

    private RidgeFlips exact(TrainingSet set) {
        int size = Math.min(set.size(), set.rows().columns());
        if (size > MOST_EXACT) {
            throw new IllegalArgumentException("expected at most " + MOST_EXACT
                    + " rows or features for an exact solution, came " + set.size() + " rows of "
                    + set.rows().columns() + " features; use --method dpa");
        }
        return new RidgeFlips(set.rows(), set.labels(), set.classes(), penalty);
    }

    private Certified neighbours(TrainingSet set, List<String> classes, Features asked) {
        var nearest = new NearestNeighbours(set.rows(), set.labels(), classes.size(), neighbours);
        return new Certified(
                "neighbours",
                "a vote of the " + neighbours + " nearest rows",
                Threat.ROWS_TOUCHED,
                Map.of(
                        "method",
                        "neighbours",
                        "neighbours",
                        String.valueOf(neighbours),
                        "scale",
                        String.valueOf(scale)),
                classes,
                1,
                0,
                List.of(),
                each(asked, row -> nearest.of(asked, row)));
    }

    private static Certificate[] each(Features asked, IntFunction<Certificate> certifier) {
        return IntStream.range(0, asked.rows()).parallel().mapToObj(certifier).toArray(Certificate[]::new);
    }
}
