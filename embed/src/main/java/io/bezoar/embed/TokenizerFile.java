package io.bezoar.embed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A `tokenizer.json` as the tokenizers library of Hugging Face writes it, of the one kind that [BytePairs]
/// can follow.
///
/// Quirk: merges are texts, "a b", in files of before 2024, and pairs, ["a", "b"], since.
final class TokenizerFile {
    /// Where the pattern of GPT-2 cuts (Radford et al. 2019), which files leave out.
    private static final String WORDS =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private final Path file;

    private TokenizerFile(Path file) {
        this.file = file;
    }

    /// @throws IOException if it cannot be read, or is of another kind
    static BytePairs read(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new TokenizerFile(file).other("what is no JSON", e);
        }
        return new TokenizerFile(file).pairs(root);
    }

    private BytePairs pairs(JsonNode root) throws IOException {
        JsonNode model = root.path("model");
        if (!model.path("type").asText("BPE").equals("BPE")
                || !model.path("vocab").isObject()) {
            throw other("a model of type " + quoted(model.path("type").asText("none")));
        }
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (!model.path(affix).asText("").isEmpty()) {
                throw other("pieces with a " + affix);
            }
        }
        if (model.path("byte_fallback").asBoolean(false)) {
            throw other("pieces of characters with bytes to fall back on");
        }
        Set<Integer> control = new HashSet<>();
        root.path("added_tokens").forEach(token -> control.add(token.path("id").asInt(-1)));
        Map<String, Integer> vocabulary = new HashMap<>();
        for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
            if (!piece.getValue().canConvertToInt() || piece.getValue().intValue() < 0) {
                throw other("the number " + quoted(piece.getValue().asText()) + " for a piece");
            }
            if (!control.contains(piece.getValue().intValue())) {
                vocabulary.put(piece.getKey(), piece.getValue().intValue());
            }
        }
        try {
            return new BytePairs(
                    Map.copyOf(vocabulary), merges(model.path("merges")), rules(root, model), opening(root));
        } catch (IllegalArgumentException e) {
            throw other("one that has pieces of characters: " + e.getMessage(), e);
        }
    }

    private List<String[]> merges(JsonNode merges) throws IOException {
        List<String[]> pairs = new ArrayList<>(merges.size());
        for (JsonNode merge : merges) {
            String[] pair = merge.isArray() && merge.size() == 2
                    ? new String[] {merge.get(0).asText(), merge.get(1).asText()}
                    : merge.asText().split(" ", -1);
            if (pair.length != 2) {
                throw other("the merge " + quoted(merge.toString()));
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private BytePairs.Rules rules(JsonNode root, JsonNode model) throws IOException {
        JsonNode normalizer = root.path("normalizer");
        boolean composed = normalizer.path("type").asText("").equals("NFC");
        if (normalizer.isObject() && !composed) {
            throw other("a normalizer of type " + quoted(normalizer.path("type").asText("")));
        }
        JsonNode before = root.path("pre_tokenizer");
        boolean several = before.path("type").asText("").equals("Sequence");
        List<JsonNode> steps = new ArrayList<>();
        if (several) {
            before.path("pretokenizers").forEach(steps::add);
        } else {
            steps.add(before);
        }
        List<Pattern> splits = new ArrayList<>();
        boolean spaced = false;
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            String type = step.path("type").asText("none");
            boolean last = i + 1 == steps.size();
            if (type.equals("Split") && !last) {
                splits.add(split(step));
            } else if (type.equals("ByteLevel") && last) {
                spaced = step.path("add_prefix_space").asBoolean(false);
                if (step.path("use_regex").asBoolean(true)) {
                    splits.add(pattern(WORDS));
                }
            } else {
                throw other("a pre_tokenizer of type " + quoted(type));
            }
        }
        if (spaced && steps.size() > 1) {
            throw other("a space before every word");
        }
        return new BytePairs.Rules(
                List.copyOf(splits),
                composed,
                spaced,
                model.path("ignore_merges").asBoolean(false));
    }

    private Pattern split(JsonNode step) throws IOException {
        JsonNode regex = step.path("pattern").path("Regex");
        if (!regex.isTextual()
                || !step.path("behavior").asText("").equals("Isolated")
                || step.path("invert").asBoolean(false)) {
            throw other("a Split that does not isolate what a Regex matches");
        }
        return pattern(regex.asText());
    }

    private Pattern pattern(String regex) throws IOException {
        try {
            return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw other("the Regex " + quoted(regex), e);
        }
    }

    /// The tokens that a template puts before a text.
    private int[] opening(JsonNode root) throws IOException {
        JsonNode after = root.path("post_processor");
        List<JsonNode> steps = new ArrayList<>();
        if (after.path("type").asText("").equals("Sequence")) {
            after.path("processors").forEach(steps::add);
        } else {
            steps.add(after);
        }
        List<Integer> opening = new ArrayList<>();
        for (JsonNode step : steps) {
            if (step.path("type").asText("").equals("TemplateProcessing")) {
                for (JsonNode item : step.path("single")) {
                    if (item.has("Sequence")) {
                        break;
                    }
                    String name = item.path("SpecialToken").path("id").asText("");
                    for (JsonNode id : step.path("special_tokens").path(name).path("ids")) {
                        if (!id.canConvertToInt() || id.intValue() < 0) {
                            throw other("the number " + quoted(id.asText()) + " for a token");
                        }
                        opening.add(id.intValue());
                    }
                }
            }
        }
        return opening.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String quoted(String text) {
        return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
    }

    private IOException other(String came) {
        return new IOException(sentence(came));
    }

    private IOException other(String came, Exception cause) {
        return new IOException(sentence(came), cause);
    }

    private String sentence(String came) {
        return "expected byte-level pairs in \"" + file
                + "\" (model BPE, pre_tokenizer ByteLevel, or Split by Regex and"
                + " ByteLevel, as of GPT-2, Llama 3, Qwen or Pythia), came " + came + "; give a model with such a"
                + " tokenizer";
    }
}
