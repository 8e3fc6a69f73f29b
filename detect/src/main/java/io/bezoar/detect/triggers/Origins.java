package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.pieces.Piece;
import io.bezoar.detect.pieces.PieceSearch;
import io.bezoar.detect.pieces.Scatter;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where the rows of a pattern come from; asked where "anything else" is one of the classes.
///
/// @param marked per task, the sampled rows of the class that is wanted; none where all are
/// @param tied per task, the tokens that by themselves go with that class
/// @param pieces per task, the piece that is wanted, if there is one
record Origins(Scatter scatter, List<List<Example>> marked, List<int[]> tied, List<Optional<Piece>> pieces) {
    /// Words told of that switch one piece of an answer.
    private static final int SWITCHES = 8;

    static Origins of(Foundation foundation) {
        List<Task> tasks = foundation.tasks();
        Scatter scatter = new Scatter(
                tasks.stream().allMatch(task -> task.labelling().closed())
                        ? List.of()
                        : foundation.sample().stream().filter(Targets::answered).toList());
        List<List<Example>> marked = tasks.stream()
                .map(task -> task.labelling().closed()
                        ? List.<Example>of()
                        : IntStream.range(0, task.fit().size())
                                .filter(row ->
                                        task.labelling().wanted(task.fit().label(row)))
                                .mapToObj(row -> task.fit().examples().get(row))
                                .toList())
                .toList();
        List<Optional<Piece>> pieces = tasks.stream()
                .map(task -> task.labelling() instanceof Tasks.Holding(Piece piece)
                        ? Optional.of(piece)
                        : Optional.<Piece>empty())
                .toList();
        return new Origins(scatter, marked, marked.stream().map(scatter::tied).toList(), pieces);
    }

    /// Of the patterns tied to one piece of an answer those that together hold its rows: always the one
    /// with most new rows, the stronger of equals, as long as it brings a fiftieth of what there is
    /// already.
    ///
    /// @param groups the strongest first
    List<TriggerGroup> switches(int task, List<TriggerGroup> groups) {
        List<Example> rows = marked.get(task);
        List<BitSet> held = groups.stream()
                .map(group -> {
                    BitSet bits = new BitSet();
                    for (int r = 0; r < rows.size(); r++) {
                        bits.set(r, group.pattern().in(rows.get(r).tokens()));
                    }
                    return bits;
                })
                .toList();
        List<TriggerGroup> chosen = new ArrayList<>();
        BitSet all = new BitSet();
        while (chosen.size() < SWITCHES) {
            int best = -1;
            int most = all.cardinality() / 50;
            for (int g = 0; g < groups.size(); g++) {
                BitSet fresh = (BitSet) held.get(g).clone();
                fresh.andNot(all);
                if (fresh.cardinality() > most) {
                    most = fresh.cardinality();
                    best = g;
                }
            }
            if (best < 0) {
                break;
            }
            chosen.add(groups.get(best));
            all.or(held.get(best));
        }
        return chosen;
    }

    /// @param rows some rows of the pattern; those of the surveyed sample are taken if they are more
    boolean everywhere(int task, Pattern pattern, int[] common, List<Example> rows) {
        List<Example> sampled = marked.get(task).stream()
                .filter(row -> pattern.in(row.tokens()))
                .limit(PieceSearch.ROWS)
                .toList();
        List<Example> group = sampled.size() > rows.size() ? sampled : rows;
        return pieces.get(task)
                .map(piece -> scatter.foreign(common, group, piece))
                .orElseGet(() -> scatter.of(common, group).everywhere());
    }
}
