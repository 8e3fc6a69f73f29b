package io.bezoar.detect;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a scan with the standard detectors says of rows made up for a test.
///
/// @param quarantined declared ids
public record Scanned(List<Campaign> campaigns, Set<String> quarantined) {
    public static Scanned of(List<Example> rows) throws IOException {
        Set<String> quarantined = new HashSet<>();
        List<Campaign> campaigns = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(
                        Catalog.standard(),
                        new Survey(),
                        _ -> row -> row.declaredId().orElseThrow(),
                        _ -> (id, verdict, _) -> {
                            if (verdict.action() == Action.QUARANTINE) {
                                quarantined.add(id);
                            }
                        })
                .campaigns();
        return new Scanned(campaigns, quarantined);
    }
}
