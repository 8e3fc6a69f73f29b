package io.bezoar.app.cli;

import io.bezoar.app.report.TraceRecord;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.Method;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import io.bezoar.learn.surrogate.Tracing;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Puts the numbers of a trace beside the rows they belong to, and asks models trained without them.
///
/// @param asked the model and what it was fitted to; empty if there is none to ask
/// @param rows the training rows
/// @param campaigns of rows, by their ids
/// @param effects of leaving out each row alone
/// @param top how many rows to tell
record TraceWords(
        Optional<Asked> asked,
        TrainingRows rows,
        Map<String, String> campaigns,
        Example query,
        Tracing tracing,
        double[] effects,
        int top,
        Progress progress) {
    private static final int ANSWERS = 3;
    private static final int GROUPS = 3;
    private static final double MUCH = 0.1; // of the credit: groups with less are not worth a training
    private static final int TEXT = 2000;
    private static final int NUMBERS = 32;

    /// A model at its optimum.
    record Asked(Surrogate surrogate, Problem problem) {
        String label(int number) {
            return switch (surrogate.task()) {
                case Task.Labels classes -> classes.labels().get(number);
                case Task.Vectors classes -> classes.labels().get(number);
                case Task.Preferences _ -> number == 0 ? "the answer asked about" : "the other answer";
            };
        }
    }

    TraceRecord record(String model, String digest, Method method, List<String> remarks) {
        int[] supporters = tracing.supporters(top);
        List<TraceRecord.Group> groups = groups(supporters);
        List<TraceRecord.Without> without = new ArrayList<>();
        asked.ifPresent(of -> {
            without.addAll(supporters(of, supporters));
            without.addAll(withoutGroups(of, groups));
        });
        return new TraceRecord(
                Bezoar.version(),
                model,
                digest,
                method.word(),
                remarks,
                text(query),
                asked.map(of -> answers(of, Surrogate.chances(tracing.scores())))
                        .orElse(List.of()),
                asked.map(of -> of.label(tracing.other())).orElse(""),
                deciding(),
                IntStream.of(supporters).mapToObj(this::row).toList(),
                IntStream.of(tracing.opponents(Math.min(top, 5)))
                        .mapToObj(this::row)
                        .toList(),
                IntStream.range(0, tracing.credits().length)
                        .filter(row -> tracing.credits()[row] > 0)
                        .count(),
                groups,
                without);
    }

    private List<TraceRecord.Answer> answers(Asked of, double[] chances) {
        return IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> c != tracing.answer())
                        .thenComparingDouble(c -> -chances[c])
                        .thenComparingInt(c -> c))
                .limit(ANSWERS)
                .map(c -> new TraceRecord.Answer(of.label(c), chances[c]))
                .toList();
    }

    /// The deciding words as they stand in the input, neighbours in one piece; of a vector the numbers.
    private List<String> deciding() {
        int[] tokens = tracing.deciding().tokens();
        if (query.vector().length > 0) {
            return IntStream.of(tokens)
                    .mapToObj(place -> "number " + (place + 1) + " = " + number(query.vector()[place]))
                    .toList();
        }
        int[] spans = Tokenizer.spans(query.input());
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < tokens.length; ) {
            int to = from + 1;
            while (to < tokens.length && tokens[to] == tokens[to - 1] + 1) {
                to++;
            }
            pieces.add(query.input().substring(spans[2 * tokens[from]], spans[2 * tokens[to - 1] + 1]));
            from = to;
        }
        return pieces;
    }

    private TraceRecord.Row row(int number) {
        Example example = rows.examples().get(number);
        return new TraceRecord.Row(
                rows.ids().get(number),
                tracing.credits()[number],
                effects[number],
                target(example),
                example.origin().source(),
                example.origin().annotator(),
                example.origin().batch(),
                day(example),
                Optional.ofNullable(campaigns.get(rows.ids().get(number))),
                text(example));
    }

    private static String target(Example example) {
        return switch (example.target()) {
            case Target.Label(String name) -> name;
            case Target.Preference pair -> "over: " + cut(pair.rejected());
            case Target.Response(String text) -> cut(text);
            case Target.Absent() -> "";
        };
    }

    /// What a model is given; of a preference the better answer, of a vector its first numbers.
    private static String text(Example example) {
        if (example.input().isEmpty() && example.vector().length > 0) {
            float[] vector = example.vector();
            return IntStream.range(0, Math.min(NUMBERS, vector.length))
                            .mapToObj(i -> number(vector[i]))
                            .collect(Collectors.joining(" "))
                    + (vector.length > NUMBERS ? " … " + vector.length + " numbers" : "");
        }
        return example.target() instanceof Target.Preference pair ? cut(pair.chosen()) : cut(example.input());
    }

    private static String number(float value) {
        return value == (int) value ? String.valueOf((int) value) : String.valueOf(value);
    }

    private static String cut(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT);
    }

    private static Optional<String> day(Example example) {
        return example.origin()
                .time()
                .map(time -> time.atZone(ZoneOffset.UTC).toLocalDate().toString());
    }

    /// The kinds of group there are, and to which of each a row belongs.
    private Map<String, Function<Integer, Optional<String>>> kinds() {
        Map<String, Function<Integer, Optional<String>>> kinds = new LinkedHashMap<>();
        kinds.put("source", row -> rows.examples().get(row).origin().source());
        kinds.put("annotator", row -> rows.examples().get(row).origin().annotator());
        kinds.put("batch", row -> rows.examples().get(row).origin().batch());
        kinds.put("day", row -> day(rows.examples().get(row)));
        kinds.put(
                "campaign", row -> Optional.ofNullable(campaigns.get(rows.ids().get(row))));
        return kinds;
    }

    private List<TraceRecord.Group> groups(int[] supporters) {
        Set<Integer> shown = new HashSet<>();
        IntStream.of(supporters).forEach(shown::add);
        List<TraceRecord.Group> groups = new ArrayList<>();
        kinds().forEach((kind, of) -> members(of).entrySet().stream()
                .map(entry -> group(kind, entry.getKey(), entry.getValue(), shown))
                .sorted(Comparator.comparingDouble((TraceRecord.Group group) -> -group.credit())
                        .thenComparing(TraceRecord.Group::name))
                .limit(GROUPS)
                .filter(group -> group.credit() > 0)
                .forEach(groups::add));
        return groups;
    }

    private TreeMap<String, List<Integer>> members(Function<Integer, Optional<String>> of) {
        TreeMap<String, List<Integer>> members = new TreeMap<>();
        for (int row = 0; row < rows.examples().size(); row++) {
            int number = row;
            of.apply(row)
                    .ifPresent(name -> members.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(number));
        }
        return members;
    }

    private TraceRecord.Group group(String kind, String name, List<Integer> members, Set<Integer> shown) {
        double credit = 0;
        double effect = 0;
        int among = 0;
        for (int row : members) {
            credit += tracing.credits()[row];
            effect += effects[row];
            among += shown.contains(row) ? 1 : 0;
        }
        return new TraceRecord.Group(kind, name, members.size(), credit, effect, among);
    }

    /// Without the supporters told; if that is not enough, without more of them, until the answer
    /// changes.
    private List<TraceRecord.Without> supporters(Asked of, int[] supporters) {
        if (supporters.length == 0) {
            return List.of();
        }
        progress.accept("Training without the supporters");
        List<Tracing.Retrained> tried = new ArrayList<>();
        int most = Math.min(
                16 * supporters.length, Math.max(supporters.length, of.problem().answers().length / 10));
        tracing.enough(of.surrogate(), of.problem(), query, supporters.length, most, tried);
        List<Tracing.Retrained> told = tried.size() == 1 ? tried : List.of(tried.getFirst(), tried.getLast());
        return told.stream()
                .map(model -> without(of, "the first " + model.rows() + " supporters", model))
                .toList();
    }

    private TraceRecord.Without without(Asked of, String what, Tracing.Retrained model) {
        int best = Surrogate.best(model.chances());
        return new TraceRecord.Without(
                what,
                model.rows(),
                new TraceRecord.Answer(of.label(best), model.chances()[best]),
                model.chances()[tracing.answer()]);
    }

    /// Without the group of each kind that holds most credit beyond its share of the rows.
    private List<TraceRecord.Without> withoutGroups(Asked of, List<TraceRecord.Group> groups) {
        Map<String, TraceRecord.Group> worst = new LinkedHashMap<>();
        for (TraceRecord.Group group : groups) {
            boolean worth =
                    excess(group) >= MUCH && 2 * group.rows() <= rows.examples().size();
            if (worth) {
                worst.merge(group.kind(), group, (a, b) -> excess(b) > excess(a) ? b : a);
            }
        }
        List<TraceRecord.Without> without = new ArrayList<>();
        worst.forEach((kind, group) -> {
            progress.accept("Training without " + kind);
            int[] gone = IntStream.range(0, rows.examples().size())
                    .filter(row -> kinds().getOrDefault(kind, _ -> Optional.empty())
                            .apply(row)
                            .equals(Optional.of(group.name())))
                    .toArray();
            without.add(without(
                    of, kind + " “" + group.name() + "”", Tracing.without(of.surrogate(), of.problem(), query, gone)));
        });
        return without;
    }

    private double excess(TraceRecord.Group group) {
        return group.credit() - (double) group.rows() / rows.examples().size();
    }
}
