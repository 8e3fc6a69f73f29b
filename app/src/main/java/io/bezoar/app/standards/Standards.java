package io.bezoar.app.standards;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What public standards call the things that are found and checked.
///
/// The ids stand in a data file, see [StandardsFile], since the standards change more often than this
/// program.
///
/// @param catalogs the standards, in the order their ids are shown
/// @param findings which ids a finding has; the first that fits counts, the last fits all
/// @param checks which ids a check of the gate has; likewise
/// @param controls the demands of AISVS and what of them is met
public record Standards(List<Catalog> catalogs, List<Rule> findings, List<Rule> checks, List<Control> controls) {

    public Standards {
        catalogs = List.copyOf(catalogs);
        findings = List.copyOf(findings);
        checks = List.copyOf(checks);
        controls = List.copyOf(controls);
    }

    /// One standard.
    ///
    /// @param key in files: `atlas`
    /// @param name for people: `MITRE ATLAS`
    /// @param version of it
    public record Catalog(String key, String name, String version) {}

    /// Ids for what fits.
    ///
    /// @param detector its name; empty: any
    /// @param kind of a campaign, in lower case, or the pillar of a check; empty: any
    /// @param ids per catalog
    public record Rule(Optional<String> detector, Optional<String> kind, Map<String, List<String>> ids) {
        public Rule {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            ids.forEach((key, list) -> copy.put(key, List.copyOf(list)));
            ids = Collections.unmodifiableMap(copy);
        }

        boolean all() {
            return detector.isEmpty() && kind.isEmpty();
        }
    }

    /// One demand of a standard.
    ///
    /// @param id `1.3.1`
    /// @param level 1 to 3
    /// @param says what is demanded, in our words
    /// @param covered is it met?
    /// @param by the verbs that meet it
    /// @param note what is left, or why
    public record Control(String id, int level, String says, Coverage covered, List<String> by, String note) {
        public Control {
            by = List.copyOf(by);
        }
    }

    /// How much of a demand is met.
    public enum Coverage {
        YES,
        PARTLY,
        NO
    }

    /// The ids of a finding.
    ///
    /// @param detector that found it
    /// @param kind of its campaign, in lower case; empty: of a row or of the data as a whole
    public Map<String, List<String>> finding(String detector, Optional<String> kind) {
        return first(findings, detector, kind);
    }

    /// The ids of a check of the gate.
    public Map<String, List<String>> check(String pillar) {
        return first(checks, "", Optional.of(pillar));
    }

    private static Map<String, List<String>> first(List<Rule> rules, String detector, Optional<String> kind) {
        return rules.stream()
                .filter(rule ->
                        rule.detector().filter(name -> !name.equals(detector)).isEmpty()
                                && (rule.kind().isEmpty() || rule.kind().equals(kind)))
                .findFirst()
                .map(Rule::ids)
                .orElse(Map.of());
    }

    /// Ids as tags of SARIF: `external/atlas/AML.T0020`.
    public List<String> tags(Map<String, List<String>> ids) {
        List<String> tags = new ArrayList<>();
        for (Catalog catalog : catalogs) {
            ids.getOrDefault(catalog.key(), List.of()).forEach(id -> tags.add("external/" + catalog.key() + "/" + id));
        }
        return tags;
    }

    /// Ids in words: `MITRE ATLAS AML.T0020; OWASP AISVS 1.3.1, 1.3.2`.
    public String words(Map<String, List<String>> ids) {
        List<String> words = new ArrayList<>();
        for (Catalog catalog : catalogs) {
            List<String> own = ids.getOrDefault(catalog.key(), List.of());
            if (!own.isEmpty()) {
                words.add(catalog.name() + " " + String.join(", ", own));
            }
        }
        return String.join("; ", words);
    }
}
