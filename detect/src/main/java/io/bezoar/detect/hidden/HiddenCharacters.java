package io.bezoar.detect.hidden;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Significance;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Finds rows with characters that nobody sees or that pass for others, and the targets they are tied to.
///
/// Invisible characters and homoglyphs carry triggers past every reader (Boucher et al. 2022, "Bad
/// characters"; Li et al. 2021, "Hidden backdoors in human-centric language models") and messages past every
/// reviewer (tag characters, runs of variation selectors). What counts as hidden, and which uses are honest,
/// is laid down in [HiddenMarks]; that a code point goes with one target is tested by Fisher's exact test,
/// corrected for the number of pairs of code point and target (Bonferroni).
///
/// A row scores 0 without such characters, the greatest weight of its marks with them (0.1 for a soft hyphen
/// in a long word, 1 for a character without any honest use), and 1 more if the character is tied to the
/// row's own target.
///
/// Characters that are in order where they stand (no-break spaces, the joiners of Persian) are counted as
/// well, and make a group only where nearly all their rows have one target that is rare elsewhere.
///
/// @param leastRows a code point in fewer rows makes no group, at least 2
/// @param alpha chance that a data set whose hidden characters are all in order and have nothing to do with its
///     targets yields a tie, 0 to 1
@AutoService(Detector.class)
public record HiddenCharacters(int leastRows, double alpha) implements Detector<HiddenSummary> {
    /// Below this weight a mark alone is no reason to show a group to anybody.
    private static final double NOTABLE = 0.5;

    /// A group that is shown in any case names its target at this level.
    private static final double ENOUGH = 0.01;

    private static final double ALIKE = 0.8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long TOP_BITS = 0x8080808080808080L;

    public HiddenCharacters {
        if (leastRows < 2 || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "leastRows must be at least 2 and alpha between 0 and 1, not " + leastRows + " and " + alpha);
        }
    }

    public HiddenCharacters() {
        this(3, 0.001);
    }

    @Override
    public String name() {
        return "hidden-characters";
    }

    @Override
    public String purpose() {
        return "characters nobody sees and letters that pose as others, and the targets they are tied to";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.ASSOCIATION;
    }

    @Override
    public Calibration calibration() {
        return Calibration.of("hidden characters have nothing to do with targets", alpha);
    }

    @Override
    public HiddenSummary start() {
        return new HiddenSummary();
    }

    @Override
    public void add(HiddenSummary summary, Example example) {
        String text = example.input();
        summary.count(example, plain(text) ? List.of() : HiddenMarks.of(text));
    }

    /// Whether the text holds only printable ASCII, tabs and line ends. Most texts hold nothing outside ' ' to
    /// '~', which is asked of eight bytes at a time.
    static boolean plain(String text) {
        // what is not ASCII has more bytes or one that stands outside; half a surrogate pair alone becomes a '?'
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long outside = 0; // the top bit of a byte is set once one lies outside; it may spread upwards from there
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            outside |= eight | eight - BLANKS | eight + ONES;
        }
        int rest = 0;
        for (; i < bytes.length; i++) {
            rest |= bytes[i] - ' ' | '~' - bytes[i];
        }
        boolean inside = (outside & TOP_BITS) == 0 && rest >= 0;
        return inside && text.indexOf('?') < 0 || printable(text);
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c > '~') {
                return false;
            }
        }
        return true;
    }

    /// A family of marks tied to one target.
    private record Tie(int family, long target) implements Serializable {}

    @Override
    public Outcome finish(HiddenSummary summary) {
        long pairs = summary.families().values().stream()
                .mapToLong(family -> family.targets().size())
                .sum();
        List<Candidate> found = new ArrayList<>();
        Set<Tie> ties = new HashSet<>();
        summary.families().forEach((id, family) -> {
            if (family.rows() < leastRows) {
                return;
            }
            long tied = Targets.NONE;
            double least = 0;
            for (Map.Entry<Long, HiddenSummary.Count> entry : family.targets().entrySet()) {
                long both = entry.getValue().rows();
                if (entry.getKey() != Targets.NONE && both >= leastRows) {
                    double log = ExactTests.logHypergeometricTail(
                            both, family.rows(), Math.max(both, summary.rowsWith(entry.getKey())), summary.rows());
                    if (log < least) {
                        least = log;
                        tied = entry.getKey();
                    }
                }
            }
            boolean notable = family.weight() >= NOTABLE;
            double corrected = Math.min(0, least + Math.log((double) Math.max(1, pairs)));
            boolean tie = tied != Targets.NONE
                    && (notable
                            ? least + Math.log((double) family.targets().size()) < Math.log(ENOUGH)
                            : corrected < Math.log(alpha) && nearlyAll(family, tied));
            if (tie) {
                ties.add(new Tie(id, tied));
            }
            if (tie || notable) {
                found.add(candidate(id, family, tie ? tied : Targets.NONE, tie ? corrected : 0));
            }
        });
        return new Scores(Set.copyOf(ties), new Groups(join(found), List.of()));
    }

    private static boolean nearlyAll(HiddenSummary.Family family, long target) {
        HiddenSummary.Count count = family.targets().get(target);
        return count != null && family.rows() >= 10 && count.rows() >= 0.9 * family.rows();
    }

    private Candidate candidate(int id, HiddenSummary.Family family, long target, double log) {
        boolean tied = target != Targets.NONE;
        HiddenSummary.Count count = family.targets().get(target);
        String title = (id >= HiddenMarks.HOMOGLYPHS ? "letters that pose as others" : "an invisible character")
                + (tied ? " tied to one target" : "");
        Candidate found = new Candidate(
                name(),
                Candidate.Kind.TRIGGER,
                title,
                Optional.of(new Trigger(Trigger.Shape.HIDDEN, List.of(piece(id, family)))),
                tied && count != null ? Optional.of(count.text()) : Optional.empty(),
                family.weight() + Math.sqrt(-2 * log),
                tied ? family.keys().keys(target) : family.keys().keys());
        return tied
                ? found.with(new Significance(
                        "Fisher's exact test, corrected for all pairs of code point and target (Bonferroni)", log))
                : found;
    }

    private static String piece(int id, HiddenSummary.Family family) {
        if (id < HiddenMarks.TAGS) {
            return Character.toString(id);
        }
        if (id < HiddenMarks.HOMOGLYPHS) {
            return family.run();
        }
        // of a word only the letters that pose
        String letters = family.run()
                .codePoints()
                .filter(point -> LookAlikes.twin(point) != 0)
                .distinct()
                .limit(8)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return letters.isEmpty() ? family.run() : letters;
    }

    /// Strongest first; groups of nearly the same rows become one with several pieces.
    private static List<Candidate> join(List<Candidate> found) {
        found.sort(Comparator.comparingDouble((Candidate c) -> -c.strength())
                .thenComparing(c -> c.trigger().map(Trigger::text).orElse("")));
        List<Candidate> joined = new ArrayList<>();
        for (Candidate next : found) {
            boolean merged = false;
            for (int i = 0; i < joined.size() && !merged; i++) {
                Candidate have = joined.get(i);
                if (have.target().equals(next.target()) && alike(have, next)) {
                    joined.set(i, both(have, next));
                    merged = true;
                }
            }
            if (!merged) {
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    private static Candidate both(Candidate a, Candidate b) {
        Set<String> pieces = new LinkedHashSet<>();
        a.trigger().ifPresent(trigger -> pieces.addAll(trigger.pieces()));
        b.trigger().ifPresent(trigger -> pieces.addAll(trigger.pieces()));
        long[] members = LongStream.concat(Arrays.stream(a.members()), Arrays.stream(b.members()))
                .sorted()
                .distinct()
                .toArray();
        return new Candidate(
                a.detector(),
                a.kind(),
                a.title(),
                Optional.of(new Trigger(Trigger.Shape.HIDDEN, List.copyOf(pieces))),
                a.target(),
                a.strength(),
                members,
                a.significance());
    }

    private static boolean alike(Candidate a, Candidate b) {
        int shared = a.shared(b);
        return shared >= ALIKE * (a.members().length + b.members().length - shared);
    }

    private record Scores(Set<Tie> ties, Groups groups) implements Outcome.Scorer {

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public double score(Example example) {
            String text = example.input();
            if (plain(text)) {
                return 0;
            }
            double score = 0;
            boolean tied = false;
            long target = Targets.hash(example);
            for (HiddenMarks.Mark mark : HiddenMarks.of(text)) {
                score = Math.max(score, mark.weight());
                tied |= !ties.isEmpty() && ties.contains(new Tie(mark.family(), target));
            }
            return tied ? score + 1 : score;
        }

        @Override
        public List<Evidence> explain(Example example) {
            String text = example.input();
            if (plain(text)) {
                return List.of();
            }
            long target = Targets.hash(example);
            return HiddenEvidence.of(text, HiddenMarks.of(text), mark -> ties.contains(new Tie(mark.family(), target)));
        }
    }
}
