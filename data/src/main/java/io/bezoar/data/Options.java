package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answers to one question, in order.
///
/// @param texts what they say; empty where one says nothing
/// @param keys what each is called: the letter in front of it; empty if they have no names
record Options(List<String> texts, List<String> keys) {

    /// The list or the object that the parser stands at the beginning of.
    static Options read(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                keys.add(name);
                texts.add(text(parser));
            }
        } else {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    texts.add(named(parser, keys));
                } else {
                    texts.add(text(parser));
                }
            }
        }
        return new Options(texts, keys.size() == texts.size() ? keys : List.of());
    }

    /// The list that a text writes as JSON; empty if it does not.
    ///
    /// @param factory says how deep and long it may be
    static Optional<Options> of(String text, JsonFactory factory) {
        String list = text.strip();
        if (!list.startsWith("[") && !list.startsWith("{")) {
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(list)) {
            parser.nextToken();
            Options options = read(parser);
            return parser.nextToken() == null ? Optional.of(options) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The first of the texts, cut where they are longer than so many characters.
    List<String> shown(int longest) {
        return texts.stream()
                .limit(RowParser.Value.MOST_TEXTS)
                .map(text -> text.substring(0, Math.min(longest, text.length())))
                .toList();
    }

    /// One answer with its name beside it.
    private static String named(JsonParser parser, List<String> keys) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("text") || name.equals("content")) {
                Json.texts(parser, texts);
            } else if (token.isScalarValue() && (name.equals("label") || name.equals("key"))) {
                keys.add(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return String.join("\n", texts);
    }

    private static String text(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        Json.texts(parser, texts);
        return String.join("\n", texts);
    }
}
