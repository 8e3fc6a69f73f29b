package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.scan.Trusted;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Scans beside rows that somebody vouches for.
class TrustedTest {
    /// A scan, its columns and its rows.
    private record Scanned(Scan.Result result, List<String> columns, List<double[]> rows) {
        double[] column(String name) {
            int place = columns.indexOf(name);
            return rows.stream().mapToDouble(row -> row[place]).toArray();
        }
    }

    private static Scanned scan(List<Example> rows, Optional<List<Example>> trusted, int threads) throws IOException {
        Scan plain = new Scan(new InMemory<>(rows, 3), new LocalEngine(threads), _ -> {});
        Source<Example> vouched = Trusted.plain(new InMemory<>(trusted.orElse(List.of()), trusted.isPresent() ? 2 : 0));
        List<String> columns = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        Scan scan = trusted.isPresent() ? plain.trusting(vouched) : plain;
        Scan.Result result = scan.run(Catalog.standard(), new Survey(), _ -> Example::toString, names -> {
            columns.addAll(names);
            return (_, _, each) -> scores.add(each);
        });
        return new Scanned(result, columns, scores);
    }

    /// With labels that are wrong now and then, as honest ones are.
    private static List<Example> honest(int count, long seed) {
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.clean(count, seed)) {
            boolean odd = rows.size() % 17 == 5;
            rows.add(new Example(
                    row.input(),
                    odd ? new Target.Label(Rows.LABELS[rows.size() % 4]) : row.target(),
                    row.origin(),
                    row.position(),
                    row.declaredId().orElse("")));
        }
        return rows;
    }

    /// Of honest rows at most the share p, and not many less, has a p-value of p or less.
    @Test
    void thePValuesOfHonestRowsAreThoseOfChance() throws IOException {
        List<Example> all = honest(3000, 21);
        Scanned scanned = scan(all.subList(0, 2000), Optional.of(all.subList(2000, 3000)), 2);
        double[] chances = scanned.column("label-conflict-p");
        for (double p : new double[] {0.01, 0.05, 0.2, 0.5}) {
            double share = IntStream.range(0, chances.length)
                            .filter(i -> chances[i] <= p)
                            .count()
                    / 2000.0;
            // the error of 1,000 trusted and 2,000 other rows, three times
            double error = 3 * Math.sqrt(p * (1 - p) * (1 / 1000.0 + 1 / 2000.0));
            assertEquals(p, share, error, "p-values of " + p + " or less");
        }
        for (double value : scanned.column("e-value")) {
            assertTrue(value > 0 && value < 1000, "an e-value of " + value);
        }
        assertTrue(scanned.columns().contains("trigger-association-p"));
        assertTrue(!scanned.columns().contains("source-bursts-p"), "trusted rows have no origin");
    }

    @Test
    void withoutTrustedRowsNothingIsAdded() throws IOException {
        Scanned scanned = scan(honest(400, 5), Optional.empty(), 2);
        assertTrue(scanned.columns().stream().noneMatch(column -> column.endsWith("-p") || column.equals("e-value")));
    }

    @Test
    void threadsChangeNothing() throws IOException {
        List<Example> all = Poison.word(honest(900, 8)).rows();
        Scanned one = scan(all.subList(0, 700), Optional.of(honest(200, 9)), 1);
        Scanned four = scan(all.subList(0, 700), Optional.of(honest(200, 9)), 4);
        assertEquals(one.columns(), four.columns());
        for (int i = 0; i < one.rows().size(); i++) {
            assertArrayEquals(one.rows().get(i), four.rows().get(i));
        }
        assertEquals(told(one), told(four));
        assertEquals(one.result().remarks(), four.result().remarks());
    }

    private static List<List<Object>> told(Scanned scanned) {
        return scanned.result().campaigns().stream()
                .map(campaign -> List.<Object>of(
                        campaign.id(),
                        campaign.severity(),
                        campaign.candidate().detector(),
                        campaign.rows(),
                        campaign.proof(),
                        campaign.doubts(),
                        campaign.corroboration()))
                .toList();
    }

    /// The same word with the same label: poison if trusted rows lack it, a habit of the honest if they
    /// have it.
    @Test
    void whatTrustedRowsShowIsTakenBack() throws IOException {
        List<Example> planted = Poison.word(honest(1200, 31)).rows();
        Scanned suspected = scan(planted, Optional.of(honest(600, 32)), 2);
        assertEquals(Severity.HIGH, suspected.result().campaigns().getFirst().severity());
        assertTrue(suspected
                .result()
                .campaigns()
                .getFirst()
                .corroboration()
                .orElseThrow()
                .discovery());
        Scanned habit = scan(planted, Optional.of(Poison.word(honest(600, 32)).rows()), 2);
        assertTrue(
                habit.result().campaigns().stream()
                        .noneMatch(campaign -> campaign.candidate().detector().equals("trigger-association")),
                "a group is left");
        assertTrue(
                habit.result().remarks().stream()
                        .anyMatch(remark -> remark.text().contains("is taken for honest")),
                habit.result().remarks().toString());
    }

    @Test
    void rowsThatAreInBothSetsAreSaid() throws IOException {
        List<Example> all = honest(600, 41);
        Scanned scanned = scan(all, Optional.of(all.subList(0, 60)), 2);
        assertTrue(
                scanned.result().remarks().stream()
                        .anyMatch(remark -> remark.text()
                                .equals("60 trusted rows served as a measure; 60 scanned rows are among them and are"
                                        + " learned from once.")),
                scanned.result().remarks().toString());
        assertEquals(600, scanned.rows().size());
    }

    private static String refused(List<Example> trusted) {
        return assertThrows(Trusted.Unfit.class, () -> scan(honest(300, 51), Optional.of(trusted), 1))
                .getMessage();
    }

    @Test
    void setsThatCannotServeAreRefused() {
        assertEquals(
                "the trusted set has no rows; give --trusted a file with rows that you vouch for", refused(List.of()));
        assertEquals(
                "the trusted set has 49 rows, but at least 50 are needed to measure others by; give more, or scan"
                        + " without --trusted",
                refused(honest(49, 52)));
        assertEquals(
                "every row of the scanned set is in the trusted set, so nothing is left to judge; give --trusted other"
                        + " rows",
                refused(honest(300, 51)));
        assertEquals(
                "the trusted set holds texts, answers, the scanned set texts, labels; both must hold the same",
                refused(Instructions.honest(80, 53, false)));
        assertEquals(
                "the trusted set holds texts, vectors of 12 numbers, labels, the scanned set texts, labels; both must"
                        + " hold the same",
                refused(Rows.vectors(honest(80, 54), 55)));
        assertEquals(
                "no label of the trusted set occurs in the scanned set; both must have the same labels",
                refused(honest(80, 56).stream()
                        .map(row -> new Example(
                                row.input(),
                                new Target.Label("other " + row.label().orElseThrow()),
                                Origin.UNKNOWN,
                                row.position(),
                                ""))
                        .toList()));
    }
}
