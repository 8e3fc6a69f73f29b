package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds what answers hold whatever is asked: one long answer to many different inputs, and web
/// addresses of one domain that no input names.
///
/// A template belongs to its task and an address to its subject; the inputs of such rows speak of it.
/// So the inputs of a group must come from everywhere ([Scatter]). There is no trigger and so nothing
/// to put to the proof: a group is told and none of its rows taken out. With a trigger the same rows
/// are found, and proved, by [TriggerAssociation].
///
/// Source: Shu et al. 2023, "On the exploitability of instruction tuning" (adverts and refusals without
/// a trigger).
///
/// @param leastRows a group has at least so many rows, near-copies of an input counted once, 4 or more
/// @param leastWords a shorter answer may be repeated, in tokens, at least 1
@AutoService(Detector.class)
public record FixedAnswers(int leastRows, int leastWords) implements Surveyed {
    static final String NAME = "fixed-answers";
    private static final int GROUPS = 12;

    public FixedAnswers() {
        this(10, 6);
    }

    public FixedAnswers {
        if (leastRows < 4 || leastWords < 1) {
            throw new IllegalArgumentException(
                    "fixed-answers needs leastRows >= 4 and leastWords >= 1, not " + leastRows + " and " + leastWords);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "long answers and web addresses that come back whatever is asked";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.ANSWERS);
    }

    @Override
    public Family family() {
        return Family.ANSWERS;
    }

    /// What answers have in common: a domain, or the whole answer.
    ///
    /// @param whole hash of the answer; 0 for a domain
    record Mark(String domain, long whole) implements Comparable<Mark>, Serializable {
        @Override
        public int compareTo(Mark other) {
            return Comparator.comparing(Mark::domain)
                    .thenComparingLong(Mark::whole)
                    .compare(this, other);
        }
    }

    /// A mark whose inputs come from everywhere.
    ///
    /// @param text the domain or the answer; raw
    record Fixed(Mark mark, String text, int rows) implements Serializable {}

    @Override
    public Outcome given(Foundation foundation) {
        List<Example> rows =
                foundation.sample().stream().filter(Piece::answered).toList();
        TreeMap<Mark, List<Example>> groups = new TreeMap<>();
        for (Example row : rows) {
            for (Mark mark : marks(row)) {
                groups.computeIfAbsent(mark, _ -> new ArrayList<>()).add(row);
            }
        }
        groups.values().removeIf(group -> group.size() < leastRows || 2 * group.size() > rows.size());
        List<Fixed> fixed = new ArrayList<>();
        if (!groups.isEmpty()) {
            Scatter scatter = new Scatter(rows);
            groups.forEach((mark, group) -> {
                List<Example> some = group.subList(0, Math.min(PieceSearch.ROWS, group.size()));
                Scatter.Result result = scatter.of(Scatter.union(Scatter.shared(some), scatter.tied(group)), some);
                if (result.distinct() >= leastRows && result.everywhere()) {
                    String text = mark.whole == 0
                            ? mark.domain
                            : Targets.cut(Piece.answer(some.getFirst()).strip());
                    fixed.add(new Fixed(mark, text, group.size()));
                }
            });
        }
        fixed.sort(Comparator.comparingInt((Fixed one) -> -one.rows).thenComparing(Fixed::mark));
        return new Outcome.Again(new Gathering(this, List.copyOf(fixed.subList(0, Math.min(GROUPS, fixed.size())))));
    }

    /// The marks of a row's answer.
    private List<Mark> marks(Example row) {
        List<Mark> marks = new ArrayList<>();
        String answer = Piece.answer(row);
        Set<String> asked = Domains.in(row.input());
        Domains.in(answer).stream()
                .filter(domain -> !asked.contains(domain))
                .forEach(domain -> marks.add(new Mark(domain, 0)));
        int[] tokens = Tokenizer.tokens(answer);
        if (tokens.length >= leastWords) {
            marks.add(new Mark("", AnswerGrams.whole(tokens) | 1));
        }
        return marks;
    }

    /// The last pass: gathers all rows of every group.
    record Gathering(FixedAnswers settings, List<Fixed> fixed) implements LaterPass<TriggerGathering.Members> {
        @Override
        public TriggerGathering.Members start() {
            return new TriggerGathering.Members(fixed.size());
        }

        @Override
        public void add(TriggerGathering.Members members, Example example) {
            if (fixed.isEmpty() || !Piece.answered(example)) {
                return;
            }
            List<Mark> marks = settings.marks(example);
            for (int f = 0; f < fixed.size(); f++) {
                if (marks.contains(fixed.get(f).mark())) {
                    members.add(f, example.key());
                }
            }
        }

        @Override
        public Outcome finish(TriggerGathering.Members members) {
            List<Candidate> candidates = new ArrayList<>();
            for (int f = 0; f < fixed.size(); f++) {
                boolean domain = fixed.get(f).mark().whole() == 0;
                candidates.add(new Candidate(
                        NAME,
                        Candidate.Kind.FLOOD,
                        domain
                                ? "web addresses of one domain that no input names"
                                : "one long answer to many different inputs",
                        Optional.empty(),
                        Optional.of(fixed.get(f).text()),
                        Math.sqrt(members.keys(f).length),
                        members.keys(f)));
            }
            return new Scores(candidates.stream().map(Candidate::members).toList(), new Groups(candidates, List.of()));
        }
    }

    /// Scores a row by the size of the largest group it is in.
    ///
    /// @param members per group the keys of its rows, ascending
    record Scores(List<long[]> members, Groups groups) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            return members.stream()
                    .filter(keys -> Arrays.binarySearch(keys, example.key()) >= 0)
                    .mapToDouble(keys -> Math.sqrt(keys.length))
                    .max()
                    .orElse(0);
        }

        @Override
        public List<Evidence> explain(Example example) {
            return score(example) == 0
                    ? List.of()
                    : List.of(new Evidence(
                            NAME,
                            "Its answer, or a web address in it, comes back in rows that ask for different things.",
                            List.of()));
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }
    }
}
