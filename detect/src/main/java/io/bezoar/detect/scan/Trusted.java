package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Together;
import io.bezoar.detect.survey.Survey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Rows that the user vouches for, read beside the rows to scan.
///
/// Detectors and surrogates learn from both, mixed, and are never told which is which: by the law that
/// the order and the ids of rows change nothing, a trusted row and an honest scanned row are then treated
/// alike, and the rank of one among the others tells something ([io.bezoar.learn.evidence.Conformal]). A
/// trusted row that is among the scanned rows is learned from once.
public final class Trusted {
    /// Fewer rows measure nothing.
    public static final int LEAST = 50;

    private final Source<Example> rows;
    private final Survey.Summary survey;
    private final long[] contents;

    /// Rows without their origin: who vouches for them is no source among others.
    public static Source<Example> plain(Source<Example> rows) {
        return () -> rows.parts().stream().map(Plain::new).toList();
    }

    private record Plain(Part<Example> part) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            Stream<Example> examples = part.open();
            return examples.map(example -> example.from(Origin.UNKNOWN));
        }
    }

    /// The trusted rows cannot serve. The message is one sentence.
    public static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    private Trusted(Source<Example> rows, Survey.Summary survey, long[] contents) {
        this.rows = rows;
        this.survey = survey;
        this.contents = contents;
    }

    /// Reads the trusted rows once.
    ///
    /// @param rows without origins
    static Trusted read(Source<Example> rows, Engine engine) {
        Survey survey = new Survey();
        Fold<Example, Numbers> contents = new Gathering(Example::content);
        Together.Summaries read = engine.fold(rows, new Together<>(List.of(survey, contents)));
        return new Trusted(
                rows,
                read.take(survey, 0),
                Arrays.stream(read.take(contents, 1).longs()).distinct().toArray());
    }

    /// Finds the scanned rows that are trusted, by their contents.
    Fold<Example, Numbers> overlap() {
        long[] known = contents;
        return new Gathering(example -> example.content(), example -> within(known, example.content()));
    }

    private static boolean within(long[] ascending, long number) {
        return Arrays.binarySearch(ascending, number) >= 0;
    }

    /// Both sets, with what they share.
    ///
    /// @param seen of the scanned rows
    /// @param shared what [#overlap] found
    /// @throws Unfit if the trusted rows cannot serve
    Mixture with(Source<Example> scanned, Survey.Summary seen, Numbers shared, Engine engine) {
        check(seen, shared);
        long[] both = Arrays.stream(shared.longs()).distinct().toArray();
        Source<Example> fresh = () ->
                rows.parts().stream().map(part -> new Chosen(part, both, false)).toList();
        List<Part<Example>> all = new ArrayList<>(scanned.parts());
        all.addAll(fresh.parts());
        long[] keys = engine.fold(fresh, new Gathering(Example::key)).longs();
        return new Mixture(this, () -> all, keys, survey.rows(), shared.longs().length);
    }

    private void check(Survey.Summary seen, Numbers shared) {
        if (survey.rows() == 0) {
            throw new Unfit("the trusted set has no rows; give --trusted a file with rows that you vouch for");
        }
        if (survey.rows() < LEAST) {
            throw new Unfit("the trusted set has " + survey.rows() + " rows, but at least " + LEAST
                    + " are needed to measure others by; give more, or scan without --trusted");
        }
        if (!shape(survey).equals(shape(seen))) {
            throw new Unfit("the trusted set holds " + String.join(", ", shape(survey)) + ", the scanned set "
                    + String.join(", ", shape(seen)) + "; both must hold the same");
        }
        if (!survey.labels().isEmpty()
                && survey.labels().keySet().stream()
                        .noneMatch(label -> seen.labels().containsKey(label))) {
            throw new Unfit("no label of the trusted set occurs in the scanned set; both must have the same labels");
        }
        if (shared.longs().length == seen.rows()) {
            throw new Unfit("every row of the scanned set is in the trusted set, so nothing is left to judge; give"
                    + " --trusted other rows");
        }
    }

    /// What rows hold, in words, the inputs first.
    private static List<String> shape(Survey.Summary rows) {
        TreeSet<Integer> lengths = new TreeSet<>();
        rows.sample().examples().forEach(row -> lengths.add(row.vector().length));
        List<String> shape = new ArrayList<>();
        if (rows.texts() > 0) {
            shape.add("texts");
        }
        if (rows.vectors() > 0) {
            shape.add("vectors of " + lengths.last() + " numbers");
        }
        if (rows.responses() > 0) {
            shape.add("answers");
        }
        if (rows.preferences() > 0) {
            shape.add("preferred answers");
        }
        if (rows.rows() > rows.answers() + rows.absent()) {
            shape.add("labels");
        }
        if (rows.rows() == rows.absent()) {
            shape.add("no targets");
        }
        return shape;
    }

    /// Only those examples of a part whose content is among the given ones, or only the others.
    private record Chosen(Part<Example> part, long[] contents, boolean among) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            Stream<Example> examples = part.open();
            return examples.filter(example -> within(contents, example.content()) == among);
        }
    }

    /// Scanned and trusted rows together.
    ///
    /// @param all the scanned rows, then the trusted ones that are not among them
    /// @param keys of these trusted ones, ascending
    /// @param vouched how many trusted rows there are
    /// @param shared how many scanned rows are among them
    record Mixture(Trusted trusted, Source<Example> all, long[] keys, long vouched, long shared) {
        /// The trusted rows; those that were scanned as they stand there.
        Source<Example> measure() {
            return () -> all.parts().stream()
                    .map(part -> new Chosen(part, trusted.contents, true))
                    .toList();
        }

        /// What is to be said of it.
        Remark remark() {
            return new Remark(
                    "trusted",
                    Severity.LOW,
                    vouched + " trusted rows served as a measure"
                            + (shared == 0
                                    ? "."
                                    : "; " + shared + (shared == 1 ? " scanned row is" : " scanned rows are")
                                            + " among them and are learned from once."));
        }

        /// Is it a row to scan?
        boolean scanned(Example example) {
            return !within(keys, example.key());
        }

        /// The candidate without its trusted rows.
        Candidate scanned(Candidate candidate) {
            return candidate.with(Arrays.stream(candidate.members())
                    .filter(key -> !within(keys, key))
                    .toArray());
        }

        /// The scores of all trusted rows by one detector.
        double[] scores(Outcome.Scorer scorer, Engine engine) {
            return Arrays.stream(
                            engine.fold(measure(), new Gathering(row -> Double.doubleToLongBits(scorer.score(row))))
                                    .longs())
                    .mapToDouble(Double::longBitsToDouble)
                    .toArray();
        }
    }
}
