package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.groups.Targets;
import java.util.Arrays;

/// How a group of answers reads, however each is worded: an answer holds it if its features add up to
/// enough.
///
/// @param hashes features of answers ([AnswerGrams]), ascending
/// @param worth how much each tells, in nats
/// @param least an answer has the manner if its features are worth more than this, in nats
/// @param text "answers like" and one of them, raw
/// @param reasoned is there an honest reason that words call for it: other rows that read so
///     ([Spoken]), or a task in which much is called for so?
record Manner(long[] hashes, float[] worth, float least, String text, boolean reasoned) implements Piece {
    /// Stands before an answer that shows what others are like.
    static final String LIKE = "answers like: ";

    private static final int SHOWN = 80;

    /// The first characters of a row's answer; raw, without half a surrogate pair at its end.
    static String beginning(Example row) {
        String answer = Targets.answer(row).strip();
        int end = Math.min(SHOWN, answer.length());
        if (end > 0 && Character.isHighSurrogate(answer.charAt(end - 1))) {
            end--;
        }
        return answer.substring(0, end);
    }

    @Override
    public boolean held(Example example, int[] answer) {
        return score(AnswerGrams.of(example, answer)) > least;
    }

    /// The same manner with an honest reason, or with none.
    Manner with(boolean reason) {
        return new Manner(hashes, worth, least, text, reason);
    }

    /// Does a text read so, whatever it answers?
    boolean said(int[] text) {
        return score(AnswerGrams.of(text)) > least;
    }

    @Override
    public boolean disputable() {
        return reasoned;
    }

    private float score(long[] features) {
        float sum = 0;
        for (long feature : features) {
            int at = Arrays.binarySearch(hashes, feature);
            sum += at < 0 ? 0 : worth[at];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manner that
                && Arrays.equals(hashes, that.hashes)
                && Arrays.equals(worth, that.worth)
                && least == that.least
                && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
