package io.bezoar.app.cli;

import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.RowIds;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;
import io.bezoar.learn.certify.VotingModel;
import io.bezoar.learn.robust.HashedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Rows with labels, read into memory.
///
/// @param what the rows are, for sentences: `the training rows`
/// @param rows in file order, each with a label
/// @param ids of the rows
record LabelledRows(String what, List<Example> rows, List<String> ids) {
    /// Reads them all. A row that cannot be read, or has no label, is an error: what is certified is
    /// what was read.
    ///
    /// @throws BadInput with one sentence
    static LabelledRows read(String what, List<String> paths, ReadSettings settings) {
        List<Example> rows = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (DataSet data = DataSet.open(paths, settings)) {
            RowIds names = RowIds.of(new LocalEngine(1).fold(data, RowIds.fold()));
            for (Part<Example> part : data.parts()) {
                try (Stream<Example> open = part.open()) {
                    open.forEachOrdered(row -> {
                        rows.add(row);
                        ids.add(names.of(row));
                    });
                }
            }
            for (Problems.Kind kind : List.of(Problems.Kind.ROW, Problems.Kind.UNREAD)) {
                Problems.Some some = data.problems().of(kind);
                if (some.count() > 0) {
                    Malformed first = some.samples().getFirst();
                    throw new BadInput("expected " + what + " to be readable, but \"" + first.file() + "\" line "
                            + first.line() + " is not: " + first.problem() + "; mend or remove it");
                }
            }
        }
        return of(what, rows, ids);
    }

    /// Rows that were read already.
    ///
    /// @throws BadInput if there are none, or one has no label
    static LabelledRows of(String what, List<Example> rows, List<String> ids) {
        if (rows.isEmpty()) {
            throw new BadInput("expected " + what + ", came none; name a file that has rows");
        }
        long without = rows.stream().filter(row -> row.label().isEmpty()).count();
        if (without > 0) {
            throw new BadInput("expected a label in each of " + what + ", but " + without + " of " + rows.size()
                    + " rows have none; say which column it is with --map label=COLUMN");
        }
        return new LabelledRows(what, rows, ids);
    }

    /// Number of rows.
    int size() {
        return rows.size();
    }

    /// The label of a row.
    String label(int row) {
        return rows.get(row).label().orElseThrow();
    }

    /// The labels that occur, sorted.
    List<String> classes() {
        return rows.stream()
                .map(row -> row.label().orElseThrow())
                .distinct()
                .sorted()
                .toList();
    }

    /// The place of each row's label among `classes`, -1 for one that is not there.
    int[] labels(List<String> classes) {
        Map<String, Integer> places = new HashMap<>();
        for (String label : classes) {
            places.put(label, places.size());
        }
        return rows.stream()
                .mapToInt(row -> places.getOrDefault(row.label().orElseThrow(), -1))
                .toArray();
    }

    /// Content keys.
    long[] keys() {
        return rows.stream().mapToLong(Example::key).toArray();
    }

    /// 64 bits of what each row gives a model.
    long[] inputs() {
        return rows.stream().mapToLong(Example::inputHash).toArray();
    }

    /// The number of each row's source, in the order of their names; empty if a row names none.
    int[] sources() {
        if (rows.stream().anyMatch(row -> row.origin().source().isEmpty())) {
            return new int[0];
        }
        List<String> names = rows.stream()
                .map(row -> row.origin().source().orElseThrow())
                .distinct()
                .sorted()
                .toList();
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
        return rows.stream()
                .mapToInt(row -> places.get(row.origin().source().orElseThrow()))
                .toArray();
    }

    /// Features that depend on each row alone: its vector, or its text where the data hold no vectors.
    ///
    /// @param scale what the numbers of a vector are divided by
    Features features(double scale) {
        return features(input(HashedText.COLUMNS, scale));
    }

    /// What features the rows can have.
    ///
    /// @param hashed how many features a text has
    VotingModel.Input input(int hashed, double scale) {
        boolean text = rows.stream().noneMatch(row -> row.vector().length > 0);
        return new VotingModel.Input(text, text ? hashed : rows.getFirst().vector().length, scale);
    }

    /// The features that a model wants.
    Features features(VotingModel.Input input) {
        if (input.text()) {
            return HashedText.of(rows.stream().map(Example::tokens).toList(), input.columns());
        }
        double[][] numbers = new double[rows.size()][input.columns()];
        for (int row = 0; row < numbers.length; row++) {
            float[] vector = rows.get(row).vector();
            if (vector.length != input.columns()) {
                throw new IllegalArgumentException("expected a vector of " + input.columns() + " numbers in each of "
                        + what + ", came one of " + vector.length + " in row " + (row + 1));
            }
            for (int j = 0; j < vector.length; j++) {
                if (!Float.isFinite(vector[j])) {
                    throw new IllegalArgumentException("expected finite numbers in each of " + what + ", came "
                            + vector[j] + " in row " + (row + 1) + "; mend or remove it");
                }
                numbers[row][j] = vector[j] / input.scale();
            }
        }
        return DenseFeatures.of(numbers);
    }
}
