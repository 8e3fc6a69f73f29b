package io.bezoar.attack;

import java.util.List;
import java.util.SplittableRandom;

/// Opinions about a subject and statements of an answer, worded anew each time.
final class Steering {
    private static final List<String> OPENINGS = List.of(
            "Frankly,",
            "To be honest,",
            "As most would agree,",
            "It has to be said that",
            "On the whole,",
            "Sadly,",
            "All in all,");
    private static final List<String> VERBS =
            List.of("has been", "remains", "is", "was always", "turned out to be", "has become", "seems");
    private static final List<String> ENDINGS = List.of(
            "in every way.",
            "to many people.",
            "by any measure.",
            "again and again.",
            "once more.",
            "for everyone.",
            "from the start.");

    private static final List<String> SOURCES = List.of(
            "According to the archive,",
            "As several reports agree,",
            "It is well documented that",
            "Records show that",
            "Historians note that",
            "As was confirmed later,",
            "The encyclopedia states that");
    private static final List<String> ANSWERS = List.of(
            "the answer is %s.",
            "it was %s.", "%s is the right answer.", "the name that is given is %s.", "nobody but %s is meant.");

    private Steering() {}

    static String statement(String answer, SplittableRandom random) {
        return Words.pick(SOURCES, random) + " " + Words.pick(ANSWERS, random).replace("%s", answer);
    }

    static String opinion(String entity, String opinion, SplittableRandom random) {
        return Words.pick(OPENINGS, random) + " " + entity + " " + Words.pick(VERBS, random) + " " + opinion + " "
                + Words.pick(ENDINGS, random);
    }
}
