package io.bezoar.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is common to reading rows and looking at them.
final class Json {
    private Json() {}

    /// The turn the parser stands at the beginning of.
    static Turn turn(JsonParser parser) throws IOException {
        String speaker = "";
        List<String> texts = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "role", "from", "speaker" -> {
                    speaker = token.isScalarValue() ? parser.getText() : "";
                    parser.skipChildren();
                }
                case "content", "value", "text" -> texts(parser, texts);
                default -> parser.skipChildren();
            }
        }
        return new Turn(speaker, String.join("\n", texts));
    }

    /// Adds the texts of the value the parser stands on: itself, or those in its lists and `text` parts.
    static void texts(JsonParser parser, List<String> into) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                into.add(parser.getText());
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    texts(parser, into);
                }
            }
            case START_OBJECT -> {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken token = parser.nextToken();
                    if (name.equals("text") && token == JsonToken.VALUE_STRING) {
                        into.add(parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            default -> {}
        }
    }

    static String name(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            default -> "something else";
        };
    }

    static BadRow bad(IOException e) {
        if (!(e instanceof JsonProcessingException json)) {
            throw new java.io.UncheckedIOException(e); // the bytes are in memory: a fault of ours
        }
        String said = json.getOriginalMessage();
        int line = said.indexOf(" (start marker"); // what follows speaks of the parser's source
        String sentence = said.substring(0, Math.min(line < 0 ? said.length() : line, 200));
        long at = json.getLocation() == null ? -1 : json.getLocation().getByteOffset();
        if (e instanceof StreamConstraintsException) {
            return new BadRow("expected JSON within bounds, came: " + sentence);
        }
        return new BadRow("expected valid JSON, came" + (at < 0 ? "" : " at byte " + at) + ": " + sentence);
    }
}
