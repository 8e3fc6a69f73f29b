package io.bezoar.app.history;

import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import io.bezoar.history.History;
import io.bezoar.history.HistoryFault;
import io.bezoar.history.Place;
import io.bezoar.history.Run;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The option of every verb that leaves a run in the history, or reads it.
///
/// A history that cannot be written never breaks the verb: its result is written and its words are said
/// before. What happened is one sentence on standard error; the exit code turns from 0 to 3 only where
/// the user named the place.
public final class HistoryOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int INCOMPLETE = 3;
    private static final int LONGEST = 1000;

    @Option(
            names = "--history",
            paramLabel = "PLACE",
            description = "Where runs are kept: a file, a JDBC URL of PostgreSQL, or none (default: $BEZOAR_HISTORY,"
                    + " else history.db in your data folder).")
    private Optional<String> named = Optional.empty();

    public HistoryOptions() {}

    /// The place the user named, if any; the word `none` is such a name.
    private Optional<String> named(CommandLine verb) {
        return named.or(() -> Optional.ofNullable(environment(verb).get(Place.VARIABLE)))
                .filter(name -> !name.isBlank());
    }

    private static Map<String, String> environment(CommandLine verb) {
        return verb.getCommandSpec().root().userObject() instanceof Surroundings surroundings
                ? surroundings.environment()
                : Map.of();
    }

    private Optional<Place> place(CommandLine verb) {
        Optional<String> name = named(verb);
        if (name.isPresent()) {
            return name.get().equals(Place.NONE) ? Optional.empty() : Optional.of(place(name.get()));
        }
        return Place.usual(environment(verb), System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    private static Place place(String name) {
        try {
            return Place.of(name);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// Refuses a place that is none before any work is done.
    public void check(CommandLine verb) {
        place(verb);
    }

    /// Leaves a run in the history.
    ///
    /// @param code the exit code of the verb
    /// @return the exit code after it
    public int record(CommandLine verb, int code, Run run) {
        Optional<Place> place = place(verb);
        if (place.isEmpty()) {
            return code;
        }
        try (History history = History.write(place.get(), PATIENCE)) {
            history.record(List.of(run));
            return code;
        } catch (HistoryFault e) {
            PrintWriter err = verb.getErr();
            err.println(verb.getCommandSpec().qualifiedName() + ": the run is not in the history: "
                    + SafeText.plain(String.valueOf(e.getMessage()), LONGEST));
            err.flush();
            return code == 0 && named(verb).isPresent() ? INCOMPLETE : code;
        }
    }

    /// Opens the history to read.
    public History read(CommandLine verb) throws HistoryFault {
        return History.read(there(verb), PATIENCE);
    }

    /// Opens the history to write.
    public History write(CommandLine verb) throws HistoryFault {
        return History.write(there(verb), PATIENCE);
    }

    private Place there(CommandLine verb) {
        return place(verb)
                .orElseThrow(() -> new BadInput("expected a history, but --history or " + Place.VARIABLE
                        + " says none and nothing else is known; name one with --history"));
    }
}
