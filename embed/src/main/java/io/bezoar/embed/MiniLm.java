package io.bezoar.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.learn.TextEmbedding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sentence embeddings of 384 numbers by all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019, section 3: the
/// mean over a text's pieces), a model of English, quantised to 8 bits, which lies in the application.
///
/// One text at a time and one thread a text: quantised numbers depend on what else is in a batch. So equal texts get
/// equal bits on one machine, by however many threads it is asked; another kind of processor may round otherwise.
public final class MiniLm implements TextEmbedding, AutoCloseable {
    /// The name it is asked for by.
    public static final String NAME = "minilm";

    /// Pieces of words read of a text at most: what the model was trained on.
    static final int PIECES = 256;

    private static final int NUMBERS = 384;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieces pieces;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    /// Loads the model.
    ///
    /// @throws IOException if this machine cannot run it
    public static MiniLm load() throws IOException {
        WordPieces pieces = pieces();
        byte[] model = resource(MODEL);
        try {
            OrtSession session = OnnxRuntime.start(
                    "the embedding " + NAME,
                    "scan without --embed",
                    (environment, options) -> environment.createSession(model, options));
            return new MiniLm(OrtEnvironment.getEnvironment(), session, pieces);
        } catch (OrtException e) {
            throw new IllegalStateException("expected a model that the runtime can load, came another", e);
        }
    }

    static WordPieces pieces() throws IOException {
        JsonNode vocabulary =
                new ObjectMapper().readTree(resource(TOKENIZER)).path("model").path("vocab");
        Map<String, Integer> numbers = new HashMap<>();
        vocabulary
                .properties()
                .forEach(piece -> numbers.put(piece.getKey(), piece.getValue().intValue()));
        return new WordPieces(Map.copyOf(numbers), PIECES);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = MiniLm.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("expected \"" + name.substring(1)
                        + "\" in the application, but it is not there; build it anew or scan without --embed");
            }
            return stream.readAllBytes();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String words() {
        return "minilm (all-MiniLM-L6-v2, quantised, " + NUMBERS + " numbers, the first " + PIECES
                + " pieces of a text)";
    }

    @Override
    public Place of(String text) {
        WordPieces.Pieces cut = pieces.of(text);
        long[] ids = Arrays.stream(cut.numbers()).asLongStream().toArray();
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor numbers = OnnxTensor.createTensor(environment, new long[][] {ids});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor kinds = OnnxTensor.createTensor(environment, new long[1][ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", numbers, "attention_mask", mask, "token_type_ids", kinds))) {
            if (result.get(0).getValue() instanceof float[][][] hidden) {
                return new Place(mean(List.of(hidden[0])), cut.whole());
            }
            throw new IllegalStateException("expected numbers for each piece of a text from the model, came others");
        } catch (OrtException e) {
            throw new IllegalStateException("expected the model to place a text, but it failed", e);
        }
    }

    /// The mean of the pieces' vectors, of length 1.
    private static float[] mean(List<float[]> hidden) {
        double[] sum = new double[NUMBERS];
        for (float[] piece : hidden) {
            for (int i = 0; i < NUMBERS; i++) {
                sum[i] += piece[i];
            }
        }
        double squares = 0;
        for (double number : sum) {
            squares += number * number;
        }
        float[] out = new float[NUMBERS];
        for (int i = 0; squares > 0 && i < NUMBERS; i++) {
            out[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return out;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("expected to let go of the model, but that failed", e);
        }
    }
}
