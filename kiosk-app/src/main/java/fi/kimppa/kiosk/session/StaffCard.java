package fi.kimppa.kiosk.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A card that opens the staff menu, as it stands in the kiosk's configuration: {@code NAME$ROUNDS$SALT$CARD$PIN}. Neither the card's
 * number nor the PIN stands in it.
 *
 * @param name what reports call the card, such as {@code kortti 3}, and not who holds it: letters, digits, blanks, hyphens and dots
 * @param rounds of PBKDF2 behind the PIN
 * @param salt 32 hexadecimal digits, of this card alone
 * @param card SHA-256 of salt and card number, in hexadecimal
 * @param pin PBKDF2 of the PIN, in hexadecimal
 */
public record StaffCard(String name, int rounds, String salt, String card, String pin) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} .-]{1,40}");
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int PARTS = 5;

    /** Checks the form. */
    public StaffCard {
        if (!NAME.matcher(name).matches()
                || rounds < 1
                || !SALT.matcher(salt).matches()
                || !HASH.matcher(card).matches()
                || !HASH.matcher(pin).matches()) {
            throw new IllegalArgumentException("expected a line that \"staff-card\" has made");
        }
    }

    /**
     * Reads a line of the configuration.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static StaffCard parse(String line) {
        String[] parts = line.split("\\$", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("expected a line that \"staff-card\" has made");
        }
        try {
            return new StaffCard(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3], parts[4]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a line that \"staff-card\" has made", e);
        }
    }

    /** The line as it stands in the configuration. */
    public String line() {
        return String.join("$", name, Integer.toString(rounds), salt, card, pin);
    }

    /** Whether the card has this number. */
    boolean carries(String number) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(card), HexFormat.of().parseHex(fingerprint(salt, number)));
    }

    /**
     * What stands for a card's number in a line.
     *
     * @param salt in hexadecimal
     */
    public static String fingerprint(String salt, String number) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(salt));
            byte[] bytes = number.getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of().formatHex(digest.digest(bytes));
            Arrays.fill(bytes, (byte) 0);
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The name alone. */
    @Override
    public String toString() {
        return "StaffCard[" + name + "]";
    }
}
