package fi.kimppa.sip2.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Turns frames into bytes and back under one {@link WireProfile}. Widths, delimiters and the checksum are about
 * bytes; text is decoded after splitting, and what cannot be decoded becomes a replacement character.
 *
 * <p>Threads: immutable, may be shared.
 */
public final class FrameCodec {
    private static final int TRAILER = "AYnAZhhhh".length();
    private static final int SHORT_TRAILER = "AZhhhh".length();
    /** Every text of one ASCII character, by its code. */
    private static final List<String> FLAGS =
            IntStream.range(0, 0x80).mapToObj(Character::toString).toList();

    private final WireProfile profile;
    /** What stands in a value where it has the delimiter. */
    private final char instead;
    /** What may not stand in a value, and the question mark, which may stand for a letter that the charset has not. */
    private final boolean[] needsLook = new boolean[0x80];

    /** A codec for this profile. */
    public FrameCodec(WireProfile profile) {
        this.profile = profile;
        this.instead = profile.delimiter() == '/' ? ' ' : '/';
        for (char character : new char[] {profile.delimiter(), '\r', '\n', '?'}) {
            needsLook[character] = true;
        }
    }

    /** The agreement that this codec follows. */
    public WireProfile profile() {
        return profile;
    }

    // ---- out ---------------------------------------------------------------------------------------------

    /**
     * The bytes of a frame with its terminator. AY and AZ follow if the frame has a sequence digit, and AZ alone
     * for 96 and 97 if {@code errorDetection} is wanted.
     */
    public byte[] encode(Frame frame, boolean errorDetection) {
        LineWriter out = new LineWriter();
        out.writeLatin(frame.type().code());
        for (FixedField field : frame.type().fixedFields()) {
            // One character is one byte here too, or a peer's odd letter would widen a field that has a place.
            out.writeLatin(frame.fixed(field));
        }
        for (CodedField field : frame.fields()) {
            out.writeLatin(field.code());
            switch (field) {
                case CodedField.Text plain -> out.write(text(plain.value()));
                case CodedField.Hidden hidden ->
                    out.write(text(new String(hidden.value().reveal())));
            }
            out.write(profile.delimiter());
        }
        if (errorDetection) {
            frame.sequence().ifPresent(digit -> {
                out.writeLatin("AY");
                out.write((char) ('0' + digit));
            });
            out.writeLatin("AZ");
            out.writeLatin(HexFormat.of().withUpperCase().toHexDigits((short) out.checksum()));
        }
        out.writeLatin(profile.terminator().text());
        return out.toByteArray();
    }

    /** A value as bytes: no delimiter, no line end, and a base letter rather than a question mark. */
    private byte[] text(String value) {
        byte[] bytes = value.getBytes(profile.charset());
        for (byte next : bytes) {
            if (next >= 0 && needsLook[next]) {
                boolean known = profile.charset().newEncoder().canEncode(value);
                return known ? clean(value).getBytes(profile.charset()) : transliterated(value);
            }
        }
        return bytes;
    }

    private String clean(String value) {
        return value.replace(profile.delimiter(), instead).replace('\r', ' ').replace('\n', ' ');
    }

    private byte[] transliterated(String value) {
        CharsetEncoder encoder = profile.charset().newEncoder();
        // Letters are taken apart before the delimiter is looked for: an ellipsis has dots in it.
        String clean = clean(transliterate(value, encoder));
        encoder.reset().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        if (profile.delimiter() == '?') {
            encoder.replaceWith(new byte[] {(byte) instead});
        }
        try {
            ByteBuffer bytes = encoder.encode(CharBuffer.wrap(clean));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("an encoder that replaces cannot fail", e);
        }
    }

    private static String transliterate(String value, CharsetEncoder encoder) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().forEach(point -> {
            String character = Character.toString(point);
            out.append(encoder.canEncode(character) ? character : baseForm(character));
        });
        return out.toString();
    }

    /** The letter under the marks; the few letters and signs that Unicode does not take apart stand in a table. */
    private static String baseForm(String character) {
        return switch (character) {
            case "đ", "ð" -> "d";
            case "Đ", "Ð" -> "D";
            case "ŋ" -> "n";
            case "Ŋ" -> "N";
            case "ŧ" -> "t";
            case "Ŧ" -> "T";
            case "ø" -> "o";
            case "Ø" -> "O";
            case "æ" -> "ae";
            case "Æ" -> "AE";
            case "ß" -> "ss";
            case "ł" -> "l";
            case "Ł" -> "L";
            case "‘", "’", "ʹ" -> "'";
            case "“", "”", "„" -> "\"";
            case "–", "—" -> "-";
            case "…" -> "...";
            case "€" -> "EUR";
            default -> Normalizer.normalize(character, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        };
    }

    // ---- in ----------------------------------------------------------------------------------------------

    /** Reads one line, without its terminator, as {@link FrameAssembler} delivers it. */
    public Decoded decode(byte[] line) {
        Trailer trailer = Trailer.of(line);
        if (trailer.present() && !trailer.matches(line) && !matchesAsCharacters(trailer, line)) {
            return new Decoded.BadChecksum();
        }
        if (line.length < 2) {
            return new Decoded.UnknownCommand("??");
        }
        String code = new String(line, 0, 2, StandardCharsets.ISO_8859_1);
        MessageType type = MessageType.of(code).orElse(null);
        if (type == null) {
            return new Decoded.UnknownCommand(code.matches("[0-9A-Za-z]{2}") ? code : "??");
        }
        int end = trailer.start();
        if (end - 2 < type.fixedWidth()) {
            return new Decoded.Malformed(
                    type,
                    type.fixedWidth() + " bytes of fixed fields",
                    (end - 2) + " bytes",
                    end,
                    trailer.sequence(),
                    trailer.present());
        }
        String[] values = new String[type.fixedFields().size()];
        int at = 2;
        for (int i = 0; i < values.length; i++) {
            int width = type.fixedFields().get(i).width();
            values[i] = fixed(line, at, width);
            at += width;
        }
        List<CodedField> fields = new ArrayList<>(16);
        while (at < end) {
            int stop = indexOf(line, (byte) profile.delimiter(), at, end);
            // Single bytes and empty pieces stand where peers send several delimiters in a row, blanks before AY
            // (sip2.md section 2), or a version with one letter too many (Voyager ESIP).
            if (stop - at >= 2) {
                if (fields.size() == profile.maxFields()) {
                    return new Decoded.Malformed(
                            type,
                            "at most " + profile.maxFields() + " fields",
                            "more",
                            at,
                            trailer.sequence(),
                            trailer.present());
                }
                fields.add(field(line, at, stop));
            }
            at = stop + 1;
        }
        FixedPart fixed = new FixedPart(type.fixedFields(), values);
        return new Decoded.Complete(new Frame(type, fixed, fields, trailer.sequence()), trailer.present());
    }

    /** The sum of some machines, for whom a letter of two bytes is one number. */
    private boolean matchesAsCharacters(Trailer trailer, byte[] line) {
        if (!profile.characterChecksum()) {
            return false;
        }
        CharBuffer text = profile.charset().decode(ByteBuffer.wrap(line, 0, trailer.checksumAt));
        return (-text.codePoints().sum() & 0xFFFF) == trailer.stated(line);
    }

    /** One byte is one character here: fixed fields are ASCII in every agreed charset, and most are one flag. */
    private static String fixed(byte[] line, int at, int width) {
        return width == 1 && line[at] >= 0
                ? FLAGS.get(line[at])
                : new String(line, at, width, StandardCharsets.ISO_8859_1);
    }

    private CodedField field(byte[] line, int start, int stop) {
        Field known = Field.at(line[start], line[start + 1]);
        String code = known != null ? known.code() : new String(line, start, 2, StandardCharsets.ISO_8859_1);
        if (known == null || known.privacy() != Field.Privacy.SECRET) {
            return new CodedField.Text(code, new String(line, start + 2, stop - start - 2, profile.charset()));
        }
        CharBuffer value = profile.charset().decode(ByteBuffer.wrap(line, start + 2, stop - start - 2));
        char[] characters = new char[value.remaining()];
        value.get(characters);
        try {
            return new CodedField.Hidden(code, Secret.of(characters));
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private static int indexOf(byte[] line, byte wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    /** AY and AZ, found from the end of the line by position, never by splitting on the delimiter. */
    private record Trailer(int start, int checksumAt, OptionalInt sequence) {
        static Trailer of(byte[] line) {
            int az = line.length - SHORT_TRAILER;
            if (az < 2 || line[az] != 'A' || line[az + 1] != 'Z' || value(line, az + 2) < 0) {
                return new Trailer(line.length, -1, OptionalInt.empty());
            }
            int ay = line.length - TRAILER;
            if (ay >= 2 && line[ay] == 'A' && line[ay + 1] == 'Y' && line[ay + 2] >= '0' && line[ay + 2] <= '9') {
                return new Trailer(ay, az + 2, OptionalInt.of(line[ay + 2] - '0'));
            }
            return new Trailer(az, az + 2, OptionalInt.empty());
        }

        boolean present() {
            return checksumAt > 0;
        }

        boolean matches(byte[] line) {
            return Checksum.of(line, checksumAt) == stated(line);
        }

        /** The value that the sender states. */
        int stated(byte[] line) {
            return value(line, checksumAt);
        }

        private static int value(byte[] line, int at) {
            int sum = 0;
            for (int i = at; i < at + 4; i++) {
                int digit = Character.digit(line[i], 16);
                if (digit < 0) {
                    return -1;
                }
                sum = sum << 4 | digit;
            }
            return sum;
        }
    }
}
