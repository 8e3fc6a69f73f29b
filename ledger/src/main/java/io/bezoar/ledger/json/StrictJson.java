package io.bezoar.ledger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue.Members;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON so that no two readers can take it for different things: UTF-8 without a byte order mark,
/// no name twice in an object, no half surrogate pair, no whole number beyond 2^53 - 1, no infinite
/// number, nothing after the value, at most 64 levels deep.
///
/// The decoder runs before the parser because a parser of bytes guesses UTF-16 and lets a mark pass.
public final class StrictJson {
    private static final int DEPTH = 64;
    private static final int DIGITS = 1_000;
    private static final int SAFE_DIGITS = 15;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(64 << 20)
                    .maxNameLength(10_000)
                    .maxNumberLength(DIGITS)
                    .build())
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private StrictJson() {}

    /// The one value in `bytes`.
    ///
    /// @throws Malformed if there is none, or one that readers might disagree on
    public static JsonValue read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    /// The one object in `bytes`.
    public static Members object(byte[] bytes) {
        if (read(bytes) instanceof Members members) {
            return members;
        }
        throw new Malformed("expected a JSON object, came another value");
    }

    /// The one value in `bytes[from, to)`.
    public static JsonValue read(byte[] bytes, int from, int to) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Malformed("expected UTF-8, came other bytes");
        }
        if (text.startsWith("\ufeff")) {
            throw new Malformed("expected JSON, came a byte order mark before it");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Malformed("expected a JSON value, came nothing");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw new Malformed("expected one JSON value, came more after it");
            }
            return value;
        } catch (JsonProcessingException e) {
            String said = String.valueOf(e.getOriginalMessage());
            throw new Malformed("expected strict JSON, came: " + said.substring(0, Math.min(200, said.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string in memory: a fault of ours
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    whole(name);
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield new JsonValue.Elements(elements);
            }
            case VALUE_STRING -> new JsonValue.Text(whole(parser.getText()));
            case VALUE_NUMBER_INT -> new JsonValue.Whole(number(parser));
            case VALUE_NUMBER_FLOAT -> new JsonValue.Decimal(Double.parseDouble(parser.getText()));
            case VALUE_TRUE -> new JsonValue.Truth(true);
            case VALUE_FALSE -> new JsonValue.Truth(false);
            case VALUE_NULL -> new JsonValue.Nothing();
            default -> throw new Malformed("expected a JSON value, came " + parser.currentToken());
        };
    }

    private static long number(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (text.length() > SAFE_DIGITS + 3) {
            throw new Malformed(
                    "expected a whole number of at most 2^53 - 1, came one of " + text.length() + " digits");
        }
        return Long.parseLong(text);
    }

    /// Refuses half surrogate pairs.
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new Malformed("expected Unicode text, came half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }
}
