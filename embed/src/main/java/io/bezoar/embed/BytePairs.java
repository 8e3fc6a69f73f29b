package io.bezoar.embed;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Cuts text into the pieces that GPT-2, Llama 3, Qwen or Pythia are trained on: pairs of bytes, merged in
/// the order in which training found them (Sennrich, Haddow & Birch 2016, section 3.2; Radford et al. 2019,
/// section 2.2: bytes).
///
/// Departure: the names of control tokens are ordinary text where a text holds them, so no text can end a
/// turn. What is no character (half of a pair of UTF-16 code units) becomes U+FFFD.
final class BytePairs {
    private final Map<String, Integer> vocabulary;
    private final Map<Long, Long> merges;
    private final Rules rules;
    private final int[] opening;
    private final int[] bytes = new int[256];
    private final int greatest;

    /// How a text is prepared.
    ///
    /// @param splits what is cut apart before bytes are merged, each pattern within what the ones before it
    ///     left
    /// @param composed is the text brought into normal form C first?
    /// @param spaced does a text that begins with no space get one?
    /// @param whole are words that the vocabulary has taken as they are, without merging?
    record Rules(List<Pattern> splits, boolean composed, boolean spaced, boolean whole) {}

    /// @param vocabulary pieces that text can become, in the alphabet of [#character], and their numbers, 0
    ///     or more
    /// @param merges pairs of pieces, the first merged first; all of them, and what they make, in the
    ///     vocabulary
    /// @param opening numbers that stand before every text
    BytePairs(Map<String, Integer> vocabulary, List<String[]> merges, Rules rules, int[] opening) {
        this.vocabulary = vocabulary;
        this.merges = new java.util.HashMap<>(2 * merges.size());
        this.rules = rules;
        this.opening = opening.clone();
        for (int b = 0; b < bytes.length; b++) {
            bytes[b] = vocabulary.getOrDefault(Character.toString(character(b)), -1);
            if (bytes[b] < 0 && b != 0xc0 && b != 0xc1 && b < 0xf5) { // the others stand in no text
                throw new IllegalArgumentException("expected a piece for every byte, came none for " + b);
            }
        }
        for (int rank = 0; rank < merges.size(); rank++) {
            String[] pair = merges.get(rank);
            Integer left = vocabulary.get(pair[0]);
            Integer right = vocabulary.get(pair[1]);
            Integer both = vocabulary.get(pair[0] + pair[1]);
            if (left != null && right != null && both != null) { // else it makes, or needs, a control token
                this.merges.putIfAbsent(pair(left, right), (long) rank << 32 | both);
            }
        }
        greatest = Math.max(
                vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                Arrays.stream(opening).max().orElse(0));
    }

    /// The greatest number of a piece.
    int greatest() {
        return greatest;
    }

    /// The numbers that stand before every text.
    int[] opening() {
        return opening.clone();
    }

    /// The character that stands for a byte in vocabularies: itself where it can be seen, else one from
    /// U+0100 on.
    static char character(int b) {
        if (seen(b)) {
            return (char) b;
        }
        return (char)
                (0x100 + IntStream.range(0, b).filter(before -> !seen(before)).count());
    }

    private static boolean seen(int b) {
        return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae && b <= 0xff;
    }

    /// The pieces of a text, without those that open it.
    int[] of(String text) {
        String plain = Normalizer.isNormalized(text, Normalizer.Form.NFC) || !rules.composed
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        if (rules.spaced && !plain.isEmpty() && plain.charAt(0) != ' ') {
            plain = " " + plain;
        }
        IntStream.Builder pieces = IntStream.builder();
        for (String word : words(plain)) {
            for (int piece : word(word.getBytes(StandardCharsets.UTF_8))) {
                pieces.add(piece);
            }
        }
        return pieces.build().toArray();
    }

    private List<String> words(String text) {
        List<String> words = text.isEmpty() ? List.of() : List.of(characters(text));
        for (Pattern split : rules.splits) {
            List<String> finer = new ArrayList<>();
            for (String word : words) {
                int end = 0;
                for (Matcher matcher = split.matcher(word); matcher.find(); ) {
                    if (matcher.start() > end) {
                        finer.add(word.substring(end, matcher.start()));
                    }
                    if (matcher.end() > matcher.start()) {
                        finer.add(matcher.group());
                    }
                    end = matcher.end();
                }
                if (end < word.length()) {
                    finer.add(word.substring(end));
                }
            }
            words = finer;
        }
        return words;
    }

    /// The text without halves of pairs.
    private static String characters(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c));
        return out.toString();
    }

    private int[] word(byte[] word) {
        if (rules.whole) {
            StringBuilder spelled = new StringBuilder(word.length);
            for (byte b : word) {
                spelled.append(character(b & 0xff));
            }
            Integer known = vocabulary.get(spelled.toString());
            if (known != null) {
                return new int[] {known};
            }
        }
        int[] pieces = new int[word.length];
        Arrays.setAll(pieces, i -> bytes[word[i] & 0xff]);
        return merged(pieces);
    }

    /// Merges the pair that was found first in training, the leftmost of equals, until none is left: places
    /// wait in a heap by rank, and one whose pair has changed meanwhile is passed over.
    private int[] merged(int[] pieces) {
        int n = pieces.length;
        int[] next = new int[n];
        int[] before = new int[n];
        PriorityQueue<Long> waiting = new PriorityQueue<>();
        for (int i = 0; i < n; i++) {
            next[i] = i + 1;
            before[i] = i - 1;
            wait(pieces, i, i + 1, waiting);
        }
        while (!waiting.isEmpty()) {
            long first = waiting.remove();
            int at = (int) first;
            int other = pieces[at] < 0 ? n : next[at];
            Long merge = other < n ? merges.get(pair(pieces[at], pieces[other])) : null;
            if (merge == null || merge >>> 32 != first >>> 32) {
                continue;
            }
            pieces[at] = merge.intValue();
            pieces[other] = -1;
            next[at] = next[other];
            if (next[at] < n) {
                before[next[at]] = at;
            }
            wait(pieces, at, next[at], waiting);
            if (before[at] >= 0) {
                wait(pieces, before[at], at, waiting);
            }
        }
        return Arrays.stream(pieces).filter(piece -> piece >= 0).toArray();
    }

    private void wait(int[] pieces, int left, int right, PriorityQueue<Long> waiting) {
        Long merge = right < pieces.length ? merges.get(pair(pieces[left], pieces[right])) : null;
        if (merge != null) {
            waiting.add(merge >>> 32 << 32 | left);
        }
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
