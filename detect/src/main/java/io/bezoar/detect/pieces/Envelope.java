package io.bezoar.detect.pieces;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What nearly all answers end with: the last fields of a tool's call, a signature. It says nothing of an answer, and
/// would make a text of whatever stands before it.
final class Envelope {
    /// Share of the answers that have it.
    private static final double ALL = 0.9;
    /// Fewer tokens are no envelope, but the signs that texts end with.
    private static final int LEAST = 3;

    private Envelope() {}

    /// The answers without it.
    static List<int[]> off(List<int[]> answers) {
        int[] end = end(answers);
        return end.length == 0
                ? answers
                : answers.stream()
                        .map(answer -> has(answer, end) ? Arrays.copyOf(answer, answer.length - end.length) : answer)
                        .toList();
    }

    /// The longest run that nearly all answers end with; empty if it is short.
    private static int[] end(List<int[]> answers) {
        int needed = (int) Math.ceil(ALL * answers.size());
        List<int[]> have = answers;
        int length = 0;
        while (!have.isEmpty()) {
            int back = length + 1;
            Map<Integer, Integer> counts = new HashMap<>();
            have.stream()
                    .filter(answer -> answer.length >= back)
                    .forEach(answer -> counts.merge(answer[answer.length - back], 1, Integer::sum));
            var most = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= needed)
                    .findFirst();
            if (most.isEmpty()) {
                break;
            }
            int token = most.get().getKey();
            have = have.stream()
                    .filter(answer -> answer.length >= back && answer[answer.length - back] == token)
                    .toList();
            length++;
        }
        return length < LEAST
                ? new int[0]
                : Arrays.copyOfRange(have.getFirst(), have.getFirst().length - length, have.getFirst().length);
    }

    private static boolean has(int[] answer, int[] end) {
        int from = answer.length - end.length;
        return from >= 0 && Arrays.equals(answer, from, answer.length, end, 0, end.length);
    }
}
