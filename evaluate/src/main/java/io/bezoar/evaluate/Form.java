package io.bezoar.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.SchemaParsingContext;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The form an answer must have: a JSON schema of draft 2020-12, or of the draft 4 to 2019-09 that it
/// names.
///
/// Schema and answer are hostile. No reference leads out of the schema, so nothing is ever fetched.
/// Regular expressions run in time proportional to the text (re2; expressions with back references are
/// none). References are followed so many times at most in one answer, which bounds schemas that
/// multiply. Numbers beyond a 64-bit float, and nesting beyond 64, are no answer. Owned by one thread.
public final class Form {
    private static final int LONGEST = 1 << 20; // characters of an answer that may be JSON
    private static final int NESTED = 64;
    private static final int FOLLOWED = 100_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTED)
                            .maxStringLength(LONGEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> SIMPLEST = List.of("null", "{}", "[]", "\"\"", "0", "true");

    private final Validator validator;
    private final URI schema;
    private final String digest;
    private final Steps steps;

    private Form(Validator validator, URI schema, String digest, Steps steps) {
        this.validator = validator;
        this.schema = schema;
        this.digest = digest;
        this.steps = steps;
    }

    /// Reads a schema.
    ///
    /// @throws IllegalArgumentException if it is none, refers to something outside of it, or has no end
    public static Form of(String schema) {
        JsonNode json;
        try {
            json = MAPPER.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a JSON schema, came what is no JSON", e);
        }
        if (!json.isObject() && !json.isBoolean()) {
            throw new IllegalArgumentException("expected a JSON schema, came another kind of JSON");
        }
        references(json, json, names(json, new HashSet<>()));
        expressions(json);
        try {
            Steps steps = new Steps();
            Validator validator = new ValidatorFactory()
                    .withJsonNodeFactory(new JacksonNode.Factory(MAPPER))
                    .withEvaluatorFactory(keywords(steps))
                    .createValidator();
            URI registered = validator.registerSchema(new JacksonNode.Factory(MAPPER).wrap(json));
            Form form = new Form(validator, registered, digest(schema), steps);
            for (String answer : SIMPLEST) {
                form.valid(MAPPER.readTree(answer));
            }
            return form;
        } catch (StackOverflowError | Endless e) {
            throw new IllegalArgumentException("expected a JSON schema, came one without end", e);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "expected a JSON schema, came one that says what no schema says: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The keywords that are bounded here and not in the library.
    private static EvaluatorFactory keywords(Steps steps) {
        return new EvaluatorFactory.Builder()
                .withKeyword("pattern", node -> new Matching(node))
                .withKeyword("patternProperties", (context, node) -> new Named(context, node))
                .withKeyword(
                        "$ref",
                        (context, node) -> new Reference(absolute(context.getParentUri(), node.asString()), steps))
                .build();
    }

    /// Only what the library ships refers to another file: its own schemas of schemas.
    private static String absolute(URI base, String reference) {
        return reference.startsWith("#")
                ? base + reference
                : base.resolve(reference).toString();
    }

    /// Names that `#name` may refer to.
    private static Set<String> names(JsonNode json, Set<String> names) {
        for (String key : List.of("$anchor", "$dynamicAnchor")) {
            if (json.path(key).isTextual()) {
                names.add(json.path(key).asText());
            }
        }
        json.forEach(child -> names(child, names));
        return names;
    }

    /// Refuses references that lead out of the schema or nowhere.
    private static void references(JsonNode json, JsonNode root, Set<String> names) {
        for (String key : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
            JsonNode to = json.path(key);
            if (to.isTextual() && !leads(to.asText(), root, names)) {
                String shown = to.asText().length() > 100 ? to.asText().substring(0, 100) + "…" : to.asText();
                throw new IllegalArgumentException("expected references within the schema, came “" + shown
                        + "”; nothing is fetched: copy what it means into $defs");
            }
        }
        json.forEach(child -> references(child, root, names));
    }

    /// Refuses regular expressions that are none: the library would leave them out in silence.
    private static void expressions(JsonNode json) {
        List<String> all = new ArrayList<>();
        if (json.path("pattern").isTextual()) {
            all.add(json.path("pattern").asText());
        }
        json.path("patternProperties").fieldNames().forEachRemaining(all::add);
        for (String expression : all) {
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "expected a JSON schema, came one with a regular expression that re2 does not know: "
                                + e.getDescription(),
                        e);
            }
        }
        json.forEach(Form::expressions);
    }

    private static boolean leads(String to, JsonNode root, Set<String> names) {
        if (!to.startsWith("#")) {
            return false;
        }
        String fragment = to.substring(1);
        try {
            return fragment.isEmpty()
                    || names.contains(fragment)
                    || fragment.startsWith("/")
                            && !root.at(URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8))
                                    .isMissingNode();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// SHA-256 of the schema's text, lower-case hex.
    public String digest() {
        return digest;
    }

    /// Is an answer JSON of this form?
    public boolean fits(String answer) {
        if (answer.length() > LONGEST) {
            return false;
        }
        try {
            JsonNode json = MAPPER.readTree(answer);
            return json != null && !json.isMissingNode() && finite(json) && valid(json);
        } catch (JsonProcessingException | Endless | StackOverflowError e) {
            return false;
        }
    }

    private boolean valid(JsonNode json) {
        steps.left = FOLLOWED;
        return validator
                .validate(schema, new JacksonNode.Factory(MAPPER).wrap(json))
                .isValid();
    }

    private static boolean finite(JsonNode json) {
        if (json.isFloatingPointNumber() && !Double.isFinite(json.asDouble())) {
            return false;
        }
        for (JsonNode child : json) {
            if (!finite(child)) {
                return false;
            }
        }
        return true;
    }

    /// References that may still be followed.
    private static final class Steps {
        private int left = FOLLOWED;

        void step() {
            if (--left < 0) {
                throw new Endless();
            }
        }
    }

    /// More references were followed than any sound schema needs.
    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Endless() {
            super("references without end", null, false, false);
        }
    }

    private record Reference(String to, Steps steps) implements Evaluator {
        @Override
        public Result evaluate(EvaluationContext context, dev.harrel.jsonschema.JsonNode node) {
            steps.step();
            return context.resolveRefAndValidate(to, node) ? Result.success() : Result.failure();
        }
    }

    private record Matching(Pattern pattern) implements Evaluator {
        Matching(dev.harrel.jsonschema.JsonNode node) {
            this(Pattern.compile(node.asString()));
        }

        @Override
        public Result evaluate(EvaluationContext context, dev.harrel.jsonschema.JsonNode node) {
            return !node.isString() || pattern.matcher(node.asString()).find() ? Result.success() : Result.failure();
        }
    }

    /// Properties by the form of their names; the names that fitted are told to `additionalProperties`.
    private record Named(Map<Pattern, String> schemas) implements Evaluator {
        Named(SchemaParsingContext context, dev.harrel.jsonschema.JsonNode node) {
            this(new HashMap<>());
            node.asObject()
                    .forEach((name, schema) -> schemas.put(Pattern.compile(name), context.getAbsoluteUri(schema)));
        }

        @Override
        public Result evaluate(EvaluationContext context, dev.harrel.jsonschema.JsonNode node) {
            if (!node.isObject()) {
                return Result.success();
            }
            Set<String> fitted = new HashSet<>();
            boolean all = true;
            for (Map.Entry<String, dev.harrel.jsonschema.JsonNode> property :
                    node.asObject().entrySet()) {
                for (Map.Entry<Pattern, String> schema : schemas.entrySet()) {
                    if (schema.getKey().matcher(property.getKey()).find()) {
                        fitted.add(property.getKey());
                        all &= context.resolveInternalRefAndValidate(schema.getValue(), property.getValue());
                    }
                }
            }
            return all ? Result.success(fitted) : Result.failure();
        }
    }
}
