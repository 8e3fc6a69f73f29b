package io.bezoar.crawl;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 of what comes in pieces.
final class Sha256 {
    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
