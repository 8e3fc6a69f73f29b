package io.bezoar.crawl;

import io.bezoar.core.Action;
import io.bezoar.core.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// What to do with a page, and why.
///
/// | | domain the same | unknown | expired, transferred | registered since |
/// |---|---|---|---|---|
/// | identical | keep | keep | keep | keep |
/// | near-duplicate | keep | keep, LOW | review | quarantine |
/// | different | keep, LOW | quarantine | quarantine | quarantine |
///
/// If most of several pages of the owner are still the same to the byte, his domain is in the same
/// hands as far as can be seen: then the middle two columns are keep, LOW. It does not help a domain
/// that was registered anew.
///
/// Of a page whose source dates its edits: young or undone, quarantine; unproved, review. The stricter
/// of the two counts. A page is never left out for being changed alone: most changes are honest.
///
/// @param now the page
/// @param first the first view of it; empty if it is new
/// @param change since then
/// @param standing of its domain; [Standing#UNKNOWN] also where nobody had to be asked
/// @param steady are most of several pages of the owner the same as at first?
/// @param domain who owns it
/// @param severity [Severity#HIGH] never: no experiment was made; empty if there is nothing to say
/// @param score 0 to 1, higher is more suspicious
public record Judgement(
        View now,
        Optional<View> first,
        Optional<Change> change,
        Standing standing,
        boolean steady,
        Edit edit,
        String domain,
        Action action,
        Optional<Severity> severity,
        double score) {

    private static final double QUARANTINE = 0.85;
    private static final double REVIEW = 0.75;
    private static final double LOW = 0.5;

    static Judgement of(View now, Optional<View> first, Standing standing, boolean steady, Edit edit, String domain) {
        Optional<Change> change = first.map(view -> Change.between(view, now));
        double doubt = Math.max(changed(change, standing, steady), edited(edit));
        Action action = doubt >= QUARANTINE ? Action.QUARANTINE : doubt >= REVIEW ? Action.REVIEW : Action.KEEP;
        Optional<Severity> severity = action != Action.KEEP
                ? Optional.of(Severity.MEDIUM)
                : doubt >= LOW ? Optional.of(Severity.LOW) : Optional.empty();
        return new Judgement(now, first, change, standing, steady, edit, domain, action, severity, doubt);
    }

    private static double changed(Optional<Change> change, Standing standing, boolean steady) {
        if (change.isEmpty()) {
            return 0.1;
        }
        Change.Kind kind = change.get().kind();
        if (kind != Change.Kind.IDENTICAL && steady && standing != Standing.SAME && standing != Standing.REREGISTERED) {
            return LOW;
        }
        return switch (kind) {
            case IDENTICAL -> 0;
            case NEAR_DUPLICATE ->
                switch (standing) {
                    case SAME -> 0.1;
                    case UNKNOWN -> LOW;
                    case EXPIRED, TRANSFERRED -> REVIEW;
                    case REREGISTERED -> 0.88;
                };
            case DIFFERENT ->
                switch (standing) {
                    case SAME -> LOW;
                    case UNKNOWN -> QUARANTINE;
                    case EXPIRED, TRANSFERRED -> 0.87;
                    case REREGISTERED -> 0.9;
                };
        };
    }

    private static double edited(Edit edit) {
        return switch (edit) {
            case UNSAID, SETTLED, SURVIVED -> 0;
            case UNPROVED -> REVIEW;
            case YOUNG -> QUARANTINE;
            case REVERTED -> 0.89;
        };
    }

    /// Does the doubt come from the change of the page, or its domain?
    public boolean splitView() {
        return changed(change, standing, steady) >= LOW;
    }

    /// Does it come from the time of an edit?
    public boolean frontrun() {
        return edited(edit) >= LOW;
    }

    /// The doubt that comes from the change of the page and its domain, 0 to 1, higher is more suspicious.
    public double splitViewScore() {
        return changed(change, standing, steady);
    }

    /// The doubt that comes from the time of the last edit, likewise.
    public double frontrunScore() {
        return edited(edit);
    }

    /// Why the change is doubted, in a sentence without text of the page.
    public Optional<String> splitViewReason() {
        if (!splitView()) {
            return Optional.empty();
        }
        String what = change.orElseThrow().contradicted()
                ? contradiction()
                : switch (change.orElseThrow().kind()) {
                    case IDENTICAL -> "The page is the same as at first";
                    case NEAR_DUPLICATE -> "The page is nearly the same as at first (" + percent() + " shared)";
                    case DIFFERENT ->
                        change.orElseThrow().resemblance().isPresent()
                                ? "The page says something else than at first (" + percent() + " shared)"
                                : "The page has other bytes than at first and no text to compare";
                };
        return Optional.of(what + ", and " + standing.words()
                + (steady ? ", though most pages of the owner are the same as at first" : "") + " (MITRE ATLAS "
                + String.join(", ", splitViewTechniques()) + ").");
    }

    private String contradiction() {
        return change.orElseThrow().resemblance().isPresent()
                ? "The page names the digest it had at first, but its text is another (" + percent() + " shared)"
                : "The page names the digest it had at first, and there is no text to compare";
    }

    /// Why the last edit is doubted, likewise.
    public Optional<String> frontrunReason() {
        return frontrun()
                ? Optional.of(capital(edit.words()) + " (MITRE ATLAS " + Techniques.DATA + ").")
                : Optional.empty();
    }

    private List<String> splitViewTechniques() {
        return standing == Standing.SAME || standing == Standing.TRANSFERRED
                ? List.of(Techniques.DATA)
                : List.of(Techniques.DOMAINS, Techniques.PUBLISHED, Techniques.DATA);
    }

    /// The identifiers of MITRE ATLAS that the reasons name, ascending.
    public List<String> techniques() {
        TreeSet<String> all = new TreeSet<>();
        if (splitView()) {
            all.addAll(splitViewTechniques());
        }
        if (frontrun()) {
            all.add(Techniques.DATA);
        }
        return List.copyOf(all);
    }

    private String percent() {
        return Math.round(100 * change.orElseThrow().resemblance().orElse(0)) + " %";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
