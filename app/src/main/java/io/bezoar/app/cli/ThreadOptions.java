package io.bezoar.app.cli;

import io.bezoar.core.WorkPool;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How many threads a verb works with. Results never depend on it.
final class ThreadOptions {
    private static final int MOST = 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one per core).")
    void threads(int asked) {
        if (asked < 1 || asked > MOST) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--threads must be 1 to " + MOST + ", not " + asked);
        }
        threads = asked;
    }

    int count() {
        return threads;
    }

    /// As many threads, to be closed by who asked for them.
    ForkJoinPool pool() {
        return WorkPool.of(threads);
    }
}
