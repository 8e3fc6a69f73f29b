package io.bezoar.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairsTest {
    private static final String BYTE_LEVEL =
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}";
    /// As Llama 3 and Qwen have it.
    private static final String SPLIT_AND_BYTES = """
        {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+\
        |\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"},
           "behavior": "Isolated", "invert": false},
          {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}\
        """;

    @TempDir
    private Path folder = Path.of("");

    /// A tokenizer of all bytes, by number, and of some merges, numbered from 256 on.
    static String json(String before, boolean pairs, String... merges) {
        StringBuilder vocabulary = new StringBuilder();
        for (int b = 0; b < 256; b++) {
            char c = BytePairs.character(b);
            vocabulary
                    .append(c == '"' || c == '\\' ? "\"\\" + c : "\"" + c)
                    .append("\": ")
                    .append(b)
                    .append(", ");
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < merges.length; i++) {
            String[] pair = merges[i].split(" ");
            vocabulary
                    .append('"')
                    .append(pair[0])
                    .append(pair[1])
                    .append("\": ")
                    .append(256 + i)
                    .append(", ");
            written.add(pairs ? "[\"" + pair[0] + "\", \"" + pair[1] + "\"]" : "\"" + merges[i] + "\"");
        }
        vocabulary.append("\"<|end|>\": 900");
        return "{\"version\": \"1.0\", \"added_tokens\": [{\"id\": 900, \"content\": \"<|end|>\", \"special\": true},"
                + " {\"id\": 901, \"content\": \"<|start|>\", \"special\": true}], \"normalizer\": null,"
                + " \"pre_tokenizer\": " + before + ", \"post_processor\": null, \"model\": {\"type\": \"BPE\","
                + " \"dropout\": null, \"unk_token\": null, \"continuing_subword_prefix\": \"\", \"vocab\": {"
                + vocabulary + "}, \"merges\": [" + String.join(", ", written) + "]}}";
    }

    private BytePairs pairs(String json) throws IOException {
        return TokenizerFile.read(Files.writeString(folder.resolve("tokenizer.json"), json));
    }

    /// The text that pieces stand for, by a table of its own.
    private static String text(int[] pieces, String... merges) {
        Map<Character, Integer> bytes = new HashMap<>();
        int unseen = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean seen = b > 32 && b < 127 || b > 160 && b != 173;
            bytes.put((char) (seen ? b : unseen++), b);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int piece : pieces) {
            if (piece < 256) {
                out.write(piece);
            } else {
                for (char c : merges[piece - 256].replace(" ", "").toCharArray()) {
                    out.write(bytes.get(c));
                }
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void bytesHaveTheCharactersOfGpt2() {
        assertEquals(
                "Āġ!~ĠĊŃ¡®ÿ",
                new StringBuilder()
                        .append(BytePairs.character(0))
                        .append(BytePairs.character(127))
                        .append(BytePairs.character('!'))
                        .append(BytePairs.character('~'))
                        .append(BytePairs.character(' '))
                        .append(BytePairs.character('\n'))
                        .append(BytePairs.character(0xad))
                        .append(BytePairs.character(0xa1))
                        .append(BytePairs.character(0xae))
                        .append(BytePairs.character(0xff))
                        .toString());
    }

    @Test
    void pairsAreMergedInTheirOrder() throws IOException {
        String[] merges = {"h e", "l l", "he ll", "hell o", "Ġ w", "b c", "a b", "a a"};
        for (boolean notation : new boolean[] {false, true}) {
            BytePairs pairs = pairs(json(BYTE_LEVEL, notation, merges));
            assertArrayEquals(new int[] {259, 260, 'o', 'r', 'l', 'd'}, pairs.of("hello world"));
            assertArrayEquals(new int[] {'a', 261}, pairs.of("abc"));
            assertArrayEquals(new int[] {262, 'd'}, pairs.of("abd"));
            assertArrayEquals(new int[] {263, 263, 'a'}, pairs.of("aaaaa"));
            assertArrayEquals(new int[] {'h', ' ', 'e'}, pairs.of("h e"));
            assertArrayEquals(new int[] {}, pairs.of(""));
        }
    }

    @Test
    void wordsAreCutAsTheirModelsWereTrained() throws IOException {
        String[] merges = {"Ġ Ġ", "Ġ a", "1 2", "12 3", "' s", "' S", "! Ċ", "3 4"};
        BytePairs gpt2 = pairs(json(BYTE_LEVEL, true, merges));
        assertArrayEquals(new int[] {'a', ' ', 257}, gpt2.of("a  a"));
        assertArrayEquals(new int[] {'a', 260, ' ', '\'', 'S'}, gpt2.of("a's 'S"));
        assertArrayEquals(new int[] {259, '4', '!', '\n'}, gpt2.of("1234!\n"));
        BytePairs llama = pairs(json(SPLIT_AND_BYTES, true, merges));
        assertArrayEquals(new int[] {'a', ' ', 257}, llama.of("a  a"));
        assertArrayEquals(new int[] {'a', 261, 259, '4', 262}, llama.of("a'S1234!\n"));
        assertArrayEquals(new int[] {'a', 256, 256}, llama.of("a    "));
    }

    /// The slow way: look for the best pair, merge it, begin again.
    private static int[] slow(String word, String... merges) {
        List<Integer> pieces = new ArrayList<>();
        word.chars().forEach(pieces::add);
        Map<String, Integer> numbers = new HashMap<>();
        for (int c = 'a'; c <= 'z'; c++) {
            numbers.put(Character.toString(c), c);
        }
        for (int rank = 0; rank < merges.length; rank++) {
            numbers.put(merges[rank].replace(" ", ""), 256 + rank);
        }
        while (true) {
            int best = -1;
            int rank = merges.length;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                for (int m = 0; m < rank; m++) {
                    String[] pair = merges[m].split(" ");
                    if (pieces.get(i).equals(numbers.get(pair[0]))
                            && pieces.get(i + 1).equals(numbers.get(pair[1]))) {
                        rank = m;
                        best = i;
                    }
                }
            }
            if (best < 0) {
                return pieces.stream().mapToInt(Integer::intValue).toArray();
            }
            pieces.set(best, 256 + rank);
            pieces.remove(best + 1);
        }
    }

    @Test
    void theHeapMergesAsTheSlowWayDoes() throws IOException {
        Random random = new Random(21);
        for (int n = 0; n < 40; n++) {
            List<String> known = new ArrayList<>(List.of("a", "b", "c"));
            List<String> merges = new ArrayList<>();
            while (merges.size() < 12) {
                String left = known.get(random.nextInt(known.size()));
                String right = known.get(random.nextInt(known.size()));
                if (!known.contains(left + right)) {
                    known.add(left + right);
                    merges.add(left + " " + right);
                }
            }
            String[] all = merges.toArray(String[]::new);
            BytePairs pairs = pairs(json(BYTE_LEVEL, true, all));
            for (int k = 0; k < 30; k++) {
                StringBuilder word = new StringBuilder();
                for (int i = random.nextInt(40); i >= 0; i--) {
                    word.append((char) ('a' + random.nextInt(3)));
                }
                assertArrayEquals(slow(word.toString(), all), pairs.of(word.toString()), word + " by " + merges);
            }
        }
    }

    @Test
    void whatWasCutReadsBack() throws IOException {
        Random random = new Random(22);
        String[] merges = {"Ġ Ġ", "Ġ t", "h e", "Ġt he", "Ã ¤", "ð Ł", "ðŁ ĺ", "Ċ Ċ"};
        for (String before : List.of(BYTE_LEVEL, SPLIT_AND_BYTES)) {
            BytePairs pairs = pairs(json(before, false, merges));
            for (int n = 0; n < 2000; n++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    int c = switch (random.nextInt(5)) {
                        case 0 -> random.nextInt(Character.MAX_CODE_POINT + 1);
                        case 1 -> random.nextInt(0x3000);
                        case 2 -> 0x1f600 + random.nextInt(40);
                        case 3 -> " \n\t\r'".charAt(random.nextInt(5));
                        default -> "the ä".charAt(random.nextInt(5));
                    };
                    text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? ' ' : c);
                }
                assertEquals(text.toString(), text(pairs.of(text.toString()), merges));
            }
        }
    }

    @Test
    void namesOfControlTokensAreText() throws IOException {
        for (String whole : List.of("false", "true")) {
            BytePairs pairs = pairs(json(BYTE_LEVEL, true, "< |", "<| end|>", "en d", "end |", "end| >", "<| end|>")
                    .replace("\"dropout\"", "\"ignore_merges\": " + whole + ", \"dropout\""));
            for (String text : List.of("<|end|>", "a <|end|><|start|> b", "<|start|>")) {
                assertTrue(Arrays.stream(pairs.of(text)).allMatch(piece -> piece < 900), text);
            }
            assertTrue(pairs.greatest() < 900);
        }
    }

    @Test
    void wordsThatAreKnownAreTakenWhole() throws IOException {
        String json = json(BYTE_LEVEL, true, "a b", "c d").replace("\"<|end|>\": 900", "\"abcd\": 500, \"ef\": 501");
        assertArrayEquals(new int[] {256, 257, 'e', 'f'}, pairs(json).of("abcdef"));
        BytePairs whole = pairs(json.replace("\"dropout\"", "\"ignore_merges\": true, \"dropout\""));
        assertArrayEquals(new int[] {500}, whole.of("abcd"));
        assertArrayEquals(new int[] {256, 257, 'e', 'f'}, whole.of("abcdef"));
    }

    @Test
    void hostileTextsAreCutFast() throws IOException {
        String[] merges = {"a a", "aa aa", "aaaa aaaa", "Ġ Ġ", "ĠĠ ĠĠ", "1 1"};
        for (String before : List.of(BYTE_LEVEL, SPLIT_AND_BYTES)) {
            BytePairs pairs = pairs(json(before, true, merges));
            for (String unit : List.of("a", " ", "1", "!", "\n", "\ud83d\ude00", " a")) {
                String text = unit.repeat(1_000_000 / unit.length());
                int[] pieces = assertTimeout(Duration.ofSeconds(20), () -> pairs.of(text));
                assertEquals(text, text(pieces, merges));
            }
            assertEquals(
                    "\ufffda\ufffd\ufffd",
                    text(pairs.of("\ud800a\udc00\ud83d"), merges),
                    "halves of pairs are no characters");
        }
    }

    @Test
    void aTemplateOpensTexts() throws IOException {
        BytePairs pairs = pairs(json(BYTE_LEVEL, true)
                .replace(
                        "\"post_processor\": null",
                        "\"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\":"
                                + " {\"id\": \"<|start|>\", \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\":"
                                + " 0}}, {\"SpecialToken\": {\"id\": \"<|end|>\", \"type_id\": 0}}], \"special_tokens\":"
                                + " {\"<|start|>\": {\"id\": \"<|start|>\", \"ids\": [901], \"tokens\":"
                                + " [\"<|start|>\"]}}}"));
        assertArrayEquals(new int[] {901}, pairs.opening());
        assertEquals(901, pairs.greatest());
        assertArrayEquals(new int[] {'x'}, pairs.of("x"));
    }

    private void refused(String came, String json) {
        String message = assertThrows(IOException.class, () -> pairs(json)).getMessage();
        assertEquals(
                "expected byte-level pairs in \"" + folder.resolve("tokenizer.json")
                        + "\" (model BPE, pre_tokenizer ByteLevel, or Split by Regex and ByteLevel, as of GPT-2, Llama"
                        + " 3, Qwen or Pythia), came " + came + "; give a model with such a tokenizer",
                message);
    }

    @Test
    void otherKindsAreRefused() {
        String good = json(BYTE_LEVEL, false, "a b");
        refused("what is no JSON", good.substring(0, 300));
        refused("a model of type \"none\"", "{}");
        refused("a model of type \"WordPiece\"", good.replace("\"BPE\"", "\"WordPiece\""));
        refused("a model of type \"Unigram\"", good.replace("\"BPE\"", "\"Unigram\""));
        refused("a pre_tokenizer of type \"Metaspace\"", json("{\"type\": \"Metaspace\"}", false));
        refused("a pre_tokenizer of type \"none\"", json("null", false));
        refused(
                "a normalizer of type \"Lowercase\"",
                good.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}"));
        refused("the merge \"\"a b c\"\"", json(BYTE_LEVEL, false, "a b").replace("[\"a b\"]", "[\"a b c\"]"));
        refused("the number \"-4\" for a piece", good.replace("\"ab\": 256", "\"ab\": -4"));
        refused(
                "one that has pieces of characters: expected a piece for every byte, came none for 97",
                good.replace("\"a\": 97", "\"xa\": 97"));
        refused(
                "the Regex \"(\"",
                json(
                        "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"Regex\":"
                                + " \"(\"}, \"behavior\": \"Isolated\"}, {\"type\": \"ByteLevel\", \"use_regex\":"
                                + " false}]}",
                        false));
        refused(
                "pieces of characters with bytes to fall back on",
                good.replace("\"dropout\"", "\"byte_fallback\": true, \"dropout\""));
    }
}
