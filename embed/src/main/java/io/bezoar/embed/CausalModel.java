package io.bezoar.embed;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bezoar.learn.LanguageModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// A causal language model that the user gives: `model.onnx` and `tokenizer.json` in a folder.
///
/// One row at a time and one thread a row, so that equal rows get equal bits on one machine; as many rows
/// at once as the heap has room for. A prompt that does not end in white space is parted from its answer by
/// a line break.
public final class CausalModel implements LanguageModel, AutoCloseable {
    private static final int LONGEST = 512;
    private static final int SHORTEST = 16;
    /// UTF-16 code units that can hold a token, and are looked at.
    private static final int UNITS_PER_TOKEN = 64;

    private static final int SHOWN = 200;

    private final CausalSession session;
    private final BytePairs tokens;
    private final String digest;
    private final int most;
    private final CausalSession.Answer example;
    private final Semaphore room;

    private CausalModel(
            CausalSession session, BytePairs tokens, String digest, int most, CausalSession.Answer example) {
        this.session = session;
        this.tokens = tokens;
        this.digest = digest;
        this.most = most;
        this.example = new CausalSession.Answer(
                FloatBuffer.allocate(0), example.vocabulary(), FloatBuffer.allocate(0), example.width());
        // what the model answers, and some of it as errors and states; as much again is left to others
        long row = (long) most * (Float.BYTES + Double.BYTES) * ((long) example.vocabulary() + example.width());
        this.room = new Semaphore((int) Math.clamp(Runtime.getRuntime().maxMemory() / (2 * row), 1, 1 << 10));
    }

    /// Loads a model and asks it a first time, with as many tokens as it takes, 512 at most.
    ///
    /// @param folder holds `model.onnx`, with what it names, and `tokenizer.json`
    /// @throws IOException if it has no model of this kind; the message is one sentence
    public static CausalModel load(Path folder) throws IOException {
        ModelFolder files = ModelFolder.of(folder);
        BytePairs tokens = TokenizerFile.read(files.tokenizer());
        OrtSession opened;
        try {
            opened = OnnxRuntime.start(
                    "the language model in \"" + folder + "\"",
                    "scan without --language-model",
                    (environment, options) ->
                            environment.createSession(files.model().toString(), options));
        } catch (OrtException e) {
            throw new IOException(
                    "expected a model in \"" + files.model() + "\" that onnxruntime can load, came one that it cannot ("
                            + said(e) + "); export the model again",
                    e);
        }
        try {
            CausalSession session = CausalSession.of(opened, files.model());
            int most = LONGEST;
            CausalSession.Answer example = first(session, tokens, files, most);
            while (example.vocabulary() == 0) {
                most /= 2;
                example = first(session, tokens, files, most);
            }
            if (example.vocabulary() <= tokens.greatest()) {
                throw new IOException("expected scores of at least " + (tokens.greatest() + 1)
                        + " pieces, as \"" + files.tokenizer() + "\" has, from \"" + files.model() + "\", came "
                        + example.vocabulary() + "; give model and tokenizer of one export");
            }
            return new CausalModel(session, tokens, files.digest(), most, example);
        } catch (IOException e) {
            close(opened);
            throw e;
        }
    }

    /// What the model answers to `n` tokens; no piece at all if it does not take so many, but may take
    /// fewer.
    private static CausalSession.Answer first(CausalSession session, BytePairs tokens, ModelFolder files, int n)
            throws IOException {
        int[] ids = new int[n];
        Arrays.fill(ids, tokens.of("a")[0]);
        try {
            return session.ask(ids);
        } catch (OrtException e) {
            if (n > SHORTEST) {
                return new CausalSession.Answer(FloatBuffer.allocate(0), 0, FloatBuffer.allocate(0), 0);
            }
            throw new IOException(
                    "expected a model in \"" + files.model() + "\" that reads " + n
                            + " tokens without a cache, came one that does not (" + said(e)
                            + "); export the model for one row, of any length, without past keys and values",
                    e);
        }
    }

    private static String said(OrtException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message;
    }

    @Override
    public String words() {
        return example.vocabulary() + " pieces, states of " + example.width() + " numbers, at most " + most
                + " tokens of a row, SHA-256 of its files " + digest + "…";
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public Reading of(String prompt, String answer, int part) {
        int units = most * UNITS_PER_TOKEN;
        int[] opening = tokens.opening();
        String parted =
                prompt.isEmpty() || Character.isWhitespace(prompt.charAt(prompt.length() - 1)) ? prompt : prompt + "\n";
        int[] asked = tokens.of(parted.substring(Math.max(0, parted.length() - units)));
        int[] answered = tokens.of(answer.substring(0, Math.min(units, answer.length())));
        int after = Math.min(answered.length, most - Math.min(most / 2, opening.length + asked.length));
        int before = Math.clamp(most - after - opening.length, 0, asked.length);
        boolean whole = parted.length() <= units
                && answer.length() <= units
                && after == answered.length
                && before == asked.length;
        int[] ids = Arrays.copyOf(opening, opening.length + before + after);
        System.arraycopy(asked, asked.length - before, ids, opening.length, before);
        System.arraycopy(answered, 0, ids, opening.length + before, after);
        int start = Math.max(1, opening.length + before); // the first token that another precedes
        if (ids.length <= start) {
            return new Reading(Optional.empty(), whole);
        }
        room.acquireUninterruptibly();
        try {
            return new Reading(session.ask(ids).gradient(ids, start, part), whole);
        } catch (OrtException e) {
            throw new IllegalStateException("expected the language model to read a row, but it failed", e);
        } catch (IOException e) {
            throw new IllegalStateException("expected the language model to answer as it did at first", e);
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        close(session.session());
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("expected to let go of the model, but that failed", e);
        }
    }
}
