package io.bezoar.evaluate.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Any command: it reads the questions as JSON lines from its standard input and writes answers as JSON
/// lines, see [AnswerLines]. It is started without a shell.
///
/// @param command program and arguments, at least one word
/// @param limit how long it may take for all questions
public record CommandModel(List<String> command, Duration limit) implements Model {
    public CommandModel {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
    }

    @Override
    public String name() {
        return command.getFirst();
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) throws IOException {
        Process process = started();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<IOException>> asked =
                    CompletableFuture.supplyAsync(() -> ask(process, questions), pool);
            AnswerLines lines = new AnswerLines();
            CompletableFuture<Optional<IOException>> heard =
                    CompletableFuture.supplyAsync(() -> hear(process, lines), pool);
            try {
                heard.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                boolean ended = process.waitFor(10, TimeUnit.SECONDS);
                asked.get(10, TimeUnit.SECONDS);
                if (!ended || process.exitValue() != 0) {
                    throw new Unreachable("expected answers, but the command " + name() + " ended with "
                            + (ended ? "exit code " + process.exitValue() : "its output closed but went on"));
                }
            } catch (TimeoutException e) {
                throw new Unreachable("expected answers, but the command " + name() + " took longer than "
                        + limit.toSeconds() + " s; give it more time with --timeout");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            } catch (ExecutionException e) {
                throw new Unreachable("expected answers, but what the command " + name() + " writes cannot be read", e);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return lines.to(questions);
        }
    }

    private Process started() throws Unreachable {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new Unreachable(
                    "expected a program to ask, but " + name() + " cannot be started; check its name and path", e);
        }
    }

    /// A command that stops reading early may still have answered: that is no failure of its own.
    private static Optional<IOException> ask(Process process, List<Question> questions) {
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
            for (Question question : questions) {
                out.write(AnswerLines.line(question));
                out.write('\n');
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static Optional<IOException> hear(Process process, AnswerLines lines) {
        try (InputStream in = process.getInputStream()) {
            lines.read(in);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
