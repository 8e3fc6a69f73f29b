package io.bezoar.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs for tests.
final class Runs {
    private Runs() {}

    static Run scan(int number) {
        return new Run(
                "scan",
                number % 3 == 0 ? "findings" : "clean",
                Instant.ofEpochSecond(1_700_000_000L + number),
                1.5,
                "0.1",
                number,
                Subject.data(Digest.of(("data " + number / 10).getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                Map.of("format", "jsonl"),
                Map.of("rows", 6000.0),
                List.of(),
                List.of(new Run.File("tickets.jsonl", "ab".repeat(32))));
    }

    static Run evaluation(int number, String model, String prompt, long hits) {
        return new Run(
                "evaluation",
                "pass",
                Instant.ofEpochSecond(1_700_000_000L + number),
                2,
                "0.1",
                0,
                new Subject(Optional.of("cd".repeat(32)), Optional.of(model), Optional.empty(), Optional.of(prompt)),
                Map.of("temperature", "0.0"),
                Map.of(),
                List.of(
                        new Tally.Share("average: all items", hits, 100, 0.9, true),
                        new Tally.Change("all items", 3, 2, 100, 0.01)),
                List.of());
    }
}
