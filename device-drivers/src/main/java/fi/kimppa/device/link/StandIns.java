package fi.kimppa.device.link;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other digits and letters in the place of numbers that may be somebody's: the same number always gets the same stand-in, of the
 * same length and form, so that a trace still shows what belongs together and can be replayed. The key is made at start and
 * never kept, so nobody can tell from a trace which number it was. Any thread.
 */
public final class StandIns {
    /** For the life of this program. */
    public static final StandIns OF_THIS_RUN = new StandIns(new SecureRandom().generateSeed(16));

    /** Shorter runs of letters and digits are words of a protocol, not somebody's number. */
    private static final int SHORTEST_NUMBER = 5;

    private final SecretKeySpec key;

    /** Stand-ins by a key; the same key gives the same stand-ins. */
    public StandIns(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Bytes that nobody can tell from random ones, as many as asked for, always the same for the same {@code original}. */
    public byte[] bytes(byte[] original, int count) {
        byte[] out = new byte[count];
        byte[] block = new byte[0];
        for (int i = 0; i < count; i++) {
            if (i % 32 == 0) {
                block = digest(original, i / 32);
            }
            out[i] = block[i % 32];
        }
        return out;
    }

    private byte[] digest(byte[] original, int number) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((byte) number);
            return mac.doFinal(original);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** Another number of the same form: digits for digits, letters for letters of the same case, all else and a first 0 kept. */
    public String number(String original) {
        byte[] random = bytes(original.getBytes(java.nio.charset.StandardCharsets.UTF_8), original.length());
        var text = new StringBuilder();
        for (int i = 0; i < original.length(); i++) {
            text.append(other(original.charAt(i), random[i] & 0xFF, i == 0));
        }
        return text.toString();
    }

    private static char other(char c, int random, boolean first) {
        if (c >= '0' && c <= '9') {
            // A leading zero decides how a number is stored, so it stays one, and no other digit becomes one.
            return first ? (c == '0' ? '0' : (char) ('1' + random % 9)) : (char) ('0' + random % 10);
        }
        if (c >= 'A' && c <= 'Z') {
            return (char) ('A' + random % 26);
        }
        return c >= 'a' && c <= 'z' ? (char) ('a' + random % 26) : c;
    }

    /** Replaces every run of ASCII digits and letters that is long enough to be a number and has a digit in it. */
    public byte[] numbersIn(byte[] bytes) {
        byte[] out = bytes.clone();
        int from = 0;
        while (from < bytes.length) {
            int to = from;
            boolean digit = false;
            while (to < bytes.length && isAlphanumeric(bytes[to])) {
                digit |= bytes[to] <= '9';
                to++;
            }
            if (to - from >= SHORTEST_NUMBER && digit) {
                String run = new String(bytes, from, to - from, java.nio.charset.StandardCharsets.US_ASCII);
                byte[] other = number(run).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                System.arraycopy(other, 0, out, from, other.length);
            }
            from = to + 1;
        }
        return out;
    }

    private static boolean isAlphanumeric(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    /** Every digit of a keypad as the same sign: a PIN has no stand-in. */
    public static byte[] withoutDigits(byte[] bytes) {
        byte[] out = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] >= '0' && out[i] <= '9' ? (byte) '0' : out[i];
        }
        return out;
    }
}
