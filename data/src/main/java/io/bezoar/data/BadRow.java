package io.bezoar.data;

/// One piece of a file is not a row; the message says what was expected and what came.
final class BadRow extends Exception {
    private static final long serialVersionUID = 1L;

    BadRow(String message) {
        super(message, null, false, false); // rows are many: no stack trace
    }
}
