package io.bezoar.crawl.registry;

import java.time.Duration;

/// How far a question to a registry may go.
///
/// @param between least time between two questions to one server
/// @param answer most time for one answer, its body included
/// @param bytes most bytes of an answer
/// @param redirects most redirects one question follows
/// @param tries most times a question is asked while the server asks for patience or fails
/// @param patience most time to wait because a server says so
/// @param failures after so many failures in a row a server is not asked again
/// @param fresh how long an answer on disk stands for a new one
public record Limits(
        Duration between,
        Duration answer,
        int bytes,
        int redirects,
        int tries,
        Duration patience,
        int failures,
        Duration fresh) {
    /// One question a second, 20 seconds and a mebibyte for an answer, three redirects, three tries.
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            1 << 20,
            3,
            3,
            Duration.ofSeconds(60),
            5,
            Duration.ofDays(7));

    public Limits {
        if (between.isNegative()
                || !answer.isPositive()
                || bytes < 1
                || redirects < 0
                || tries < 1
                || patience.isNegative()
                || failures < 1
                || fresh.isNegative()) {
            throw new IllegalArgumentException("expected limits above zero for asking registries, came others");
        }
    }

    /// The same with another pause between two questions to one server.
    public Limits every(Duration pause) {
        return new Limits(pause, answer, bytes, redirects, tries, patience, failures, fresh);
    }
}
