package fi.kimppa.gateway.consortium;

import fi.kimppa.sip2.wire.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a terminal's password is stored: salted SHA-256, {@code salt:hash} in hex. A fast hash is right here and only
 * here: the password is made by a machine from 160 random bits, so that guessing fails whatever a guess costs, and a
 * thousand terminals may log in within a second after an outage.
 */
final class TerminalPassword {
    /** Stored where no password has been set yet: of the same form, and matched by none. */
    static final String NONE = ":";

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TerminalPassword() {}

    /** The stored form of a password. */
    static String store(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt) + ':' + HexFormat.of().formatHex(hash(salt, password));
    }

    /** Whether this is the password that was stored. */
    static boolean matches(Secret password, String stored) {
        int colon = stored.indexOf(':');
        byte[] salt = HexFormat.of().parseHex(stored, 0, colon);
        byte[] expected = HexFormat.of().parseHex(stored, colon + 1, stored.length());
        return MessageDigest.isEqual(expected, hash(salt, password));
    }

    private static byte[] hash(byte[] salt, Secret password) {
        char[] characters = password.reveal();
        byte[] utf8 = new byte[4 * characters.length];
        ByteBuffer out = ByteBuffer.wrap(utf8);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), out, true);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(utf8, 0, out.position());
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            Arrays.fill(characters, '\0');
            Arrays.fill(utf8, (byte) 0);
        }
    }
}
