package io.bezoar.ledger;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What texts that look alike share: the digest of the text after NFKC, without characters that do not
/// show, and with each character replaced by the prototype of those it is confused with (Unicode TR 39,
/// section 4, skeleton).
///
/// It finds candidates. It is no identity: rows are the same only if all their bytes are.
public final class DuplicateKey {
    private static final int LONGEST = 1 << 20;

    private final SpoofChecker checker =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    private final Normalizer2 nfkc = Normalizer2.getNFKCInstance();

    /// The key of a text, of which a million characters count.
    public Digest of(String text) {
        String bounded = text.substring(0, Math.min(LONGEST, text.length()));
        StringBuilder shown = new StringBuilder();
        nfkc.normalize(bounded).codePoints().filter(DuplicateKey::shows).forEach(shown::appendCodePoint);
        String skeleton = checker.getSkeleton(shown.toString().toLowerCase(Locale.ROOT));
        String spaced = nfkc.normalize(skeleton).strip().replaceAll("\\s+", " ");
        return Hasher.digest(spaced.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean shows(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.CONTROL -> Character.isWhitespace(c);
            case Character.NON_SPACING_MARK -> !(c >= 0xfe00 && c <= 0xfe0f) && !(c >= 0xe0100 && c <= 0xe01ef);
            default -> true;
        };
    }
}
