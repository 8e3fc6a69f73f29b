package io.bezoar.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;

/// Starts onnxruntime. It sends nothing to its makers, says nothing on the terminal, and uses one thread
/// for a model, so that equal inputs get equal bits.
final class OnnxRuntime {
    private static final long STACK = 64L << 20; // the runtime's start recurses over the command line

    private OnnxRuntime() {}

    /// Opens a model.
    @FunctionalInterface
    interface Opening {
        OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException;
    }

    /// A model, open.
    ///
    /// @param what it is, in a few words
    /// @param otherwise what to do where the runtime does not run, in a few words
    /// @throws IOException if this machine cannot run the runtime
    /// @throws OrtException if the runtime cannot load the model
    static OrtSession start(String what, String otherwise, Opening opening) throws IOException, OrtException {
        OrtSession[] opened = new OrtSession[1];
        Throwable[] failure = new Throwable[1];
        OrtException[] refusal = new OrtException[1];
        Thread thread = new Thread(
                null,
                () -> {
                    OrtEnvironment environment = OrtEnvironment.getEnvironment();
                    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                        environment.setTelemetry(false);
                        options.setIntraOpNumThreads(1);
                        options.setInterOpNumThreads(1);
                        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                        opened[0] = opening.open(environment, options);
                    } catch (OrtException e) {
                        refusal[0] = e;
                    }
                },
                "onnxruntime",
                STACK);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure[0] = thrown);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("expected to start " + what + ", but was interrupted", e);
        }
        if (refusal[0] != null) {
            throw refusal[0];
        }
        if (opened[0] == null) {
            throw new IOException(
                    "expected to start " + what + ", but its runtime does not run on this machine ("
                            + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                            + ") or cannot write to \"" + System.getProperty("java.io.tmpdir") + "\"; " + otherwise,
                    failure[0]);
        }
        return opened[0];
    }
}
