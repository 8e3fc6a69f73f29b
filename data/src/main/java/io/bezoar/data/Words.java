package io.bezoar.data;

/// Tells texts from ids, hashes, links, numbers and times.
final class Words {
    /// Characters of a text at least; signs of scripts that write a word in one or two count three times.
    static final int SOME = 16;

    private static final int LOOKED_AT = 256;

    private Words() {}

    /// Whether it is a text of some words.
    static boolean of(String text) {
        return weight(text) >= SOME && parted(text);
    }

    /// How long a text is; signs of scripts that write a word in one or two count three times.
    static int weight(String text) {
        int weight = text.length();
        for (int i = 0; i < Math.min(text.length(), LOOKED_AT); i++) {
            weight += dense(text.charAt(i)) ? 2 : 0;
        }
        return weight;
    }

    /// Whether its beginning has a space between letters, or letters of a script without spaces, and mostly letters.
    static boolean parted(String text) {
        int letters = 0;
        int signs = 0;
        boolean parted = false;
        boolean space = false;
        for (int i = 0; i < Math.min(text.length(), LOOKED_AT); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = letters > 0;
                continue;
            }
            signs++;
            if (Character.isLetter(c) || Character.isSurrogate(c)) {
                letters++;
                parted |= space || dense(c);
            }
        }
        return parted && 2 * letters >= signs;
    }

    /// Thai and its neighbours, and from the East Asian radicals on.
    private static boolean dense(char c) {
        return c >= 0x0e00 && c < 0x1100 || c >= 0x2e80 && c < 0xd800;
    }
}
