package io.bezoar.app.cli;

import io.bezoar.app.report.BrokenResult;
import io.bezoar.app.report.Explanation;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.data.ScratchFailure;
import io.bezoar.data.Splitter;
import io.bezoar.detect.scan.Trusted;
import io.bezoar.evaluate.model.Unreachable;
import io.bezoar.history.HistoryFault;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Busy;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Refused;
import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Answers whatever goes wrong in a verb with one sentence on standard error and an exit code; a stack
/// trace only where `BEZOAR_DEBUG` is set.
final class Failing implements CommandLine.IExecutionStrategy, CommandLine.IParameterExceptionHandler {
    private static final int LONGEST = 2000;

    private final boolean debug;

    /// @param environment of the process
    Failing(Map<String, String> environment) {
        debug = !environment.getOrDefault("BEZOAR_DEBUG", "").isEmpty();
    }

    /// Runs the verb.
    @Override
    public int execute(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (ParameterException e) {
            throw e;
        } catch (CommandLine.ExecutionException e) {
            return failed(e.getCommandLine(), e.getCause() == null ? e : e.getCause());
        } catch (Throwable e) { // out of memory, too deep a stack
            return failed(last(parsed), e);
        }
    }

    private static CommandLine last(ParseResult parsed) {
        ParseResult verb = parsed;
        while (verb.subcommand() != null) {
            verb = verb.subcommand();
        }
        return verb.commandSpec().commandLine();
    }

    private int failed(CommandLine verb, Throwable thrown) {
        Throwable problem = thrown;
        while ((problem instanceof ExecutionException || problem.getClass() == RuntimeException.class)
                && problem.getCause() != null) {
            problem = problem.getCause(); // of another thread
        }
        if (goingDown()) {
            return ExitCode.INCOMPLETE; // interrupted: whatever failed did so because its files are gone already
        }
        Answer answer = answer(problem);
        PrintWriter err = verb.getErr();
        err.println(name(verb) + ": " + SafeText.plain(answer.sentence(), LONGEST));
        if (debug) {
            problem.printStackTrace(err);
        }
        err.flush();
        return answer.code();
    }

    private record Answer(int code, String sentence) {}

    private static Answer answer(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        return switch (problem) {
            case BadInput _, FindingsReader.UnreadableResult _, Explanation.UnknownId _ ->
                new Answer(ExitCode.BAD_INPUT, message);
            case OutputFolder.UnwritableFolder _, ScratchFailure _, Splitter.UnwritableSet _ ->
                new Answer(ExitCode.INCOMPLETE, message);
            case HistoryFault fault -> new Answer(code(fault.kind()), message);
            case Unreachable _ -> new Answer(ExitCode.INCOMPLETE, message);
            case UncheckedIOException wrapped
            when wrapped.getCause() instanceof Unreachable -> answer(wrapped.getCause());
            case IOException _, UncheckedIOException _ ->
                new Answer(ExitCode.INCOMPLETE, "expected to read and write files, but that failed: " + message);
            case Unusable _, Trusted.Unfit _ -> new Answer(ExitCode.BAD_INPUT, message);
            case Malformed _ -> new Answer(ExitCode.BAD_INPUT, message + "; check what was given");
            case Busy _ -> new Answer(ExitCode.INCOMPLETE, message);
            case Refused _ -> new Answer(ExitCode.VIOLATED, "refused: " + message);
            case Broken _ -> new Answer(ExitCode.BROKEN, "integrity broken: " + message);
            case BrokenResult _ -> new Answer(ExitCode.BROKEN, "integrity broken: " + message);
            case OutOfMemoryError _ ->
                new Answer(
                        ExitCode.INCOMPLETE,
                        "expected to need at most "
                                + Words.bytes(Runtime.getRuntime().maxMemory())
                                + " of memory, but these data need more; nothing was written; give more with"
                                + " BEZOAR_JAVA_OPTS=-Xmx8g");
            default -> new Answer(ExitCode.FAULT, fault(problem));
        };
    }

    private static int code(HistoryFault.Kind kind) {
        return switch (kind) {
            case ABSENT, FOREIGN, NEWER -> ExitCode.BAD_INPUT;
            case LOCKED, READ_ONLY, FULL, UNREACHABLE -> ExitCode.INCOMPLETE;
            case BROKEN -> ExitCode.BROKEN;
        };
    }

    private static String fault(Throwable problem) {
        String where = Arrays.stream(problem.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.bezoar"))
                .findFirst()
                .map(frame -> " in " + frame)
                .orElse("");
        return "this is a fault of Bezoar itself, " + problem.getClass().getSimpleName() + where
                + "; nothing was written; please report it with what BEZOAR_DEBUG=1 shows";
    }

    private static boolean goingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    /// A command line that cannot be understood: what was wrong, the nearest thing that is known, where
    /// to read on.
    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine verb = problem.getCommandLine();
        PrintWriter err = verb.getErr();
        err.println(name(verb) + ": "
                + SafeText.plain(sentence(problem) + "; " + name(verb) + " --help shows what there is", LONGEST));
        err.flush();
        return ExitCode.BAD_INPUT;
    }

    private static String sentence(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String came = unmatched.getUnmatched().getFirst();
            CommandLine verb = problem.getCommandLine();
            boolean option = came.startsWith("-");
            boolean verbs = !option && !verb.getSubcommands().isEmpty();
            String nearest = nearest(
                            came.replaceFirst("=.*", ""),
                            option
                                    ? verb.getCommandSpec().options().stream()
                                            .map(OptionSpec::longestName)
                                            .toList()
                                    : List.copyOf(verb.getSubcommands().keySet()))
                    .map(known -> ", the nearest is " + known)
                    .orElse("");
            return "there is no " + (option ? "option " : verbs ? "verb " : "place for ") + "\"" + came + "\""
                    + nearest;
        }
        String message = String.valueOf(problem.getMessage());
        return message.isEmpty() ? "the command line cannot be understood" : lower(message);
    }

    private static String lower(String message) {
        return message.length() > 1 && Character.isLowerCase(message.charAt(1))
                ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
                : message;
    }

    /// The known word with the fewest changes of a character between it and what came, if they are few.
    static Optional<String> nearest(String came, List<String> known) {
        Comparator<String> order =
                Comparator.comparingInt((String word) -> changes(came, word)).thenComparing(Comparator.naturalOrder());
        return Stream.concat(
                        known.stream().filter(word -> came.length() > 3 && word.startsWith(came)),
                        known.stream()
                                .filter(word -> changes(came, word) <= Math.max(2, word.length() / 3))
                                .sorted(order))
                .findFirst();
    }

    private static int changes(String a, String b) {
        if (a.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String name(CommandLine verb) {
        return verb.getCommandSpec().qualifiedName();
    }
}
