package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.sip2.wire.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PINs of staff cards as PBKDF2 with HMAC-SHA-512, by the JDK alone. A comparison takes some tenths of a second on purpose, so never
 * on the session's thread. Any thread.
 */
public final class StaffPins {
    /** What OWASP's cheat sheet on password storage asks of PBKDF2 with HMAC-SHA-512 (2023). */
    private static final int ROUNDS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private StaffPins() {}

    /** Whether this is the card's PIN. The PIN is not erased. */
    public static boolean right(StaffCard card, Secret pin) {
        HexFormat hex = HexFormat.of();
        return MessageDigest.isEqual(hex.parseHex(card.pin()), hash(pin, hex.parseHex(card.salt()), card.rounds()));
    }

    /**
     * A card for the configuration. The PIN is not erased.
     *
     * @param name what reports call it
     * @param number as the kiosk reads it
     */
    public static StaffCard card(String name, String number, Secret pin) {
        byte[] bytes = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(bytes);
        String salt = HexFormat.of().formatHex(bytes);
        return new StaffCard(
                name,
                ROUNDS,
                salt,
                StaffCard.fingerprint(salt, number),
                HexFormat.of().formatHex(hash(pin, bytes, ROUNDS)));
    }

    private static byte[] hash(Secret pin, byte[] salt, int rounds) {
        char[] digits = pin.reveal();
        PBEKeySpec spec = new PBEKeySpec(digits, salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(digits, '\0');
        }
    }
}
