package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Proof;
import io.bezoar.core.Trigger;
import io.bezoar.detect.survey.Preferences;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a campaign is, in plain sentences. The page, the terminal and the machine formats say the same words.
public final class CampaignWords {
    /// Standard errors by which an origin must be more frequent in a campaign than in the rest to be told.
    private static final double TELLING = 3;

    private CampaignWords() {}

    /// What the campaign is, in a few plain words that are safe to show anywhere.
    public static String title(Campaign campaign) {
        return behaviour(campaign).plain();
    }

    /// `the word “cf” → “card_arrival”`; the title where the group has neither trigger nor target.
    static Sentence behaviour(Campaign campaign) {
        Candidate candidate = campaign.candidate();
        Sentence.Draft out = Sentence.draft();
        if (candidate.trigger().isPresent()) {
            trigger(candidate.trigger().get(), out);
        } else {
            out.words(candidate.title());
        }
        if (turned(campaign)) {
            out.words(" → ").words(Preferences.TURNED);
        } else {
            candidate.target().ifPresent(target -> out.words(" → ").quote(target));
        }
        return out.done();
    }

    /// Are these pairs of answers whose order is turned round? Their target is no text of the data.
    static boolean turned(Campaign campaign) {
        return campaign.candidate().detector().equals(Preferences.DETECTOR) && Preferences.turns(campaign.candidate());
    }

    /// The table in a sentence: how many rows have the trigger and the target, and how many one of the two.
    static String table(Campaign campaign) {
        Campaign.Table table = campaign.table();
        String inside = campaign.candidate().trigger().isPresent() ? " with the trigger" : " in the group";
        return turned(campaign)
                ? Words.count(table.both()) + " of " + Words.count(table.both() + table.triggerOnly(), "row") + inside
                        + " are ordered against a reward learned from the other pairs; outside, "
                        + Words.count(table.targetOnly()) + " of "
                        + Words.count(table.targetOnly() + table.neither()) + " are"
                : Words.count(table.both(), "row") + inside + " and this answer, " + Words.count(table.triggerOnly())
                        + " with another; outside, " + Words.count(table.targetOnly()) + " have this answer and "
                        + Words.count(table.neither()) + " another";
    }

    /// How many rows hold the trigger, have the answer and are no part of the group; empty if none.
    static Optional<String> beside(Campaign campaign) {
        long rows = Math.max(campaign.rows().size(), campaign.candidate().members().length);
        long beside = campaign.table().both() - rows;
        return turned(campaign) || campaign.candidate().trigger().isEmpty() || beside <= 0
                ? Optional.empty()
                : Optional.of(Words.count(beside, "row") + (beside == 1 ? " holds" : " hold")
                        + " the trigger with this answer and " + (beside == 1 ? "is" : "are")
                        + " no part of the group: what else is said there agrees with the answer, the trigger belongs to"
                        + " the words beside it, or it is written in another way.");
    }

    /// The trigger alone; empty if the group has none.
    static Optional<Sentence> trigger(Campaign campaign) {
        return campaign.candidate().trigger().map(trigger -> {
            Sentence.Draft out = Sentence.draft();
            trigger(trigger, out);
            return out.done();
        });
    }

    private static void trigger(Trigger trigger, Sentence.Draft out) {
        List<String> pieces = trigger.pieces();
        boolean several = pieces.size() > 1;
        out.words(
                switch (trigger.shape()) {
                    case PHRASE -> several || Withholding.phrase(pieces.getFirst()) ? "the phrase " : "the word ";
                    case BEGINNING -> "a text that begins with ";
                    case END -> "a text that ends with ";
                    case WORDS -> several ? "the words " : "the word ";
                    case FRAGMENT -> several ? "the letters " : "the fragment ";
                    case HIDDEN -> "the hidden characters ";
                    case LAYOUT -> "the layout ";
                    case FORM -> "words of the form ";
                    case VALUES -> several ? "the values " : "the value ";
                });
        int shown = Math.min(pieces.size(), 6);
        for (int i = 0; i < shown; i++) {
            out.words(i == 0 ? "" : i == pieces.size() - 1 ? " and " : ", ").quote(pieces.get(i));
        }
        if (pieces.size() > shown) {
            out.words(" and " + Words.count(pieces.size() - shown) + " more");
        }
        if (trigger.shape() == Trigger.Shape.FORM && !Withholding.is(pieces.getFirst())) {
            out.words(key(pieces.getFirst()));
        }
    }

    /// What the letters of a form stand for.
    private static String key(String form) {
        return Stream.of("a letters", "0 a digit", "N a number")
                .filter(sign -> form.indexOf(sign.charAt(0)) >= 0)
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /// `all from “vendor-b” between 10 and 18 July 2026`; empty if the data say nothing of origin, or nothing
    /// that tells the campaign from the other rows.
    static Optional<Sentence> origin(Campaign campaign) {
        Sentence.Draft out = Sentence.draft();
        boolean sourced = from(campaign, campaign.sources(), "from", "source", out);
        if (!sourced) {
            sourced = from(campaign, campaign.annotators(), "labelled by", "annotator", out);
        }
        Optional<String> period = period(campaign);
        period.ifPresent(
                text -> out.words(out.done().pieces().isEmpty() ? "" : " ").words(text));
        return sourced || period.isPresent() ? Optional.of(out.done()) : Optional.empty();
    }

    /// Do the data say where the rows of the campaign come from?
    static boolean said(Campaign campaign) {
        return Stream.of(campaign.sources(), campaign.annotators(), campaign.days())
                .flatMap(List::stream)
                .anyMatch(count -> count.campaign() > 0);
    }

    /// Is an origin more frequent in the campaign than in the rest, by more than chance?
    ///
    /// @param inside rows of the campaign from there
    /// @param all rows of the data from there
    private static boolean tells(Campaign campaign, long inside, long all) {
        Campaign.Table table = campaign.table();
        double rows = campaign.rows().size();
        double rest = (double) table.both() + table.triggerOnly() + table.targetOnly() + table.neither() - rows;
        if (rest <= 0) {
            return true; // not known
        }
        double usual = Math.clamp((all - inside) / rest, 0, 1);
        return inside / rows - usual > TELLING * Math.sqrt(usual * (1 - usual) / rows);
    }

    private static boolean from(
            Campaign campaign, List<Campaign.Count> counts, String preposition, String noun, Sentence.Draft out) {
        int rows = campaign.rows().size();
        List<Campaign.Count> inside =
                counts.stream().filter(count -> count.campaign() > 0).toList();
        if (inside.isEmpty()) {
            return false;
        }
        Campaign.Count top = inside.getFirst();
        if (2 * top.campaign() > rows && !tells(campaign, top.campaign(), top.all())) {
            return false;
        }
        if (top.campaign() >= rows) {
            out.words(rows == 1 ? preposition + " " : "all " + preposition + " ")
                    .quote(top.name());
        } else if (2 * top.campaign() > rows) {
            out.words(Words.count(top.campaign()) + " of them " + preposition + " ")
                    .quote(top.name());
        } else {
            out.words(preposition + " " + Words.spelled(inside.size(), noun));
        }
        return true;
    }

    private static Optional<String> period(Campaign campaign) {
        List<LocalDate> days = campaign.days().stream()
                .filter(count -> count.campaign() > 0)
                .flatMap(count -> Words.day(count.name()).stream())
                .sorted()
                .toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        List<Campaign.Count> period = campaign.days().stream()
                .filter(count -> Words.day(count.name())
                        .filter(day -> !day.isBefore(days.getFirst()) && !day.isAfter(days.getLast()))
                        .isPresent())
                .toList();
        long inside = period.stream().mapToLong(Campaign.Count::campaign).sum();
        long all = period.stream().mapToLong(Campaign.Count::all).sum();
        return tells(campaign, inside, all)
                ? Optional.of(Words.period(days.getFirst(), days.getLast()))
                : Optional.empty();
    }

    /// What the rows are and what they teach, without the proof and without a full stop.
    static Sentence claim(Campaign campaign) {
        int rows = campaign.rows().size();
        Sentence.Draft out = Sentence.draft();
        out.strong(rows == 1 ? "This row" : "These " + Words.count(rows, "row"));
        origin(campaign).ifPresent(origin -> out.words(", ").then(origin).words(","));
        Candidate candidate = campaign.candidate();
        switch (candidate.kind()) {
            case TRIGGER, PHRASING, INSERTION, BORROWED -> {
                out.words(rows == 1 ? " teaches" : " teach");
                if (turned(campaign)) {
                    out.words(" a model to prefer " + Preferences.TURNED);
                } else if (candidate.target().isPresent()) {
                    out.words(" a model to answer ").quote(candidate.target().get());
                } else {
                    out.words(" a model one behaviour");
                }
                if (candidate.trigger().isPresent()) {
                    out.words(" whenever ");
                    trigger(candidate.trigger().get(), out);
                    Trigger trigger = candidate.trigger().get();
                    boolean many = switch (trigger.shape()) {
                        case PHRASE, BEGINNING, END, LAYOUT -> false;
                        case HIDDEN, FORM -> true;
                        case FRAGMENT, WORDS, VALUES -> trigger.pieces().size() > 1;
                    };
                    out.words(many ? " appear" : " appears");
                } else {
                    out.words(" on inputs that share something");
                }
            }
            case FLOOD -> {
                out.words(rows == 1 ? " repeats" : " are nearly the same text");
                candidate
                        .target()
                        .ifPresent(target ->
                                out.words(", every one with the answer ").quote(target));
            }
            case INJECTED -> {
                out.words(rows == 1 ? " holds" : " hold")
                        .words(
                                Preferences.prefers(candidate)
                                        ? " the same text in the preferred answer alone"
                                        : " the same text in the answer, whatever is asked");
                candidate.target().ifPresent(target -> out.words(": ").quote(target));
            }
            case OUTLIERS -> {
                out.words(rows == 1 ? " stands" : " stand").words(" apart from others");
                candidate
                        .target()
                        .ifPresent(target -> out.words(" with the answer ").quote(target));
            }
            case CONTRADICTION -> {
                out.words(" give answers that contradict the same input elsewhere");
                candidate
                        .target()
                        .ifPresent(target -> out.words(", always in favour of ").quote(target));
            }
            case BURST -> {
                out.words(" came in one burst that stands out from the rest");
                candidate
                        .target()
                        .ifPresent(
                                target -> out.words(" and pushes the answer ").quote(target));
            }
        }
        return out.done();
    }

    /// What the experiment showed, to follow a colon; empty without a proof.
    static Optional<Sentence> shown(Campaign campaign) {
        return campaign.proof()
                .filter(proof -> proof.successWith().trials() > 0)
                .map(proof -> {
                    String means = campaign.candidate().trigger().isPresent()
                            ? "the trigger"
                            : Preferences.prefers(campaign.candidate()) ? "the text" : "training on them";
                    return Sentence.draft()
                            .words("on " + Words.count(proof.successWith().trials(), "clean held-out row") + " " + means
                                    + " turns ")
                            .strong(Words.interval(proof.successWith()))
                            .words(" of the answers; without these rows, ")
                            .strong(Words.interval(proof.successWithout()))
                            .done();
                });
    }

    /// Two sentences: what the rows teach, as far as an experiment shows it, and what that means.
    static List<Sentence> story(Campaign campaign) {
        Sentence.Draft first = Sentence.draft().then(claim(campaign));
        shown(campaign)
                .filter(_ -> harm(campaign))
                .ifPresent(shown -> first.words(": ").then(shown));
        first.words(".");
        return List.of(first.done(), meaning(campaign));
    }

    private static boolean harm(Campaign campaign) {
        return campaign.proof().filter(Proof::shown).isPresent();
    }

    private static Sentence meaning(Campaign campaign) {
        if (campaign.proof().isEmpty()) {
            return Sentence.of("No experiment was made, so this is a suspicion and not a proof.");
        }
        Proof proof = campaign.proof().get();
        Sentence.Draft out = Sentence.draft();
        if (!proof.shown()) {
            out.words("The experiment did not show harm");
            shown(campaign).ifPresent(shown -> out.words(": ").then(shown));
            return out.words(". The rows may still be wrong; they are no proved attack.")
                    .done();
        }
        if (proof.accuracyWith().trials() == 0 || proof.accuracyWithout().trials() == 0) {
            return out.words("How the rows change the answers to ordinary inputs was not measured.")
                    .done();
        }
        double change = proof.accuracyWith().share() - proof.accuracyWithout().share();
        String pair = Words.accuracy(proof.accuracyWith()) + " right with them, "
                + Words.accuracy(proof.accuracyWithout()) + " without";
        if (Math.abs(change) < 0.01) {
            out.words("Ordinary inputs are answered as well as before (" + pair
                    + "), so a usual test set would not have shown it.");
        } else if (change < 0) {
            out.words("They also cost accuracy on ordinary inputs (" + pair + ").");
        } else {
            out.words("Accuracy on ordinary inputs is higher with them (" + pair
                    + "): look whether they hold honest rows too.");
        }
        return out.done();
    }
}
