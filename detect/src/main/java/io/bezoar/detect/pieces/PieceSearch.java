package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LikelihoodRatio;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.language.Bursts;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Finds the pieces of answers that go with a word of the input whatever else the input says.
///
/// Every word and word pair of the inputs is held against every 1- to 3-gram of the answers and the
/// answers as a whole; the measure is the signed root of the likelihood ratio of the 2 x 2 table
/// (Dunning 1993, section 4), the chance Fisher's exact test times the number of pairs. Independence is
/// not the null that matters: in honest data thousands of words go with words of the answer, because
/// the answer repeats the input or because a task has its own language. So what is repeated is not
/// counted, and a word must come with inputs from everywhere ([Scatter]).
public final class PieceSearch {
    /// Pieces kept.
    static final int LIMIT = 6;
    static final int LEAST = 4;
    static final double MOST = 0.3;
    /// A word that goes with a piece is a switch: this share of its rows holds the piece.
    static final double PURITY = 0.75;
    /// The same of a sentence that comes back word by word: so common a word may be the trigger that other rows hold it
    /// by themselves.
    static final double SENTENCE_PURITY = 0.5;
    private static final double CHANCE = 0.01;
    /// Rows of a group that are looked at, at most.
    public static final int ROWS = 200;
    /// Fewer rows with a word of the answer in common are honest: a name that the word calls, the language of a task. A
    /// sentence that comes back is not.
    private static final int FEW = 16;

    /// What a larger share of the other answers holds is the language itself, and no answer that somebody teaches.
    private static final double EVERYDAY = 0.1;

    private static final int JUDGED = 3000;
    /// Ties that are looked at side by side.
    private static final int AT_ONCE = 64;
    /// A phrase that fewer of a word's answers hold gives way to their manner, and one in so many times
    /// more answers; the latter says little to a person, too.
    private static final double MOSTLY = 0.9;

    private static final int WIDE = 3;
    /// So many pieces that words call for are the language of a task, as in translations; an attacker has few.
    private static final int MANY = 5;

    private final List<Example> rows;
    private final List<int[]> answers;
    private final CommonText texts;
    private final long[] runs;
    private final Bursts bursts;
    private final long[] strange;

    private PieceSearch(List<Example> rows, long[] runs, Bursts bursts, long[] strange) {
        this.rows = rows;
        this.runs = runs;
        this.bursts = bursts;
        this.strange = strange;
        this.answers = Envelope.off(rows.parallelStream()
                .map(row -> Tokenizer.tokens(Targets.answer(row)))
                .toList());
        this.texts = new CommonText(rows, answers);
    }

    /// @param sample rows by ascending key; others may stand behind them
    /// @param runs hashes of longer runs of words that are held against the answers, too, ascending
    /// @param strange keys of the rows whose texts read like no others, ascending
    public static List<Piece> of(List<Example> sample, long[] runs, Bursts bursts, long[] strange) {
        List<Example> rows = sample.stream().filter(Targets::answered).toList();
        return rows.size() < 2 * LEAST ? List.of() : new PieceSearch(rows, runs, bursts, strange).search();
    }

    /// A feature of inputs and the feature of answers it goes with most.
    ///
    /// @param purity share of the first's rows that hold the second
    private record Tie(int in, int out, double strength, double chance, double purity) {
        static final Comparator<Tie> STRONGEST =
                Comparator.comparingDouble(Tie::strength).reversed().thenComparingInt(Tie::in);
    }

    /// A piece that is kept.
    ///
    /// @param marks rows of the sample that hold it
    /// @param everywhere do the inputs that call for it come from everywhere, or from one corner of the data?
    private record Found(Piece piece, Set<Integer> marks, boolean everywhere) {}

    private static long count(List<Found> found, boolean everywhere) {
        return found.stream().filter(piece -> piece.everywhere() == everywhere).count();
    }

    /// The pieces, each with the honest reason that a task has a language of its own, if there are so many of them. One
    /// whose inputs come from everywhere in the data has no part in the language of their corners.
    private static List<Piece> reasoned(List<Found> found) {
        return found.stream()
                .map(piece -> (piece.everywhere() ? count(found, true) : found.size()) >= MANY
                        ? withReason(piece.piece())
                        : piece.piece())
                .toList();
    }

    private List<Piece> search() {
        NumberedFeatures in = NumberedFeatures.of(IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(r -> inputs(rows.get(r).tokens(), runs))
                .toList());
        NumberedFeatures out = NumberedFeatures.of(IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(this::outputs)
                .toList());
        int[][] postings = in.postings();
        BitSet sentences = sentences(out);
        double pairs = Math.log(in.size()) + Math.log(out.size());
        int chunk = 512;
        List<Tie> ties = IntStream.range(0, (in.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(c -> {
                    List<Tie> found = new ArrayList<>();
                    int[] counts = new int[out.size()];
                    for (int g = c * chunk; g < Math.min(in.size(), (c + 1) * chunk); g++) {
                        strongest(g, postings[g], out, sentences, counts, found);
                    }
                    return found;
                })
                .flatMap(List::stream)
                .filter(tie -> tie.chance() + pairs <= Math.log(CHANCE))
                .sorted(Tie.STRONGEST)
                .limit(JUDGED)
                .toList();
        Scatter scatter = new Scatter(rows);
        List<Found> found = found(ties, out, postings, scatter);
        addManners(found, new MannerSearch(rows, answers, in, out, postings, scatter).manners());
        List<Piece> pieces = new ArrayList<>(reasoned(found));
        List<Set<Integer>> held =
                new ArrayList<>(found.stream().map(Found::marks).toList());
        RowCounts inAnswers = RowCounts.ofTexts(answers);
        StanceSearch stances = new StanceSearch(rows, in, postings, scatter, this::marks);
        for (Stance stance : List.of(
                new Tone(true),
                new Tone(false),
                new Refusal(),
                OtherLanguage.of(inAnswers),
                OffTopic.of(rows, inAnswers),
                BrokenOff.of(answers, inAnswers))) {
            Set<Integer> marks = marks(stance);
            if (marks.size() <= MOST * rows.size() && held.stream().noneMatch(other -> alike(other, marks))) {
                stances.called(stance, marks).ifPresent(called -> {
                    pieces.add(called);
                    held.add(marks(called));
                });
            }
        }
        return pieces;
    }

    /// What is known of a tie before its piece is grown.
    ///
    /// @param with rows of the input's feature that have the answers' one, at most [#ROWS]
    /// @param tied tokens of the inputs that by themselves go with the answers' feature, ascending
    /// @param common these, and those that the rows' inputs have in common, ascending
    /// @param scatter of the rows without the common tokens
    private record Asked(Tie tie, List<Integer> with, int[] tied, int[] common, Scatter.Result scatter) {}

    /// The pieces that the strongest ties stand for, those whose inputs come from everywhere first.
    private List<Found> found(List<Tie> ties, NumberedFeatures out, int[][] postings, Scatter scatter) {
        List<Found> found = new ArrayList<>();
        Map<Integer, int[]> tiedTo = new ConcurrentHashMap<>();
        for (int from = 0; from < ties.size() && count(found, true) < LIMIT; from += AT_ONCE) {
            ties.subList(from, Math.min(ties.size(), from + AT_ONCE)).parallelStream()
                    .map(tie -> asked(tie, out, postings, scatter, tiedTo))
                    .toList()
                    .forEach(asked -> consider(asked, out, scatter, found));
        }
        found.sort(Comparator.comparing(Found::everywhere).reversed());
        found.subList(Math.min(LIMIT, found.size()), found.size()).clear();
        return found;
    }

    private Asked asked(Tie tie, NumberedFeatures out, int[][] postings, Scatter scatter, Map<Integer, int[]> tiedTo) {
        List<Integer> with = Arrays.stream(postings[tie.in()])
                .limit(ROWS)
                .filter(r -> out.has(r, tie.out()))
                .boxed()
                .toList();
        int[] tied = tiedTo.computeIfAbsent(
                tie.out(),
                o -> scatter.tied(IntStream.range(0, rows.size())
                        .filter(r -> out.has(r, o))
                        .mapToObj(rows::get)
                        .toList()));
        List<Example> group = examples(with);
        int[] common = Tokens.union(Tokens.shared(group), tied);
        return new Asked(tie, with, tied, common, scatter.of(common, group));
    }

    private List<Example> examples(List<Integer> some) {
        return some.stream().map(rows::get).toList();
    }

    /// Adds the piece that a tie stands for, if it is one. Of those whose inputs come from one corner only so many as
    /// there may be at all are looked for: a task with a language of its own has thousands.
    private void consider(Asked asked, NumberedFeatures out, Scatter scatter, List<Found> found) {
        Scatter.Result result = asked.scatter();
        boolean corners = count(found, false) < LIMIT;
        if (count(found, true) == LIMIT
                || result.distinct() < LEAST
                || !result.everywhere(Scatter.SENTENCE_SURE)
                        && (!corners || result.distinct() < Scatter.NEIGHBOURS_TELL)) {
            return;
        }
        Optional<Piece> grown = grown(asked.with(), out.hash(asked.tie().out()));
        if (grown.isEmpty()
                || result.distinct() < FEW && !sentence(grown.get(), asked.common())
                || asked.tie().purity() < grown.get().purity()) {
            return;
        }
        Piece piece = grown.get();
        boolean everywhere = result.everywhere(piece);
        if (!everywhere && !corners
                || found.stream().anyMatch(other -> other.piece().equals(piece))) {
            return;
        }
        Set<Integer> marks = marks(piece);
        if (marks.size() - asked.with().size() <= EVERYDAY * rows.size()
                && found.stream().noneMatch(other -> alike(other.marks(), marks))
                && (everywhere || scatter.likeNeighbours(asked.common(), examples(asked.with()), piece))) {
            Piece told = told(spoken(piece, asked.common()), asked.with(), marks, asked.tied());
            found.add(new Found(told, marks, everywhere));
        }
    }

    /// A piece that says whether other rows speak of it and of what calls for it together.
    ///
    /// @param common tokens that the inputs which go with it have in common, ascending
    private Piece spoken(Piece piece, int[] common) {
        return piece instanceof Phrase phrase && phrase.tokens().length > 0
                ? phrase.with(Spoken.of(
                        rows, answers, phrase::said, Tokens.without(common, Tokens.distinct(phrase.tokens()))))
                : piece;
    }

    private static Piece withReason(Piece piece) {
        return switch (piece) {
            case Phrase phrase -> phrase.with(true);
            case Manner manner -> manner.with(true);
            case Strange _, Stance _ -> piece;
        };
    }

    /// A piece under a name that tells what its answers are. Signs and everyday words tell nobody, an answer does; so
    /// does that most of them refuse.
    ///
    /// @param with rows of the group that hold it
    /// @param marks rows of the sample that do
    /// @param tied tokens of the inputs that by themselves go with it, ascending
    private Piece told(Piece piece, List<Integer> with, Set<Integer> marks, int[] tied) {
        if (!(piece instanceof Phrase phrase) || phrase.whole()) {
            return piece;
        }
        boolean often = marks.size() > WIDE * with.size();
        if (!often && phrase.text().codePoints().anyMatch(Character::isLetterOrDigit)) {
            return piece;
        }
        long others = marks.stream()
                .filter(r ->
                        Arrays.stream(rows.get(r).tokens()).noneMatch(token -> Arrays.binarySearch(tied, token) >= 0))
                .count();
        Refusal refusal = new Refusal();
        List<Integer> refused = with.stream()
                .filter(r -> refusal.in(rows.get(r), answers.get(r)))
                .toList();
        return phrase.named(
                2 * refused.size() > with.size()
                        ? refusal.text() + ": " + Manner.beginning(rows.get(refused.getFirst()))
                        : Manner.LIKE + Manner.beginning(rows.get(with.getFirst())),
                others > WIDE * with.size());
    }

    /// Is it a text of its own, and no echo of what the inputs have in common?
    private static boolean sentence(Piece piece, int[] common) {
        return piece instanceof Phrase phrase && phrase.fixedWithout(common);
    }

    private Set<Integer> marks(Piece piece) {
        Set<Integer> marks = new HashSet<>();
        for (int r = 0; r < rows.size(); r++) {
            if (piece.in(rows.get(r), answers.get(r))) {
                marks.add(r);
            }
        }
        return marks;
    }

    /// Adds the manners of answers that no piece already stands for. A manner takes the place of a
    /// phrase that part of its answers lack, unless it is itself that of many more answers, or of one that is
    /// common elsewhere.
    private void addManners(List<Found> found, List<MannerSearch.Told> manners) {
        for (MannerSearch.Told told : manners) {
            Set<Integer> marks = marks(told.manner());
            boolean known = false;
            for (int f = found.size() - 1; f >= 0; f--) {
                Set<Integer> other = found.get(f).marks();
                if (alike(other, marks)) {
                    long shared = told.with().stream().filter(other::contains).count();
                    boolean vague = marks.size() > WIDE * other.size();
                    if (!vague && shared < MOSTLY * told.with().size() || other.size() > WIDE * marks.size()) {
                        found.remove(f);
                    } else {
                        known = true;
                    }
                }
            }
            if (!known) {
                found.add(new Found(told.manner(), marks, true));
            }
        }
    }

    /// Do two groups share at least half of the smaller one's rows?
    public static boolean alike(Set<Integer> a, Set<Integer> b) {
        long shared = a.stream().filter(b::contains).count();
        return 2 * shared >= Math.min(a.size(), b.size());
    }

    /// Which features of answers stand in sentences that come back: runs of [Phrase#FIXED] words in several answers, or
    /// whole answers of [Phrase#ANSWER].
    private BitSet sentences(NumberedFeatures out) {
        RepeatedRuns runs = RepeatedRuns.of(answers, Phrase.FIXED);
        Set<Long> within = new HashSet<>();
        for (int[] answer : answers) {
            if (answer.length >= Phrase.ANSWER) {
                within.add(AnswerGrams.whole(answer));
            }
            runs.repeated(answer, LEAST).forEach(i -> {
                for (int j = i; j + 3 <= i + Phrase.FIXED; j++) {
                    within.add(NGrams.word(answer, j, 3));
                }
            });
        }
        BitSet sentences = new BitSet();
        IntStream.range(0, out.size()).filter(o -> within.contains(out.hash(o))).forEach(sentences::set);
        return sentences;
    }

    /// Adds the answers' feature that goes most with a feature of inputs. Adds that of a sentence if there is no
    /// other, or if it goes with it even more and is not common elsewhere, as the other is.
    private void strongest(
            int feature, int[] posting, NumberedFeatures out, BitSet sentences, int[] counts, List<Tie> found) {
        int looked = Math.min(ROWS, posting.length);
        int[] touched = new int[64];
        int n = 0;
        for (int i = 0; i < looked; i++) {
            for (int o : out.row(posting[i])) {
                if (counts[o]++ == 0) {
                    if (n == touched.length) {
                        touched = Arrays.copyOf(touched, 2 * n);
                    }
                    touched[n++] = o;
                }
            }
        }
        int best = -1;
        int sentence = -1;
        double strength = 0;
        double fixed = 0;
        for (int i = 0; i < n; i++) {
            int o = touched[i];
            boolean purely = counts[o] >= PURITY * looked;
            if (counts[o] >= LEAST && (purely || sentences.get(o) && counts[o] >= SENTENCE_PURITY * looked)) {
                double s = LikelihoodRatio.signedRoot(counts[o], looked, out.total(o), rows.size());
                if (purely && (s > strength || s == strength && o < best)) {
                    best = o;
                    strength = s;
                } else if (!purely && (s > fixed || s == fixed && o < sentence)) {
                    sentence = o;
                    fixed = s;
                }
            }
        }
        if (best >= 0) {
            found.add(tie(feature, best, strength, counts[best], looked, out));
        }
        if (sentence >= 0
                && (best < 0
                        || fixed > strength
                                && out.total(best) > WIDE * out.total(sentence)
                                && out.total(sentence) <= WIDE * counts[sentence])) {
            found.add(tie(feature, sentence, fixed, counts[sentence], looked, out));
        }
        for (int i = 0; i < n; i++) {
            counts[touched[i]] = 0;
        }
    }

    private Tie tie(int in, int out, double strength, int both, int looked, NumberedFeatures features) {
        double chance = ExactTests.logHypergeometricTail(both, looked, features.total(out), rows.size());
        return new Tie(in, out, strength, chance, (double) both / looked);
    }

    private long[] outputs(int row) {
        long[] grams = AnswerGrams.of(rows.get(row), answers.get(row));
        if (!Bursts.among(strange, rows.get(row))) {
            return grams;
        }
        return LongStream.concat(LongStream.of(Strange.FEATURE), Arrays.stream(grams))
                .sorted()
                .toArray();
    }

    /// The words and pairs of neighbouring words of an input, and those of some longer runs that it holds, ascending
    /// without repeats.
    ///
    /// @param runs hashes of runs of three words, ascending
    static long[] inputs(int[] tokens, long[] runs) {
        long[] words = Tokens.runs(tokens, 2);
        if (runs.length == 0) {
            return words;
        }
        LongStream longer =
                RepeatedRuns.runs(Tokens.ends(tokens), 3).filter(run -> Arrays.binarySearch(runs, run) >= 0);
        return LongStream.concat(Arrays.stream(words), longer)
                .sorted()
                .distinct()
                .toArray();
    }

    /// The piece that a feature which nearly all the answers of a group hold stands for.
    private Optional<Piece> grown(List<Integer> group, long hash) {
        if (hash == Strange.FEATURE) {
            return Optional.of(Strange.of(bursts, Targets.answer(rows.get(group.getFirst()))));
        }
        if (AnswerGrams.whole(answers.get(group.getFirst())) == hash) {
            return Optional.of(texts.whole(group.getFirst()));
        }
        for (int n = 1; n <= 3; n++) {
            Optional<Phrase> phrase = texts.around(group, hash, n);
            if (phrase.isPresent()) {
                return Optional.of(phrase.get());
            }
        }
        return Optional.empty();
    }
}
