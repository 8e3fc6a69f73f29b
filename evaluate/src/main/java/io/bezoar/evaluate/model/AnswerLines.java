package io.bezoar.evaluate.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Questions and answers as JSON lines: `{"id":…,"input":…}` out, `{"id":…,"output":…}` in, in any
/// order.
///
/// What comes back is hostile: lines are bounded, a line that is none of these counts for nobody, an id
/// that comes twice with different outputs is no answer, ids nobody asked for are counted. Owned by one
/// thread.
public final class AnswerLines {
    private static final int LONGEST = 16 << 20;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(LONGEST)
                    .build())
            .build());

    private final Map<String, Answer> answers = new HashMap<>();
    private long foreign;
    private long broken;

    /// One question as a line without its line feed.
    public static byte[] line(Question question) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", question.id());
        json.put("input", question.input());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two texts can be written", e);
        }
    }

    /// Reads answers to the end of a stream.
    public AnswerLines read(InputStream in) throws IOException {
        byte[] line = new byte[1 << 12];
        int length = 0;
        boolean over = false;
        byte[] chunk = new byte[1 << 16];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    end(line, length, over);
                    length = 0;
                    over = false;
                } else if (length == LONGEST) {
                    over = true;
                } else {
                    if (length == line.length) {
                        line = java.util.Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
                    }
                    line[length++] = chunk[i];
                }
            }
        }
        end(line, length, over);
        return this;
    }

    private void end(byte[] line, int length, boolean over) {
        if (over) {
            broken++;
            return;
        }
        boolean blank = true;
        for (int i = 0; i < length; i++) {
            blank &= line[i] == ' ' || line[i] == '\r' || line[i] == '\t';
        }
        if (blank) {
            return;
        }
        try {
            JsonNode json = MAPPER.readTree(line, 0, length);
            JsonNode id = json.path("id");
            JsonNode output = json.path("output");
            if (!id.isValueNode() || id.isNull() || id.isMissingNode() || !output.isValueNode() || output.isNull()) {
                broken++;
                return;
            }
            take(id.asText(), new Answer.Given(output.asText()));
        } catch (IOException e) {
            broken++;
        }
    }

    private void take(String id, Answer answer) {
        Answer before = answers.putIfAbsent(id, answer);
        if (before != null && !before.equals(answer)) {
            answers.put(id, new Answer.Missing("answered twice, differently"));
        }
    }

    /// The answers to these questions, in their order.
    public Map<String, Answer> to(List<Question> questions) {
        Map<String, Answer> all = new LinkedHashMap<>();
        for (Question question : questions) {
            all.put(question.id(), answers.getOrDefault(question.id(), new Answer.Missing("no answer came")));
        }
        foreign = answers.keySet().stream().filter(id -> !all.containsKey(id)).count();
        return all;
    }

    /// Answers to questions nobody asked; known after [#to].
    public long foreign() {
        return foreign;
    }

    /// Lines that were no answers.
    public long broken() {
        return broken;
    }
}
