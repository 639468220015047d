package fi.kimppa.device.tag;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The compaction schemes of ISO/IEC 15962, in the order in which an encoder tries them. */
public enum Compaction {
    /** Defined by the application; no text. */
    APPLICATION(0, "(?!)", 0, 0, 0, ' '),
    /** 2 to 19 digits without leading zero, as a big-endian number. */
    INTEGER(1, "[1-9][0-9]{1,18}", 0, 0, 0, ' '),
    /** Digits as nibbles, an odd count filled with F. */
    NUMERIC(2, "[0-9]+", 0, 0, 0, ' '),
    /** Characters 41 to 5F, filled with zero bits, which read as an @ that no text has. */
    FIVE_BIT(3, "[A-_]{3,}", 5, 0x00, 0x40, '@'),
    /** Characters 20 to 5F, filled with the first bits of 100000, which read as a blank. */
    SIX_BIT(4, "[ -_]{4,}", 6, 0x20, 0x40, ' '),
    /** Characters 00 to 7E, filled with one bits, which read as a delete. */
    SEVEN_BIT(5, "[\\x00-\\x7E]{8,}", 7, 0x7F, 0x00, '\u007F'),
    /** ISO 8859-1, unchanged. */
    OCTETS(6, "[\\x00-\\xFF]+", 0, 0, 0, ' '),
    /** UTF-8, unchanged. */
    UTF_8(7, "(?s).+", 0, 0, 0, ' ');

    /** 19 digits fit. */
    private static final int MOST_INTEGER_BYTES = 8;

    private static final List<Compaction> BY_CODE = List.of(values());

    private final int code;
    private final Pattern accepted;
    /** What a decoder accepts: it does not mind that another scheme would have been chosen for a shorter text. */
    private final Pattern readable;

    private final int bits;
    private final int filler;
    private final int offset;
    private final char fillerCharacter;

    Compaction(int code, String accepted, int bits, int filler, int offset, char fillerCharacter) {
        this.code = code;
        this.accepted = Pattern.compile(accepted);
        this.readable = bits == 0 ? this.accepted : Pattern.compile(accepted.substring(0, accepted.indexOf('{')) + "+");
        this.bits = bits;
        this.filler = filler;
        this.offset = offset;
        this.fillerCharacter = fillerCharacter;
    }

    /** Three bits of the precursor, 0 to 7. */
    int code() {
        return code;
    }

    static Compaction of(int code) {
        return BY_CODE.get(code);
    }

    /**
     * The first scheme that can hold the text and give it back: a blank at the end of a six-bit text may read as a filler.
     *
     * @throws IllegalArgumentException when none can
     */
    static Compaction choose(String text) {
        for (Compaction scheme : BY_CODE) {
            if (scheme.accepted.matcher(text).matches()
                    && scheme.decode(scheme.encode(text)).equals(Optional.of(text))) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("No text that a tag can hold: " + text.length() + " characters");
    }

    /** The text of the data; empty when the data break the scheme's own rules. */
    Optional<String> decode(byte[] data) {
        String text = switch (this) {
            case APPLICATION -> "";
            case INTEGER -> number(data);
            case NUMERIC -> digits(data);
            case FIVE_BIT, SIX_BIT, SEVEN_BIT -> packed(data);
            case OCTETS -> new String(data, StandardCharsets.ISO_8859_1);
            case UTF_8 -> new String(data, StandardCharsets.UTF_8);
        };
        return readable.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    byte[] encode(String text) {
        return switch (this) {
            case APPLICATION -> throw new IllegalArgumentException("The application defines these bytes");
            case INTEGER -> integer(text);
            case NUMERIC -> nibbles(text);
            case FIVE_BIT, SIX_BIT, SEVEN_BIT -> pack(text);
            case OCTETS -> text.getBytes(StandardCharsets.ISO_8859_1);
            case UTF_8 -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String number(byte[] data) {
        // Fewer bytes would have held a number that begins with zero: not what an encoder writes.
        return data.length == 0 || data.length > MOST_INTEGER_BYTES || data[0] == 0
                ? ""
                : new BigInteger(1, data).toString();
    }

    private static byte[] integer(String text) {
        byte[] bytes = new BigInteger(text).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String digits(byte[] data) {
        var text = new StringBuilder();
        for (int i = 0; i < data.length * 2; i++) {
            int nibble = i % 2 == 0 ? data[i / 2] >> 4 & 0x0F : data[i / 2] & 0x0F;
            if (nibble == 0x0F && i == data.length * 2 - 1) {
                break;
            }
            // A nibble that is no digit turns into a character that no number has, and the caller refuses it.
            text.append(Character.forDigit(nibble, 16));
        }
        return text.toString();
    }

    private static byte[] nibbles(String text) {
        byte[] bytes = new byte[(text.length() + 1) / 2];
        for (int i = 0; i < bytes.length * 2; i++) {
            int nibble = i < text.length() ? text.charAt(i) - '0' : 0x0F;
            bytes[i / 2] |= (byte) (i % 2 == 0 ? nibble << 4 : nibble);
        }
        return bytes;
    }

    private String packed(byte[] data) {
        var bitsIn = new Bits(data);
        var text = new StringBuilder();
        while (bitsIn.left() >= bits) {
            int value = bitsIn.take(bits);
            text.append((char) (this == SIX_BIT && value >= 0x20 ? value : value | offset));
        }
        // Filler bits can be as many as one character has; such a character at the very end is no text.
        boolean full = bitsIn.left() == 0 || (this == FIVE_BIT && bitsIn.left() <= 2);
        if (full && !text.isEmpty() && text.charAt(text.length() - 1) == fillerCharacter) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private byte[] pack(String text) {
        int used = text.length() * bits;
        byte[] bytes = new byte[(used + 7) / 8];
        int mask = (1 << bits) - 1;
        for (int i = 0; i < bytes.length * 8; i++) {
            int value = i < used ? text.charAt(i / bits) & mask : filler;
            int bit = i < used ? bits - 1 - i % bits : bits - 1 - (i - used) % bits;
            if ((value >> bit & 1) != 0) {
                bytes[i / 8] |= (byte) (0x80 >> i % 8);
            }
        }
        return bytes;
    }
}
