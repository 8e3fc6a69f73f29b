package io.bezoar.app.review;

import io.bezoar.core.Campaign;
import io.bezoar.core.Trigger;
import io.bezoar.history.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The name under which a campaign is known from scan to scan: `c-` and 16 hexadecimal digits of a SHA-256 over what
/// makes it the same attack. That is its trigger and target, whatever rows were added meanwhile; for a group without a
/// trigger it is its rows.
public final class CampaignKey {
    private CampaignKey() {}

    /// The key of a campaign.
    public static String of(Campaign campaign) {
        MessageDigest digest = Digest.sha256();
        put(digest, campaign.candidate().kind().name());
        put(digest, campaign.candidate().target().orElse(""));
        if (campaign.candidate().trigger().isPresent()) {
            Trigger trigger = campaign.candidate().trigger().get();
            put(digest, trigger.shape().name());
            trigger.pieces().stream().sorted().forEach(piece -> put(digest, piece));
        } else {
            for (long member : campaign.candidate().members()) {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, member));
            }
        }
        return "c-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void put(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
