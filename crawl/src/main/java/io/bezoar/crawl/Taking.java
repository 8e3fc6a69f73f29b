package io.bezoar.crawl;

import java.util.ArrayList;
import java.util.List;

/// Views as they are taken out of files, and what stood in the way. Owned by one thread.
public final class Taking {
    private static final int TOLD = 1_000;

    private final List<View> views = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long problemCount;
    private long skipped;
    private boolean incomplete;

    void take(View view) {
        views.add(view);
    }

    /// A record that is no page: a request, a redirect, an error.
    void skip() {
        skipped++;
    }

    void fail(Problem problem) {
        problemCount++;
        incomplete |= problem.rest();
        if (problems.size() < TOLD) {
            problems.add(problem);
        }
    }

    /// The views so far as a snapshot.
    public Snapshot snapshot() {
        return Snapshot.of(views);
    }

    /// Views so far.
    public int size() {
        return views.size();
    }

    /// The first thousand problems.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public long problemCount() {
        return problemCount;
    }

    /// Records that are no pages.
    public long skipped() {
        return skipped;
    }

    /// Is the rest of a file lost?
    public boolean incomplete() {
        return incomplete;
    }
}
