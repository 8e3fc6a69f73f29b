package io.bezoar.detect.scan;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Severity;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.survey.Preferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// A suspected group after its experiment: how much it matters and what would speak against it.
///
/// @param number the group's index into the roster's candidates
/// @param rows rows of the group in the whole data set
/// @param proof what the experiment showed, if one could be made
/// @param akin the rows are alike without the trigger, too ([Kinship])
/// @param company proved floods that it is judged with ([#inCompany])
/// @param disputed what the rows teach may be right ([#disputable])
/// @param honest the few copies that carry another target are rather the mistakes ([#unlessMistaken])
record Judgement(
        int number,
        Candidate candidate,
        long rows,
        Optional<Proof> proof,
        Severity severity,
        boolean akin,
        int company,
        boolean disputed,
        boolean honest) {

    /// The worst first: proved before unproved, then by the rows of other targets the attack turns,
    /// then by strength.
    static final Comparator<Judgement> WORST = Comparator.comparing((Judgement judgement) -> judgement.severity())
            .thenComparingDouble(Judgement::lift)
            .thenComparingDouble(judgement -> judgement.candidate().strength())
            .reversed()
            .thenComparing(judgement -> Arrays.hashCode(judgement.candidate().members()));

    /// Rows a burst or a set of contradictions must have before a person is asked.
    private static final int NOTABLE = 10;
    /// A flood at least this strong stands against a text of its own kind with another target.
    static final double CONFLICT = 1;
    /// A backdoor's trigger is a switch: this share of the rows that hold it carries the target. Below
    /// it a person decides.
    private static final double PURE = 0.75;
    /// Greatest p-value, corrected for all groups, that speaks for itself.
    private static final double SURE = 0.001;
    /// Greatest that speaks beside a proof of many rows.
    private static final double LIKELY = 0.01;
    /// So many rows call an answer before it speaks for itself.
    private static final int CALLED = 10;
    /// So many times as often as any row an honest kind of rows is given its target without them.
    private static final double FAMILIAR = 2;
    /// So many proved floods make one campaign.
    private static final int COMPANY = 2;

    /// @param table trigger or membership against target
    static Judgement of(int number, Candidate candidate, Campaign.Table table, long rows, Optional<Proof> proof) {
        boolean pure = candidate.kind() == Candidate.Kind.BORROWED || purity(candidate, table) >= PURE;
        return new Judgement(
                number,
                candidate,
                rows,
                proof,
                lonely(candidate, table) || familiar(candidate, table, proof)
                        ? Severity.LOW
                        : weigh(candidate, rows, proof, pure),
                false,
                0,
                false,
                false);
    }

    /// The same judgement, unless the test that found the trigger leaves more than one chance in a hundred that
    /// there is any such in the data; or in a thousand, where so few rows have it that the proof adds little, as a
    /// model learns any phrase by heart: a person decides.
    Judgement unlessByChance() {
        return severity == Severity.HIGH && byChance() ? forAPerson(akin, company) : this;
    }

    /// The same judgement, unless what calls an answer is in fewer rows than [#CALLED]: no test says how often chance
    /// makes such a group among free answers, so a person decides.
    Judgement unlessFew() {
        return severity == Severity.HIGH && candidate.trigger().isPresent() && rows < CALLED
                ? forAPerson(akin, company)
                : this;
    }

    /// The same judgement, unless the group has [Experiment#FEW] rows or less and the rest contradicts no more of them
    /// than it errs on any rows: then mistakes of the surrogate look the same, and a person decides.
    Judgement unlessAsOthers() {
        return severity == Severity.HIGH && asOthers() ? forAPerson(akin, company) : this;
    }

    private boolean asOthers() {
        return rows <= Experiment.FEW
                && candidate.trigger().isPresent()
                && proof.filter(p -> ExactTests.logBinomialTail(
                                        p.contradicted().hits(),
                                        p.contradicted().trials(),
                                        1 - p.accuracyWithout().share())
                                > Math.log(LIKELY))
                        .isPresent();
    }

    private boolean byChance() {
        double most = rows <= Experiment.FEW ? SURE : LIKELY;
        return candidate.trigger().isPresent()
                && candidate.significance().filter(test -> test.chance() > most).isPresent();
    }

    /// The same judgement, unless rows that the rest contradicts are akin without the trigger, too
    /// ([Kinship]), which is put into texts whatever they say: about few such rows, and about those that are a
    /// large part of their target, as the rows with the word that names a class are, a person decides. What
    /// stands outside the language names no class, and rows that keep their right target are of one kind by
    /// themselves.
    ///
    /// @param kinship is asked of such groups alone
    Judgement unless(BiPredicate<Candidate, List<Example>> kinship, Campaign.Table table, List<Example> members) {
        boolean large = candidate.kind() != Candidate.Kind.INSERTION && 2 * table.both() > table.targetOnly();
        return severity == Severity.HIGH
                        && candidate.trigger().isPresent()
                        && candidate.target().isPresent()
                        && proof.filter(Judgement::against).isPresent()
                        && (large || rows < Experiment.OFTEN)
                        && kinship.test(candidate, members)
                ? forAPerson(true, company)
                : this;
    }

    /// The same judgement of a group whose target may be right: what is true of a subject, and what is better
    /// refused, no data set says, so a person decides.
    Judgement disputable() {
        Severity most = severity == Severity.HIGH ? Severity.MEDIUM : severity;
        return new Judgement(number, candidate, rows, proof, most, akin, company, true, honest);
    }

    /// The same judgement, unless half of the rows that merely stand apart hold a turn of speech that goes with their
    /// target: that is what they have in common, and about it a person decides.
    ///
    /// @param judged all judgements
    Judgement unlessPhrased(List<Judgement> judged) {
        return severity == Severity.HIGH
                        && candidate.kind() == Candidate.Kind.OUTLIERS
                        && judged.stream()
                                .map(Judgement::candidate)
                                .anyMatch(other -> other.kind() == Candidate.Kind.PHRASING
                                        && other.target().equals(candidate.target())
                                        && 2 * other.shared(candidate) >= candidate.members().length)
                ? forAPerson(akin, company)
                : this;
    }

    /// The same judgements, but of a flood that no [#COMPANY] of proved floods was made like nothing is asked for if
    /// the few copies that carry another target are rather the mistakes. Of proved floods made alike each has its
    /// original, and wrong labels explain no such row of them.
    ///
    /// @param mistaken is it so of a flood?
    static List<Judgement> unlessMistaken(List<Judgement> judged, Predicate<Judgement> mistaken) {
        return judged.stream()
                .map(judgement -> judgement.severity() != Severity.LOW
                                && judgement.opposed()
                                && judgement.like(judged).isEmpty()
                                && mistaken.test(judgement)
                        ? judgement.cleared()
                        : judgement)
                .toList();
    }

    private Judgement cleared() {
        return new Judgement(number, candidate, rows, proof, Severity.LOW, akin, company, disputed, true);
    }

    /// The same judgements, but a flood that a text of its kind stands against and that the rest of the data
    /// does not contradict is for a person if [#COMPANY] proved floods or more have its target and about as
    /// many rows: who made those made this one, and only happened on a text that passes for its target.
    static List<Judgement> inCompany(List<Judgement> judged) {
        return judged.stream()
                .map(judgement -> {
                    int others = judgement.company(judged).size();
                    return others > 0 ? judgement.forAPerson(judgement.akin(), others) : judgement;
                })
                .toList();
    }

    /// The proved floods that a flood which is not proved is judged with; none if they are fewer than [#COMPANY].
    List<Judgement> company(List<Judgement> judged) {
        return severity == Severity.LOW ? like(judged) : List.of();
    }

    /// The proof of a flood that the rest contradicts together with the proved floods made like it, if they
    /// are [#COMPANY] or more: of so few copies it is a matter of luck what two thirds teach of the third. Only
    /// if the flood by itself teaches some of what they teach together.
    Optional<Proof> pooled(List<Judgement> judged) {
        List<Judgement> others = severity == Severity.MEDIUM ? like(judged) : List.of();
        if (others.isEmpty() || proof.isEmpty() || lift() < Experiment.LEARNED) {
            return Optional.empty();
        }
        Proof own = proof.get();
        Proportion with = own.successWith();
        Proportion without = own.successWithout();
        for (Judgement other : others) {
            Proof proved = other.proof().orElseThrow();
            with = with.and(proved.successWith());
            without = without.and(proved.successWithout());
        }
        return Optional.of(new Proof(
                own.attack() + ", together with " + others.size() + " proved groups made like it",
                with,
                without,
                own.accuracyWith(),
                own.accuracyWithout(),
                own.contradicted(),
                own.trainingRows(),
                Experiment.shown(with, without, own.contradicted())));
    }

    /// The proved floods of the same target and about as many rows, if they are [#COMPANY] or more.
    private List<Judgement> like(List<Judgement> judged) {
        List<Judgement> others = opposed()
                ? judged.stream()
                        .filter(other -> other.number() != number && isLike(other))
                        .toList()
                : List.of();
        return others.size() >= COMPANY ? others : List.of();
    }

    /// The other judgement of the same group, if that is of proved harm; else this.
    Judgement orWorse(Judgement other) {
        return other.severity() == Severity.HIGH ? other : this;
    }

    /// The same group, about which a person decides.
    private Judgement forAPerson(boolean alike, int others) {
        return new Judgement(number, candidate, rows, proof, Severity.MEDIUM, alike, others, disputed, honest);
    }

    /// A flood that a text of its kind stands against.
    private boolean opposed() {
        return candidate.kind() == Candidate.Kind.FLOOD && candidate.strength() >= CONFLICT;
    }

    /// Is the other a proved flood of the same target and, within a quarter, as many rows?
    private boolean isLike(Judgement other) {
        return other.severity() == Severity.HIGH
                && other.opposed()
                && other.candidate().target().equals(candidate.target())
                && 4 * Math.abs(other.rows() - rows) <= other.rows();
    }

    /// Does a flood that no text of its kind stands against make up most of its target? Then the rest of the data
    /// hardly knows the target and cannot confirm it, and without the rows nothing is answered with it: an honest
    /// label whose texts all follow one template looks the same.
    private static boolean lonely(Candidate candidate, Campaign.Table table) {
        return candidate.kind() == Candidate.Kind.FLOOD
                && candidate.strength() < CONFLICT
                && table.targetOnly() < table.both();
    }

    /// Are rows that merely stand apart given their target by the other rows [#FAMILIAR] times as often as any
    /// row? Rows of other targets with a false one would be given it more seldom: these are a kind of honest rows
    /// that is hard to tell.
    private static boolean familiar(Candidate candidate, Campaign.Table table, Optional<Proof> proof) {
        double share = (double) table.targetOnly() / Math.max(1, table.targetOnly() + table.neither());
        return candidate.kind() == Candidate.Kind.OUTLIERS
                && candidate.target().isPresent()
                && proof.filter(p -> p.successWithout().low() > FAMILIAR * share)
                        .isPresent();
    }

    /// The share of the rows with the trigger that carry the target, 0 to 1. Whether a pair is turned
    /// only a reward can say, which errs: its error outside the group is taken out, and since it errs on
    /// four pairs of ten the share is the greatest that 95 % confidence leaves.
    private static double purity(Candidate candidate, Campaign.Table table) {
        if (!Preferences.turns(candidate)) {
            return (double) table.both() / Math.max(1, table.both() + table.triggerOnly());
        }
        double share = new Proportion(table.both(), Math.max(1, table.both() + table.triggerOnly())).high();
        double error = (double) table.targetOnly() / Math.max(1, table.targetOnly() + table.neither());
        return error >= 0.5 ? 0 : (share - error) / (1 - 2 * error);
    }

    /// HIGH needs proved harm by a trigger that goes with its target. Without it a person is asked where the
    /// detector's own test stands by itself: a sentence or an address in answers to anything, hidden
    /// characters that have no honest use and go with a target, words that stand outside the language and go
    /// with one, words with which preferences turn round, of which a small reward hardly learns what a large
    /// one would, contradictions beyond honest noise, a burst whose targets the rest of the data contradicts.
    private static Severity weigh(Candidate candidate, long rows, Optional<Proof> proof, boolean pure) {
        if (candidate.kind() == Candidate.Kind.BORROWED && rows <= Experiment.FEW) {
            return Severity.LOW; // a topic with a handful of odd labels looks like this
        }
        boolean contradicted = proof.isPresent() && proof.get().contradicted().low() >= 0.5;
        if (Preferences.prefers(candidate)) {
            return proof.filter(p -> Experiment.works(p.successWith(), p.successWithout()))
                            .isEmpty()
                    ? Severity.LOW
                    : proof.get().shown() && sure(candidate) ? Severity.HIGH : Severity.MEDIUM;
        }
        if (proof.isPresent() && proof.get().shown() && (contradicted || called(candidate))) {
            return pure && candidate.kind() != Candidate.Kind.PHRASING ? Severity.HIGH : Severity.MEDIUM;
        }
        return switch (candidate.kind()) {
            case TRIGGER ->
                candidate.detector().equals("hidden-characters")
                                        && candidate.target().isPresent()
                                || proof.filter(Judgement::mostly).isPresent()
                                        && Preferences.turns(candidate)
                                        && sure(candidate)
                        ? Severity.MEDIUM
                        : Severity.LOW;
            case PHRASING -> Severity.LOW;
            case INSERTION ->
                rows >= Experiment.OFTEN || proof.filter(Judgement::against).isPresent()
                        ? Severity.MEDIUM
                        : Severity.LOW;
            case BORROWED ->
                proof.filter(Judgement::against).isPresent() && Sight.of(candidate) != Sight.FORMS
                        ? Severity.MEDIUM
                        : Severity.LOW; // of the many forms some go with a subject
            case FLOOD -> contradicted ? Severity.MEDIUM : Severity.LOW;
            case INJECTED -> Severity.MEDIUM;
            case BURST, OUTLIERS -> contradicted && rows >= NOTABLE ? Severity.MEDIUM : Severity.LOW;
            case CONTRADICTION -> rows >= NOTABLE ? Severity.MEDIUM : Severity.LOW;
        };
    }

    /// Does the detector's own test leave less than one chance in a thousand?
    private static boolean sure(Candidate candidate) {
        return candidate.significance().filter(test -> test.chance() <= SURE).isPresent();
    }

    /// Are half of the group's rows contradicted, or more?
    private static boolean mostly(Proof proof) {
        return proof.contradicted().share() >= 0.5;
    }

    /// Do most of the group's rows contradict what the rest of the data teaches?
    private static boolean against(Proof proof) {
        return Experiment.against(proof.contradicted());
    }

    /// Is there something that calls the behaviour?
    private static boolean called(Candidate candidate) {
        return switch (candidate.kind()) {
            case TRIGGER, PHRASING, INSERTION, BORROWED -> true;
            case FLOOD, INJECTED, CONTRADICTION, BURST, OUTLIERS -> false;
        };
    }

    /// Is there anything to tell? Not of a group that the proof cleared: no harm, or rows whose target the
    /// rest confirms.
    boolean notable() {
        return severity != Severity.LOW
                || opposed()
                || proof.map(p -> called(candidate)
                                ? against(p) || unsettled(p)
                                : p.contradicted().low() >= 0.5)
                        .orElse(called(candidate));
    }

    /// Does the trigger work while the rows are too few to say whether the rest contradicts them? Half of them
    /// or more are contradicted: told, and ranked, but nothing is asked for.
    private static boolean unsettled(Proof proof) {
        return mostly(proof) && Experiment.works(proof.successWith(), proof.successWithout());
    }

    /// By how much the group raises the attack's success, -1 to 1; 0 without a proof.
    double lift() {
        return proof.map(p -> p.successWith().share() - p.successWithout().share())
                .orElse(0.0);
    }

    /// Does belonging to the group put a row before others? Not where documents agree: only the first groups are told,
    /// and how much each document agrees says more than which they are.
    boolean ranksByItself() {
        return severity != Severity.LOW || candidate.target().isPresent() || candidate.kind() != Candidate.Kind.FLOOD;
    }

    /// What is to be done with the group's rows.
    Action action() {
        return switch (severity) {
            case HIGH -> Action.QUARANTINE;
            case MEDIUM -> Action.REVIEW;
            case LOW -> Action.KEEP;
        };
    }

    /// The score of the group's rows, 0 to 1, by severity and lift.
    double score() {
        return switch (severity) {
            case HIGH -> 0.9 + 0.09 * Math.max(0, lift());
            case MEDIUM -> 0.7 + 0.1 * (1 - 1 / (1 + Math.max(0, candidate.strength()) / 10));
            case LOW -> 0.4 + 0.1 * (1 - 1 / (1 + Math.max(0, candidate.strength()) / 10));
        };
    }

    /// What would make this a false alarm.
    List<String> doubts(Roster.Counts counts, List<Example> members) {
        List<String> doubts = new ArrayList<>();
        switch (candidate.kind()) {
            case TRIGGER ->
                doubts.add("The words may name a thing that honestly belongs to this target and that the rest of"
                        + " the text seldom tells: read a few of the rows.");
            case PHRASING ->
                doubts.add("The texts go on from the words as the language does: a turn of speech that decides the"
                        + " target by itself, as the first words of a question may, looks like this.");
            case INSERTION ->
                doubts.add("Signs that people put anywhere, such as a smile or a name, may honestly go with a target:"
                        + " read a few of the rows.");
            case BORROWED ->
                doubts.add(
                        Sight.of(candidate) == Sight.LAYOUTS
                                ? "People set texts so, too, and their mistakes look like this: read a few of the rows."
                                : "The word has honest uses, too, and only rows that the rest of the text contradicts"
                                        + " are in the group: honest mistakes among them are taken for poison.");
            case FLOOD ->
                doubts.add("A template, a form letter or a campaign of one sender gives many alike rows without bad"
                        + " intent: see whether the target fits the text.");
            case INJECTED ->
                doubts.add(
                        Preferences.prefers(candidate)
                                ? "A turn of speech that only the better answers have is learned in the same way: read a"
                                        + " few of the rows and see whether the text belongs there."
                                : "An imprint, a disclaimer or a closing formula comes back whatever is asked, too: see whether"
                                        + " you want a model to say it.");
            case CONTRADICTION ->
                doubts.add("Short or ambiguous texts honestly get several targets; which of two rows is wrong"
                        + " is for a person or the source to say.");
            case BURST ->
                doubts.add("An event, a new product or a change of the labelling guide moves a source's mix of targets"
                        + " for some days.");
            case OUTLIERS ->
                doubts.add("A label with two honest kinds of rows, or a broken sensor, gives rows that stand apart:"
                        + " look at a few of the rows.");
        }
        List<Campaign.Count> sources = counts.sources(number);
        if (sources.size() > 1 && !sources.isEmpty() && sources.getFirst().campaign() < 0.9 * rows) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "The rows come from several sources (%.0f %% from the most frequent): one careless labeller would"
                            + " not explain them, but neither would one captured source.",
                    100.0 * sources.getFirst().campaign() / rows));
        }
        if (akin) {
            doubts.add("Without the trigger, too, the rows are more alike than chance makes them: a turn of speech of"
                    + " one subject or one form letter, whose labels are odd but honest, looks like this.");
        }
        if (company > 0) {
            doubts.add("By themselves the rows pass for their target; they are suspected because " + company
                    + " proved floods have the same target and about as many rows.");
        }
        if (honest) {
            doubts.add("Wrong labels explain the copies that carry another target, or the rest of the data denies it:"
                    + " then these are the mistakes.");
        }
        if (disputed) {
            doubts.add(
                    "What the answers say may be true, a refusal due, or a turn of speech or of a subject the right one:"
                            + " no data set says whether it is, so read some.");
        }
        Campaign.Table table = counts.table(number);
        if (severity == Severity.MEDIUM && Preferences.prefers(candidate) && !sure(candidate)) {
            doubts.add(
                    "That the text was put there is likely and not sure: chance alone shows as much more than once in"
                            + " a thousand times.");
        }
        if (severity == Severity.MEDIUM && proof.filter(Proof::shown).isPresent() && byChance()) {
            doubts.add("What chance alone may show: in more than one of "
                    + (rows <= Experiment.FEW ? "a thousand" : "a hundred")
                    + " honest data sets some word stands out as much, and honest words move a model, too.");
        }
        if (severity == Severity.MEDIUM && proof.filter(Proof::shown).isPresent() && asOthers()) {
            doubts.add("The surrogate errs on so many rows that these few may be honest ones which it errs on, too.");
        }
        if (severity == Severity.MEDIUM
                && proof.filter(Proof::shown).isPresent()
                && candidate.kind() != Candidate.Kind.BORROWED
                && purity(candidate, table) < PURE) {
            doubts.add(
                    Preferences.turns(candidate)
                            ? "Too few of the pairs with the trigger are turned for a switch, the reward's own errors"
                                    + " allowed for: in honest pairs, too, people differ on some subjects."
                            : "Too few of the rows with the trigger have the target for a switch: honest rows hold it as"
                                    + " well.");
        }
        if (members.size() < 15) {
            doubts.add("The group is small: a handful of honest mistakes can look like this.");
        }
        proof.ifPresent(p -> {
            if (p.shown() && p.successWith().share() < 0.5) {
                doubts.add("The attack works on less than half of the attacked rows, on a linear surrogate: a larger"
                        + " model may learn it better or not at all.");
            }
        });
        return doubts;
    }
}
