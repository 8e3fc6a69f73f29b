package io.bezoar.app.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.app.review.Standing;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static GatePolicy read(String text) {
        return PolicyFile.read("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKeyIsUnderstood() {
        GatePolicy policy = read("""
            version: 1
            scan:
              fail_on: medium
              min_coverage: 0.5
              max_malformed: 7
              max_without_target: 1
              required_detectors: [near-duplicates]
              allow_incomplete: true
              allow_absent_data: true
              allow_other_settings: true
            review:
              required_reviewers: {high: 3, medium: 2}
            evaluation: {suite: abababababababababababababababababababababababababababababababab, required: [triggered], max_missing: 0.1}
            drift: {max: 0.05}
            ledger:
              min_coverage: 0.9
              log: tickets+00000000+AAAA
            suppressions:
              - campaign: c-0123456789abcdef
                reason: a product name
                owner: ana
                approver: ben
                expires: "2026-12-31"
            """);
        assertEquals(
                new GatePolicy(
                        Optional.of(Severity.MEDIUM),
                        new GatePolicy.Reading(0.5, 7, Optional.of(1.0), true, true, true),
                        Optional.of(List.of("near-duplicates")),
                        Optional.of(new Standing.Quorum(3, 2)),
                        Optional.of(new GatePolicy.EvaluationDemand(
                                Optional.of("ab".repeat(32)), List.of("triggered"), 0.1)),
                        Optional.of(new GatePolicy.DriftDemand(0.05)),
                        Optional.of(new GatePolicy.KnownRows(0.9, Optional.of("tickets+00000000+AAAA"))),
                        List.of(new GatePolicy.Suppression(
                                "c-0123456789abcdef", "a product name", "ana", "ben", LocalDate.of(2026, 12, 31)))),
                policy);
    }

    @Test
    void withoutAReviewSectionNobodyIsAsked() {
        assertEquals(Optional.empty(), read("version: 1\n").review());
        assertEquals(Optional.of(Severity.HIGH), read("version: 1\n").failOn());
        assertEquals(
                Optional.empty(), read("version: 1\nscan: {fail_on: never}\n").failOn());
        assertEquals(
                Optional.of(Standing.Quorum.DEFAULT),
                read("version: 1\nreview: {}\n").review());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: 2|expected version: 1 in the policy p.yaml, came version “2”",
                "scan: {}|expected version: 1 in the policy p.yaml, came no version",
                "{version: 1, scna: {}}|expected known keys under the policy (drift, evaluation, ledger, review, scan,"
                        + " suppressions, version) in the policy p.yaml, came “scna”",
                "{version: 1, scan: {fail_on: huge}}|expected scan.fail_on never, low, medium or high in the policy"
                        + " p.yaml, came “huge”",
                "{version: 1, scan: {min_coverage: 95}}|expected a scan.min_coverage from 0 to 1 in the policy p.yaml,"
                        + " came “95”",
                "{version: 1, scan: {max_malformed: -1}}|expected a number of pieces for scan.max_malformed in the"
                        + " policy p.yaml, came “-1”",
                "{version: 1, scan: {max_without_target: 5}}|expected a scan.max_without_target from 0 to 1 in the"
                        + " policy p.yaml, came “5”",
                "{version: 1, scan: {allow_incomplete: maybe}}|expected true or false for scan.allow_incomplete in the"
                        + " policy p.yaml, came “maybe”",
                "{version: 1, review: {required_reviewers: {high: 0}}}|expected required_reviewers.high from 1 to 100"
                        + " in the policy p.yaml, came “0”",
                "{version: 1, suppressions: [{campaign: c, reason: r, owner: Ana, approver: ' ana', expires:"
                        + " '2026-12-31'}]}|expected an approver who is not the owner of a suppression in the policy"
                        + " p.yaml, came “ ana” for both",
                "{version: 1, suppressions: [{campaign: c, owner: a, approver: b, expires: '2026-12-31', reason:"
                        + " ''}]}|expected a text for reason in every suppression in the policy p.yaml, came “”",
                "{version: 1, suppressions: [{campaign: c, owner: a, approver: b, reason: r}]}|expected a text for"
                        + " expires in every suppression in the policy p.yaml, came none",
                "{version: 1, suppressions: [{campaign: c, owner: a, approver: b, reason: r, expires: soon}]}|expected"
                        + " a day like 2026-12-31 for expires in the policy p.yaml, came “soon”",
                "{version: 1, suppressions: [{campaign: c, owner: a, approver: b, reason: r, expires:"
                        + " '+99999-12-31'}]}|expected a day like 2026-12-31 for expires in the policy p.yaml, came"
                        + " “+99999-12-31”",
                "{version: 1, suppressions: [{campaign: c, reason: r, owner: ana, approver: 'аnа', expires:"
                        + " '2026-12-31'}]}|expected an approver who is not the owner of a suppression in the policy"
                        + " p.yaml, came “аnа” for both",
                "{version: 1, suppressions: [{campaign: c, reason: r, owner: ana, approver: \"an\\u200ba\", expires:"
                        + " '2026-12-31'}]}|expected a name for approver in every suppression in the policy p.yaml,"
                        + " came “an⟦ZWSP⟧a”, which holds characters that do not show, or control characters",
                "{version: 1, version: 1}|expected YAML in the policy p.yaml, came what is none: found duplicate key"
                        + " version in line 1",
                "{version: 1, drift: {}}|expected a drift.max from 0 to 1 in the policy p.yaml, came none",
                "{version: 1, drift: {most: 1}}|expected known keys under drift (max) in the policy p.yaml, came"
                        + " “most”",
                "{version: 1, evaluation: {suite: abc}}|expected 64 hex digits for evaluation.suite in the policy"
                        + " p.yaml, came “abc”",
                "{version: 1, evaluation: {required: [slices]}}|expected kinds of demands under evaluation.required"
                        + " (average, slice, critical, triggered, behaviour, required) in the policy p.yaml, came"
                        + " “slices”",
                "[1, 2]|expected keys under the policy in the policy p.yaml, came “[1, 2]”",
            })
    void whatIsNotUnderstoodIsSaid(String text, String message) {
        assertEquals(message, assertThrows(BadInput.class, () -> read(text)).getMessage());
    }

    @Test
    void noNamedDetectorIsNotTheSameAsNone() {
        assertEquals(Optional.empty(), read("version: 1\n").detectors());
        assertEquals(
                Optional.of(List.of()),
                read("version: 1\nscan: {required_detectors: []}\n").detectors());
    }

    @Test
    void yamlThatDoesMoreThanHoldValuesIsRefused() {
        for (String text : List.of(
                "!!java.net.URL [http://localhost]",
                "version: 1\nversion: 1\n",
                "a: &a [x, x]\nb: &b [*a, *a]\nversion: 1\n",
                "version: 1\nscan: {fail_on: high",
                "\u0000")) {
            String message = assertThrows(BadInput.class, () -> read(text)).getMessage();
            assertTrue(message.contains("in the policy p.yaml"), message);
        }
        byte[] latin = {'v', (byte) 0xff};
        assertThrows(BadInput.class, () -> PolicyFile.read("p.yaml", latin));
        assertThrows(BadInput.class, () -> PolicyFile.read("p.yaml", new byte[2 << 20]));
    }
}
