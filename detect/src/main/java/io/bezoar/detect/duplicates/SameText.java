package io.bezoar.detect.duplicates;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// When two inputs are the same to a reader: equal after NFKC, in lower case, with white space and final
/// punctuation folded. A pair of answers belongs to the input, whichever of them is preferred.
final class SameText {
    private static final String FINAL = ".,!?;:…。！？";

    private static final int[] FINAL_TOKENS = FINAL.codePoints()
            .map(point -> Tokenizer.token(Character.toString(point)))
            .toArray();

    private SameText() {}

    /// A quick hash: equal for inputs that are the same, and for some that are not (`don't`, `don ' t`).
    /// 0 for a row whose input is empty or whose target cannot contradict another.
    static long quick(Example example) {
        String text = example.input();
        int[] tokens =
                ascii(text) ? example.tokens() : Tokenizer.tokens(Normalizer.normalize(text, Normalizer.Form.NFKC));
        int n = tokens.length;
        while (n > 1 && isFinal(tokens[n - 1])) {
            n--;
        }
        long hash = n;
        for (int i = 0; i < n; i++) {
            hash = (hash ^ tokens[i]) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return n == 0 ? 0 : withAnswers(example, Hashing.mix(hash));
    }

    /// The hash that decides. 0 as in [#quick].
    static long exact(Example example) {
        String text = example.input();
        if (!ascii(text)) {
            text = Normalizer.normalize(text, Normalizer.Form.NFKC);
        }
        StringBuilder folded = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                space = true;
            } else {
                if (space && !folded.isEmpty()) {
                    folded.append(' ');
                }
                space = false;
                folded.appendCodePoint(Character.toLowerCase(point));
            }
        }
        int n = folded.length();
        while (n > 1 && (FINAL.indexOf(folded.charAt(n - 1)) >= 0 || folded.charAt(n - 1) == ' ')) {
            n--;
        }
        folded.setLength(n);
        return n == 0 ? 0 : withAnswers(example, Hashing.of(folded));
    }

    /// What has to be equal for two rows of the same input to agree; 0 where nothing has to.
    static long answer(Example example) {
        return switch (example.target()) {
            case Target.Label(String name) -> Hashing.combine(1, Hashing.of(name));
            case Target.Preference(String chosen, String _) -> Hashing.combine(3, Hashing.of(chosen));
            case Target.Response _, Target.Absent _ -> 0;
        };
    }

    private static long withAnswers(Example example, long hash) {
        return switch (example.target()) {
            case Target.Label _ -> hash;
            case Target.Preference(String chosen, String rejected) -> {
                long a = Hashing.of(chosen);
                long b = Hashing.of(rejected);
                yield Hashing.combine(hash, Hashing.combine(Math.min(a, b), Math.max(a, b)));
            }
            case Target.Response _, Target.Absent _ -> 0;
        };
    }

    /// Whether NFKC leaves the text as it is at a glance. Quirk: encoding is the quickest way to look at all
    /// characters, and only what is not ASCII grows by it; a lone surrogate does not, and NFKC leaves that
    /// alone as well.
    private static boolean ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length == text.length();
    }

    private static boolean isFinal(int token) {
        for (int known : FINAL_TOKENS) {
            if (known == token) {
                return true;
            }
        }
        return false;
    }
}
