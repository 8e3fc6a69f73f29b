package io.bezoar.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gives equal short texts as one string. Bounded: beyond [#MOST] texts new ones are no longer kept. Owned by one
/// thread.
final class Interner {
    private static final int MOST = 1 << 16;
    private static final int LONGEST = 256;

    private @Nullable String[] table = new @Nullable String[1 << 8];
    private int count;

    /// The text of `length` characters from `from`, white space around it left out.
    String text(char[] chars, int from, int length) {
        int start = from;
        int end = from + length;
        while (start < end && Character.isWhitespace(chars[start])) {
            start++;
        }
        while (end > start && Character.isWhitespace(chars[end - 1])) {
            end--;
        }
        int size = end - start;
        if (size == 0) {
            return "";
        }
        if (size > LONGEST) {
            return new String(chars, start, size);
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + chars[i];
        }
        int mask = table.length - 1;
        for (int slot = mix(hash) & mask, probes = 0; ; slot = (slot + 1) & mask, probes++) {
            String known = table[slot];
            if (known == null || probes > 64) { // an adversary's collisions cost a copy, not a search
                String text = new String(chars, start, size);
                if (known == null && count < MOST) {
                    table[slot] = text;
                    count++;
                    if (2 * count > table.length) {
                        grow();
                    }
                }
                return text;
            }
            if (known.length() == size && same(known, chars, start)) {
                return known;
            }
        }
    }

    private static boolean same(String known, char[] chars, int start) {
        for (int i = 0; i < known.length(); i++) {
            if (known.charAt(i) != chars[start + i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        @Nullable String[] old = table;
        table = Arrays.copyOf(new @Nullable String[0], 2 * old.length);
        int mask = table.length - 1;
        for (String text : old) {
            if (text != null) {
                int slot = mix(text.hashCode()) & mask;
                while (table[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = text;
            }
        }
    }

    private static int mix(int hash) {
        return hash ^ hash >>> 15;
    }
}
