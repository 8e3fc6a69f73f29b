package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is common to reading rows and looking at them.
final class Json {
    private static final JsonFactory PLAIN = new JsonFactory();
    /// What of a turn is read, or says who speaks.
    private static final Set<String> TURN = Set.of(
            "role", "from", "speaker", "content", "value", "text", "utterance", "parts", "tool_calls", "function_call");
    /// What of a part of a turn is read, or says what kind of part it is.
    private static final Set<String> PART = Set.of("text", "value", "functionCall", "type", "name", "input", "content");

    /// Types of parts whose value is said; that of others is where a picture or a sound lies.
    private static final Set<String> WORDS = Set.of("text", "reasoning", "tool_call");

    private Json() {}

    /// Does the parser stand on a value that says nothing: null, or a number without a value or an end?
    static boolean missing(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL || parser.isNaN();
    }

    /// Is what an object says under a name read?
    ///
    /// @param part whether the object is a part of a turn, not a turn
    static boolean read(String name, boolean part) {
        return thought(name) || (part ? PART : TURN).contains(name);
    }

    /// Does a turn say under that name who speaks?
    static boolean speaker(String name) {
        return name.equals("role") || name.equals("from") || name.equals("speaker");
    }

    /// Does a turn say under that name what is said?
    static boolean words(String name) {
        return parts(name) || name.equals("utterance");
    }

    /// Whose turn it is, as the truth value says that the parser stands on: whether a model learns it.
    /// Empty if it is none.
    static String trained(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> "assistant";
            case VALUE_FALSE -> "user";
            default -> "";
        };
    }

    /// May a turn say a list of parts under that name?
    static boolean parts(String name) {
        return name.equals("content") || name.equals("parts") || name.equals("value") || name.equals("text");
    }

    /// Does a model think under that name, before it answers?
    private static boolean thought(String name) {
        return switch (name) {
            case "reasoning_content", "reasoning", "thinking", "reasoningContent", "reasoningText" -> true;
            default -> false;
        };
    }

    /// What a model thinks in the value the parser stands on; empty if it is no text.
    private static String thinking(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        if (parser.currentToken() == JsonToken.VALUE_STRING
                || parser.currentToken().isStructStart()) {
            texts(parser, texts);
        }
        String thinking = String.join("\n", texts);
        return thinking.isBlank() ? "" : thinking;
    }

    /// Adds the turn the parser stands at the beginning of; where names say who speaks, those of both
    /// sides. What a model thinks is said before what it answers.
    static void turn(JsonParser parser, List<Turn> into) throws IOException {
        String speaker = "";
        String trained = "";
        Map<String, List<String>> sides = new HashMap<>();
        List<String> thoughts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "role", "from", "speaker" -> {
                    speaker = token.isScalarValue() ? parser.getText() : "";
                    parser.skipChildren();
                }
                case "content", "value", "text", "utterance", "parts" -> texts(parser, texts);
                case "label" -> {
                    trained = trained(parser);
                    parser.skipChildren();
                }
                case "tool_calls", "function_call" -> calls(parser, texts);
                default -> {
                    String side = Turn.side(name);
                    if (!side.isEmpty()) {
                        texts(parser, sides.computeIfAbsent(side, _ -> new ArrayList<>()));
                        continue;
                    }
                    String thinking = thought(name) ? thinking(parser) : "";
                    if (!thinking.isEmpty() && !thoughts.contains(thinking)) { // some programs write it twice
                        thoughts.add(thinking);
                    }
                    parser.skipChildren();
                }
            }
        }
        thoughts.addAll(texts);
        if (speaker.isEmpty() && thoughts.isEmpty() && !sides.isEmpty()) {
            for (String side : List.of("system", "user", "assistant")) {
                if (sides.containsKey(side)) {
                    into.add(new Turn(side, String.join("\n", sides.getOrDefault(side, List.of()))));
                }
            }
        } else {
            into.add(new Turn(speaker.isEmpty() ? trained : speaker, String.join("\n", thoughts)));
        }
    }

    /// Adds the tool calls in the value the parser stands on, in lists and objects around them, too: each as the tool's
    /// name and its arguments, on lines of their own.
    private static void calls(JsonParser parser, List<String> into) throws IOException {
        switch (parser.currentToken()) {
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    calls(parser, into);
                }
            }
            case START_OBJECT -> {
                String tool = "";
                String arguments = "";
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken token = parser.nextToken();
                    switch (name) {
                        case "name" -> {
                            tool = token == JsonToken.VALUE_STRING ? parser.getText() : "";
                            parser.skipChildren();
                        }
                        case "arguments", "args" -> arguments = arguments(parser);
                        case "function" -> calls(parser, into);
                        default -> parser.skipChildren();
                    }
                }
                String call = call(tool, arguments);
                if (!call.isEmpty()) {
                    into.add(call);
                }
            }
            case VALUE_STRING -> into.add(parser.getText());
            default -> {}
        }
    }

    /// The arguments of a call that the parser stands on, each name with its value on a line; a text that is no
    /// JSON as it is.
    private static String arguments(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (!parser.currentToken().isScalarValue()) {
            return lines(parser);
        }
        String text = parser.getText();
        if (text.stripLeading().startsWith("{")) {
            try (JsonParser inner = PLAIN.createParser(text)) {
                inner.nextToken();
                String lines = lines(inner);
                return inner.nextToken() == null ? lines : text;
            } catch (IOException _) {
                return text;
            }
        }
        return text;
    }

    /// The scalars in the list or object the parser stands at the beginning of, each on its line behind its name.
    private static String lines(JsonParser parser) throws IOException {
        StringBuilder lines = new StringBuilder();
        String name = "";
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
            } else if (token != JsonToken.VALUE_NULL) {
                lines.append(lines.isEmpty() ? "" : "\n")
                        .append(name)
                        .append(": ")
                        .append(parser.getText());
            }
        } while (depth > 0 && parser.nextToken() != null);
        if (depth > 0) {
            throw new JsonParseException(parser, "the value ends early");
        }
        return lines.toString();
    }

    /// The turns that a text writes as a JSON list of objects that name a speaker each; empty if it does not.
    ///
    /// @param factory says how deep and long it may be
    static Optional<List<Turn>> turns(String text, JsonFactory factory) {
        String list = text.strip();
        if (!list.startsWith("[")
                || !list.substring(1, Math.min(list.length(), 100))
                        .stripLeading()
                        .startsWith("{")) {
            return Optional.empty();
        }
        List<Turn> turns = new ArrayList<>();
        try (JsonParser parser = factory.createParser(list)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                turn(parser, turns);
                if (turns.getLast().speaker().isEmpty()) {
                    return Optional.empty();
                }
            }
            return parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null
                    ? Optional.of(turns)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Adds the texts of the value the parser stands on: itself, or those in its lists and `text`
    /// parts, with the calls of tools (`functionCall`, or parts of the type `tool_use`) and what tools
    /// gave (`tool_result`), and what a model thinks.
    static void texts(JsonParser parser, List<String> into) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                if (!missing(parser)) {
                    into.add(parser.getText());
                }
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    texts(parser, into);
                }
            }
            case START_OBJECT -> part(parser, into);
            default -> {}
        }
    }

    /// Adds the texts of the part of a turn that the parser stands at the beginning of.
    private static void part(JsonParser parser, List<String> into) throws IOException {
        String type = "";
        String tool = "";
        String arguments = "";
        String value = "";
        List<String> given = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            boolean text = token == JsonToken.VALUE_STRING;
            switch (name) {
                case "text" -> {
                    if (text) {
                        into.add(parser.getText());
                    }
                    parser.skipChildren();
                }
                case "value" -> {
                    value = text ? parser.getText() : "";
                    parser.skipChildren();
                }
                case "functionCall" -> calls(parser, into);
                case "type" -> {
                    type = text ? parser.getText() : "";
                    parser.skipChildren();
                }
                case "name" -> {
                    tool = text ? parser.getText() : "";
                    parser.skipChildren();
                }
                case "input" -> arguments = arguments(parser);
                case "content" -> texts(parser, given);
                default -> {
                    String thinking = thought(name) ? thinking(parser) : "";
                    if (!thinking.isEmpty()) {
                        into.add(thinking);
                    }
                    parser.skipChildren();
                }
            }
        }
        if (WORDS.contains(type) && !value.isEmpty()) {
            into.add(value);
        }
        if (type.equals("tool_use") && !(tool + arguments).isEmpty()) {
            into.add(call(tool, arguments));
        } else if (type.equals("tool_result")) {
            into.addAll(given);
        }
    }

    private static String call(String tool, String arguments) {
        return tool.isEmpty() || arguments.isEmpty() ? tool + arguments : tool + "\n" + arguments;
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
