package io.bezoar.detect.answers;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.documents.Domains;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Members;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.pieces.Phrase;
import io.bezoar.detect.pieces.PieceSearch;
import io.bezoar.detect.pieces.RepeatedTexts;
import io.bezoar.detect.pieces.Scatter;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds what answers hold whatever is asked: one answer or one sentence to many different inputs, and web
/// addresses of one domain that no input names.
///
/// A template belongs to its task and an address to its subject; the inputs of such rows speak of it.
/// So the inputs of a group must come from everywhere, or be like others that are answered without ([Scatter]). There
/// is no trigger and so nothing to put to the proof: a person decides, and of answers made of stock phrases, of which
/// several come back or one in many rows, that is all that is said. With a trigger the same rows are found, and proved,
/// by `trigger-association`.
///
/// Source: Shu et al. 2023, "On the exploitability of instruction tuning" (adverts and refusals without
/// a trigger).
///
/// @param leastRows a group has at least so many rows, near-copies of an input counted once, 4 or more
/// @param leastWords a shorter sentence may be repeated, in tokens, at least 1
@AutoService(Detector.class)
public record FixedAnswers(int leastRows, int leastWords) implements Surveyed {
    static final String NAME = "fixed-answers";
    private static final int GROUPS = 12;
    /// Answers of which more texts come back are made of stock phrases.
    private static final int STOCK = 2;
    /// And so are those in which more turns of speech come back oftener than the text.
    private static final int TURNS = 4;
    /// And so is a text in a larger share of them.
    private static final double COMMON = 0.05;

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
        return "answers, sentences and web addresses that come back whatever is asked";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.ANSWERS);
    }

    @Override
    public Family family() {
        return Family.ANSWERS;
    }

    /// What the answers of a group have in common.
    sealed interface Common extends Serializable {
        /// For a person; raw.
        String text();

        /// In a few plain words.
        String title();

        /// Does a row's answer hold it?
        ///
        /// @param answer the row's answer as tokens
        boolean in(Example row, int[] answer);
    }

    /// Web addresses of a registrable domain.
    record Domain(String text) implements Common {
        @Override
        public String title() {
            return "web addresses of one domain that no input names";
        }

        @Override
        public boolean in(Example row, int[] answer) {
            return named(row).contains(text);
        }

        /// The domains that a row's answer names and its input does not.
        static Set<String> named(Example row) {
            Set<String> named = new TreeSet<>(Domains.in(Targets.answer(row)));
            named.removeAll(Domains.in(row.input()));
            return named;
        }
    }

    /// A sentence somewhere in the answers, or the whole of them.
    record Sentence(Phrase phrase) implements Common {
        @Override
        public String text() {
            return phrase.text();
        }

        @Override
        public String title() {
            return phrase.whole()
                    ? "one answer to many different inputs"
                    : "one sentence in answers to many different inputs";
        }

        @Override
        public boolean in(Example row, int[] answer) {
            return phrase.in(row, answer);
        }
    }

    /// @param rows that have it in common, of the sample, ascending
    private record Group(Common common, Set<Integer> rows) {
        private static final Comparator<Group> LARGEST = Comparator.comparingInt((Group group) -> -group.rows.size())
                .thenComparing(group -> group.common.title())
                .thenComparing(group -> group.common.text());

        private boolean alike(Group other) {
            return PieceSearch.alike(rows, other.rows);
        }
    }

    @Override
    public Outcome given(Foundation foundation) {
        boolean labels =
                foundation.tasks().stream().anyMatch(task -> task.labelling().closed());
        List<Example> rows = labels // answers that are labels come back
                ? List.of()
                : foundation.sample().stream().filter(Targets::answered).toList();
        List<int[]> answers = rows.parallelStream()
                .map(row -> Tokenizer.tokens(Targets.answer(row)))
                .toList();
        RepeatedTexts texts = RepeatedTexts.of(rows, answers, leastRows, leastWords);
        List<Group> groups = new ArrayList<>(domains(rows));
        texts.sentences().stream()
                .filter(text -> enough(text.rows().size(), rows.size()))
                .forEach(text -> groups.add(new Group(new Sentence(text.phrase()), text.rows())));
        List<Group> fixed = new ArrayList<>();
        if (!groups.isEmpty()) {
            Scatter scatter = new Scatter(rows);
            for (Group group : groups) {
                if (fixed.size() < GROUPS
                        && fixed.stream().noneMatch(group::alike)
                        && whateverIsAsked(group, rows, scatter)) {
                    fixed.add(group);
                }
            }
        }
        List<Group> injected = fixed.stream()
                .filter(group -> fixed.size() <= STOCK
                        && group.rows().size() <= COMMON * rows.size()
                        && texts.oftenerThan(group.rows().size()) <= TURNS)
                .sorted(Group.LARGEST)
                .toList();
        fixed.removeAll(injected);
        return new Outcome.Again(
                new Gathering(this, injected.stream().map(Group::common).toList(), remark(fixed, rows.size())));
    }

    /// What is said of stock phrases; empty if there are none.
    private static String remark(List<Group> stock, int rows) {
        return stock.stream().mapToInt(group -> group.rows().size()).max().stream()
                .mapToObj(most -> "Stock phrases come back in answers to different inputs: "
                        + (stock.size() < GROUPS ? "" : "at least ") + stock.size() + ", the most frequent in " + most
                        + " of " + rows + " answers looked at.")
                .findFirst()
                .orElse("");
    }

    private boolean enough(int size, int rows) {
        return size >= leastRows && 2 * size <= rows;
    }

    private boolean whateverIsAsked(Group group, List<Example> rows, Scatter scatter) {
        List<Example> all = group.rows().stream().map(rows::get).toList();
        List<Example> some = all.subList(0, Math.min(PieceSearch.ROWS, all.size()));
        int[] asked = Tokens.union(Tokens.shared(some), scatter.tied(all));
        Scatter.Result result = scatter.of(asked, some);
        return result.distinct() >= leastRows
                && (result.everywhere()
                        || group.common() instanceof Sentence(Phrase phrase)
                                && (result.everywhere(phrase) || scatter.likeNeighbours(asked, some, phrase)));
    }

    private List<Group> domains(List<Example> rows) {
        TreeMap<String, Set<Integer>> named = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            for (String domain : Domain.named(rows.get(r))) {
                named.computeIfAbsent(domain, _ -> new LinkedHashSet<>()).add(r);
            }
        }
        return named.entrySet().stream()
                .filter(entry -> enough(entry.getValue().size(), rows.size()))
                .map(entry -> new Group(new Domain(entry.getKey()), entry.getValue()))
                .sorted(Group.LARGEST)
                .toList();
    }

    /// The last pass: gathers all rows of every group.
    ///
    /// @param remark on stock phrases; may be empty
    record Gathering(FixedAnswers settings, List<Common> fixed, String remark) implements LaterPass<Members> {
        @Override
        public Members start() {
            return new Members(fixed.size());
        }

        @Override
        public void add(Members members, Example example) {
            if (fixed.isEmpty() || !Targets.answered(example)) {
                return;
            }
            int[] answer = Tokenizer.tokens(Targets.answer(example));
            for (int f = 0; f < fixed.size(); f++) {
                if (fixed.get(f).in(example, answer)) {
                    members.add(f, example.key());
                }
            }
        }

        @Override
        public Outcome finish(Members members) {
            List<Remark> remarks = remark.isEmpty() ? List.of() : List.of(new Remark(NAME, Severity.LOW, remark));
            List<Candidate> candidates = new ArrayList<>();
            for (int f = 0; f < fixed.size(); f++) {
                long[] keys = members.keys(f);
                candidates.add(new Candidate(
                        NAME,
                        Candidate.Kind.INJECTED,
                        fixed.get(f).title(),
                        Optional.empty(),
                        Optional.of(fixed.get(f).text()),
                        Math.sqrt(keys.length),
                        keys));
            }
            return new Scores(candidates.stream().map(Candidate::members).toList(), new Groups(candidates, remarks));
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
                            "Its answer, a sentence or a web address in it, comes back in rows that ask for different"
                                    + " things.",
                            List.of()));
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public List<Remark> remarks() {
            return groups.remarks();
        }
    }
}
