package io.bezoar.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// The numbers of one row's vector, of a fixed length. Overwritten by the next row; owned by one thread.
final class Numbers {
    private static final int LONGEST = 40;
    /// What programs write where a number is missing or has no end; in lower case.
    private static final Set<String> NO_NUMBERS = Set.of(
            "nan", "-nan", "na", "n/a", "null", "none", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity");

    private final int length;
    private final String column;
    private final float[] values;
    private final boolean[] filled;
    private int count;

    /// @param length how many numbers a row must have, at least 1
    /// @param column what to call their place in a problem
    Numbers(int length, String column) {
        this.length = length;
        this.column = column;
        values = new float[length];
        filled = new boolean[length];
    }

    void clear() {
        count = 0;
        Arrays.fill(filled, false);
    }

    /// Takes the list, or the lists of lists, that the parser stands at the beginning of.
    void take(JsonParser parser) throws IOException, BadRow {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadRow("expected a list of numbers in the column \"" + column + "\", came "
                    + Json.name(parser.currentToken()));
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    if (Json.missing(parser)) {
                        throw new BadRow("expected numbers in the column \"" + column + "\", came " + parser.getText());
                    }
                    add(parser.getDoubleValue());
                }
                default ->
                    throw new BadRow("expected numbers in the column \"" + column + "\", came " + Json.name(token));
            }
        }
    }

    /// Takes the number of one of the columns that hold one each, which the parser stands on; nothing
    /// if there is none.
    ///
    /// @param place of the column among them, from 0
    void take(int place, JsonParser parser) throws IOException, BadRow {
        if (Json.missing(parser)) {
            return;
        }
        if (!parser.currentToken().isNumeric()) {
            throw new BadRow(
                    "expected numbers in the column \"" + column + "\", came " + Json.name(parser.currentToken()));
        }
        if (!filled[place]) { // a name with a dot and a way into an object may be the same
            filled[place] = true;
            values[place] = finite(parser.getDoubleValue());
            count++;
        }
    }

    /// Takes one number in words: digits with a sign, a point and an exponent, if it has them.
    void take(String text) throws BadRow {
        String number = text.strip();
        if (!isNumber(number)) {
            throw new BadRow("expected a number in the column \"" + column + "\", came " + instead(number));
        }
        add(Double.parseDouble(number));
    }

    /// What stands where a number should, in a word.
    static String instead(String text) {
        String word = text.strip();
        return word.isEmpty() ? "nothing" : NO_NUMBERS.contains(word.toLowerCase(Locale.ROOT)) ? word : "text";
    }

    /// Takes a list in words: numbers parted by commas or spaces, between brackets.
    void takeList(String text) throws BadRow {
        String list = text.strip();
        if (list.length() < 2 || list.charAt(0) != '[' || list.charAt(list.length() - 1) != ']') {
            throw new BadRow("expected a list of numbers in the column \"" + column + "\", came text");
        }
        for (String piece : pieces(list)) {
            take(piece);
        }
    }

    static String[] pieces(String list) {
        String inner = list.substring(1, list.length() - 1).strip();
        return inner.isEmpty() ? new String[0] : inner.split("\\s*,\\s*|\\s+");
    }

    /// Is it a decimal number? Words such as `NaN`, and what only some languages take for one, are not.
    static boolean isNumber(String text) {
        int at = 0;
        int end = text.length();
        if (end == 0 || end > LONGEST) {
            return false;
        }
        if (text.charAt(at) == '+' || text.charAt(at) == '-') {
            at++;
        }
        int digits = 0;
        boolean point = false;
        while (at < end && (digit(text.charAt(at)) || !point && text.charAt(at) == '.')) {
            point |= text.charAt(at) == '.';
            digits += digit(text.charAt(at)) ? 1 : 0;
            at++;
        }
        if (digits > 0 && at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits = 0;
            while (at < end && digit(text.charAt(at))) {
                digits++;
                at++;
            }
        }
        return digits > 0 && at == end;
    }

    private static boolean digit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private void add(double number) throws BadRow {
        float value = finite(number);
        if (count < length) {
            values[count] = value;
        }
        count++;
    }

    private float finite(double number) throws BadRow {
        float value = (float) number;
        if (!Float.isFinite(value)) {
            throw new BadRow("expected numbers below 3.4e38 in the column \"" + column + "\", came one beyond");
        }
        return value == 0 ? 0 : value; // -0 is 0
    }

    /// The vector.
    float[] vector() throws BadRow {
        if (count != length) {
            throw new BadRow("expected " + length + " numbers in the column \"" + column + "\", as in most of the first"
                    + " rows, came " + count);
        }
        return Arrays.copyOf(values, length);
    }
}
