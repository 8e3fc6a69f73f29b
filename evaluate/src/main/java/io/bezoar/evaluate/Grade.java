package io.bezoar.evaluate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// When an answer is right. Answers are hostile: patterns come from the suite, never from an answer.
public enum Grade implements Grading {
    /// The same text, white space at the ends aside.
    EXACT {
        @Override
        public boolean right(String answer, String expected) {
            return answer.strip().equals(expected.strip());
        }
    },
    /// The same after NFKC, in lower case, without final punctuation.
    FOLDED {
        @Override
        public boolean right(String answer, String expected) {
            return folded(answer).equals(folded(expected));
        }
    },
    /// The answer holds the expected text, in any case.
    CONTAINS {
        @Override
        public boolean right(String answer, String expected) {
            return folded(answer).contains(folded(expected));
        }
    },
    /// The expected text is a regular expression that the first 10,000 characters of the answer hold.
    REGEX {
        @Override
        public boolean right(String answer, String expected) {
            try {
                return Pattern.compile(expected)
                        .matcher(answer.length() > 10_000 ? answer.substring(0, 10_000) : answer)
                        .find();
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("the regular expression of an item is none: " + e.getDescription());
            } catch (StackOverflowError _) {
                return false;
            }
        }
    },
    /// Both are JSON and equal, whatever the order of the keys.
    JSON {
        @Override
        public boolean right(String answer, String expected) {
            try {
                JsonNode said = MAPPER.readTree(answer);
                return said != null && said.equals(MAPPER.readTree(expected));
            } catch (IOException e) {
                return false;
            }
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static String folded(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
        int end = folded.length();
        while (end > 0 && ".,!?;:".indexOf(folded.charAt(end - 1)) >= 0) {
            end--;
        }
        return folded.substring(0, end);
    }
}
