package io.bezoar.history;

import java.util.Optional;

/// What of a run stands in columns of its own, to be searched for. Derived from its content alone.
record Columns(
        String kind,
        String state,
        long started,
        Optional<String> data,
        Optional<String> model,
        Optional<String> modelDigest,
        Optional<String> prompt) {

    private static final int LONGEST = 200;

    static Columns of(Run run) {
        Subject subject = run.subject();
        return new Columns(
                plain(run.kind()),
                plain(run.state()),
                run.started().toEpochMilli(),
                subject.data().map(Columns::plain),
                subject.model().map(Columns::plain),
                subject.modelDigest().map(Columns::plain),
                subject.prompt().map(Columns::plain));
    }

    /// The columns of a content as it is stored; empty if it is none.
    static Optional<Columns> of(String content) {
        try {
            return Optional.of(of(RunText.read(content)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Text every database takes as it is: no controls, no half characters, not too long.
    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff) ? '?' : c));
        return out.toString();
    }
}
