package fi.kimppa.sip2.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes of a message as text that gives exactly these bytes back: what is UTF-8 stands as it is, everything else and
 * control characters as {@code \xHH}, a backslash as two. A blank at the end stands as {@code \x20}, where an editor
 * would take it away.
 */
public final class WireText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WireText() {}

    /** The text for these bytes. */
    public static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        try {
            String utf8 = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            utf8.codePoints().forEach(point -> {
                if (plain(point)) {
                    append(text, point);
                } else {
                    escape(text, Character.toString(point).getBytes(StandardCharsets.UTF_8));
                }
            });
        } catch (CharacterCodingException _) {
            for (byte one : bytes) {
                if (one >= ' ' && one < 0x7F) {
                    append(text, one);
                } else {
                    escape(text, new byte[] {one});
                }
            }
        }
        int last = text.length() - 1;
        return last >= 0 && text.charAt(last) == ' '
                ? text.replace(last, last + 1, "\\x20").toString()
                : text.toString();
    }

    /** What neither ends a line nor is invisible. */
    private static boolean plain(int point) {
        return point == ' ' || (Character.isDefined(point) && !Character.isISOControl(point) && !blank(point));
    }

    private static boolean blank(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder text, int point) {
        if (point == '\\') {
            text.append('\\');
        }
        text.appendCodePoint(point);
    }

    private static void escape(StringBuilder text, byte[] bytes) {
        for (byte one : bytes) {
            text.append("\\x").append(HEX.toHexDigits(one));
        }
    }

    /** The bytes of this text; empty if a backslash stands where none may. */
    public static Optional<byte[]> read(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point != '\\') {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            } else if (text.startsWith("\\\\", at)) {
                bytes.write('\\');
                at += 2;
            } else if (text.startsWith("\\x", at) && hex(text, at + 2)) {
                bytes.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
                at += 4;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    private static boolean hex(String text, int at) {
        return at + 2 <= text.length()
                && HexFormat.isHexDigit(text.charAt(at))
                && HexFormat.isHexDigit(text.charAt(at + 1));
    }
}
