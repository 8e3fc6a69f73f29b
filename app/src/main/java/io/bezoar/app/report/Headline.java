package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Finding;
import io.bezoar.core.Proof;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The verdict of a scan in one sentence that needs no knowledge of the field, and what follows from it.
///
/// @param tone how it should sound
/// @param verdict the sentence
/// @param consequence what to do, or what the verdict does not mean
record Headline(Tone tone, Sentence verdict, Sentence consequence) {
    /// What no verdict without a finding may do without.
    private static final String CAVEAT =
            "That is no proof that the data are clean: it speaks only of the kinds of attack the detectors look for, and"
                    + " only of these files.";

    /// How a verdict sounds. The word is shown with the colour, so that the colour is never alone.
    enum Tone {
        /// Harm is proved.
        HIGH("Proved attack"),
        /// A person should look.
        MEDIUM("Suspicious"),
        /// Worth knowing.
        LOW("Minor"),
        /// Nothing was found.
        CLEAN("Nothing found"),
        /// Nothing was looked at.
        UNREAD("Not checked");

        private final String label;

        Tone(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Headline of(ScanResult result) {
        long rows = result.dataSet().rows();
        if (!Checked.anything(result)) {
            return unread(rows);
        }
        List<Campaign> proved = result.campaigns().stream()
                .filter(campaign -> campaign.severity() == Severity.HIGH)
                .toList();
        if (!proved.isEmpty()) {
            return proved(result, proved);
        }
        Optional<Severity> worst = Stream.concat(
                        result.campaigns().stream().map(Campaign::severity),
                        Stream.concat(
                                result.findings().stream()
                                        .filter(finding ->
                                                RowsSection.told(finding) || finding.severity() != Severity.LOW)
                                        .map(Finding::severity),
                                result.remarks().stream().map(Remark::severity)))
                .max(Severity::compareTo);
        if (worst.isEmpty() && result.flagged().review() + result.flagged().quarantine() == 0) {
            return clean(rows);
        }
        return switch (worst.orElse(Severity.MEDIUM)) {
            case HIGH, MEDIUM -> suspicious(result, worst.orElse(Severity.MEDIUM));
            case LOW -> minor(result);
        };
    }

    private static Headline proved(ScanResult result, List<Campaign> proved) {
        Campaign worst = proved.getFirst();
        Sentence.Draft verdict = Sentence.draft();
        boolean shown = worst.proof().filter(Proof::shown).isPresent();
        String many = proved.size() == 1
                ? "One attack is proved: "
                : Words.capital(Words.spelled(proved.size(), "attack")) + " are proved. The worst: ";
        verdict.words(shown ? many : "Harm was found: ").then(claim(worst)).words(".");
        return new Headline(Tone.HIGH, verdict.done(), actions(result));
    }

    private static Sentence claim(Campaign campaign) {
        List<Sentence.Piece> pieces = CampaignWords.claim(campaign).pieces();
        Sentence.Draft out = Sentence.draft();
        int rows = campaign.rows().size();
        out.words(Words.count(rows, "row")).then(new Sentence(pieces.subList(1, pieces.size())));
        return out.done();
    }

    private static Headline suspicious(ScanResult result, Severity worst) {
        long groups = result.campaigns().stream()
                .filter(campaign -> campaign.severity() != Severity.LOW)
                .count();
        long flagged = result.flagged().review() + result.flagged().quarantine();
        String text;
        if (groups > 0) {
            long harmful = result.campaigns().stream()
                    .filter(campaign -> campaign.severity() != Severity.LOW)
                    .filter(campaign -> campaign.proof().filter(Proof::shown).isPresent())
                    .count();
            text = (harmful == 0 ? "No attack is proved, but " : "No attack is certain, but ")
                    + (groups == 1 ? "one group of rows" : Words.spelled(groups, "group") + " of rows")
                    + (groups == 1 ? " looks" : " look") + " planted" + harm(groups, harmful) + ".";
        } else if (flagged > 0) {
            text = "No attack is proved, but " + Words.count(flagged, "row") + (flagged == 1 ? " looks" : " look")
                    + " suspicious.";
        } else if (worst == Severity.HIGH) {
            text = "The data set as a whole shows signs of harm.";
        } else {
            text = "No attack is proved, but the data set as a whole looks unusual.";
        }
        return new Headline(worst == Severity.HIGH ? Tone.HIGH : Tone.MEDIUM, Sentence.of(text), actions(result));
    }

    private static String harm(long groups, long harmful) {
        if (harmful == 0) {
            return "";
        }
        return groups == 1
                ? ", and the experiment shows harm"
                : harmful == groups
                        ? ", and the experiments show harm of each"
                        : ", and the experiments show harm of " + Words.spelled(harmful) + " of them";
    }

    private static Headline minor(ScanResult result) {
        return new Headline(
                Tone.LOW,
                Sentence.of("No sign of an attack in "
                        + Words.count(result.dataSet().rows(), "row") + "; some things are worth knowing."),
                Sentence.of(CAVEAT + " The report tells of " + told(result)
                        + "; such things are mistakes or oddities more often than attacks."));
    }

    private static String told(ScanResult result) {
        List<String> parts = Stream.of(
                        many(result.campaigns().size(), "minor group"),
                        many(result.remarks().size(), "remark"),
                        result.findings().stream().anyMatch(RowsSection::told)
                                ? Optional.of("single rows")
                                : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }

    private static Optional<String> many(long number, String noun) {
        return number == 0 ? Optional.empty() : Optional.of(Words.spelled(number, noun));
    }

    private static Headline clean(long rows) {
        return new Headline(
                Tone.CLEAN,
                Sentence.of("Nothing suspicious was found in " + Words.count(rows, "row") + "."),
                Sentence.of(CAVEAT));
    }

    private static Headline unread(long rows) {
        return new Headline(
                Tone.UNREAD,
                Sentence.of(
                        rows == 0
                                ? "Nothing was checked: no row could be read."
                                : "Nothing was checked: no detector could run on these data."),
                Sentence.of("This is not a pass. See below what stood in the way."));
    }

    private static Sentence actions(ScanResult result) {
        long quarantine = result.flagged().quarantine();
        long review = result.flagged().review();
        String of = " of " + Words.count(result.dataSet().rows(), "row");
        if (quarantine > 0) {
            return Sentence.of("Keep " + Words.count(quarantine) + of + " out of training until someone has looked at "
                    + (quarantine == 1 ? "it" : "them")
                    + (review > 0 ? "; " + Words.count(review) + " more should be reviewed." : "."));
        }
        if (review > 0) {
            return Sentence.of("Someone should look at " + Words.count(review) + of + " before training.");
        }
        return Sentence.of("No single row is held back; read the remarks below.");
    }
}
