package fi.kimppa.gateway.offline;

import fi.kimppa.gateway.limits.CardHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Turns card numbers into what stands for them in the lists of one branch. Each branch has a key of its own, which its kiosks hold too:
 * one that is stolen tells nothing of the lists of others, nor of what else the gateway keeps of cards. Threads: any.
 */
@Component
class CardDigests {
    private static final int BYTES = 16;

    private final CardHash cards;

    CardDigests(CardHash cards) {
        this.cards = cards;
    }

    /** The branch's key: 64 hexadecimal digits. */
    String key(String branch) {
        // No card has such a number.
        return cards.of("off-line list of " + branch);
    }

    /** 22 letters, digits, hyphens and underscores: the first half of an HMAC-SHA256 over the number. */
    String of(String branch, String card) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key(branch)), "HmacSHA256"));
            byte[] whole = mac.doFinal(card.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
