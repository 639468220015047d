package fi.kimppa.gateway.capture;

import fi.kimppa.sip2.wire.Checksum;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Field.Privacy;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The copy of a message that a capture keeps: as long as the message, with the same delimiters, and with stand-ins for
 * what says who somebody is. A checksum that was right is right in the copy, one that was wrong is wrong.
 *
 * <ul>
 *   <li>Passwords and PINs (AC, AD, CO) always have a stand-in, whoever may read the capture.
 *   <li>In a masked one so have cards, names, addresses, birth dates and the like, a terminal's user name (people type
 *       passwords there), every field that the standard does not know unless it is a single character, every piece
 *       that does not begin with a field's code, and a field that is longer than its width. Words of them that stand
 *       in texts for people are replaced there too, a card's number wherever it stands.
 *   <li>What cannot be read, or whose fixed fields do not look like themselves, keeps its command, its length and its
 *       delimiters. In an unmasked capture it keeps the pieces that begin with the code of a field that is no password.
 * </ul>
 *
 * @param standIns the capture's own
 * @param persons whether persons have stand-ins, too
 */
record Masking(StandIns standIns, boolean persons) {
    private static final byte FILLER = 'x';
    private static final int CHECKSUM = "AZhhhh".length();
    private static final int TRAILER = "AYnAZhhhh".length();

    private static final Pattern DATE = Pattern.compile("[0-9 ]{8}[ A-Z]{4}[0-9 ]{6}");
    private static final Pattern FLAGS = Pattern.compile("[YNUyn ]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9. ]*");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z ]{3}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]");
    private static final Pattern SECRET_CODE = Pattern.compile("A[CD]|CO");

    /** Fields with words for people, among which a name may stand. */
    private static final Set<Field> TEXTS = EnumSet.of(
            Field.AF, Field.AG, Field.AJ, Field.AL, Field.AS, Field.AT, Field.AU, Field.AV, Field.BM, Field.BN,
            Field.BU, Field.CD, Field.CH, Field.CS);

    /**
     * The copy of a message.
     *
     * @param line without its end; stays as it is
     * @param agreement how it is read
     * @param known what this connection has said before; what this message says is added
     */
    byte[] copy(byte[] line, Agreement agreement, KnownWords known) {
        return switch (agreement.codec().decode(line)) {
            case Decoded.Complete(Frame frame, boolean detected) -> {
                try {
                    int end =
                            detected ? line.length - (frame.sequence().isPresent() ? TRAILER : CHECKSUM) : line.length;
                    yield looksLikeItself(frame)
                            ? whole(line, frame, end, detected, agreement, known)
                            : shape(line, end, detected ? Sum.RIGHT : Sum.NONE, agreement);
                } finally {
                    frame.erase();
                }
            }
            case Decoded.Malformed malformed -> {
                int trailer = malformed.sequence().isPresent() ? TRAILER : CHECKSUM;
                yield malformed.errorDetection()
                        ? shape(line, line.length - trailer, Sum.RIGHT, agreement)
                        : shape(line, line.length, Sum.NONE, agreement);
            }
            case Decoded.BadChecksum _ -> shape(line, startOfTrailer(line), Sum.WRONG, agreement);
            case Decoded.UnknownCommand _ -> shape(line, startOfTrailer(line), sumOfUnknown(line), agreement);
        };
    }

    // ---- a whole message ---------------------------------------------------------------------------------

    private byte[] whole(byte[] line, Frame frame, int end, boolean detected, Agreement agreement, KnownWords known) {
        MessageType type = frame.type();
        Charset charset = agreement.codec().profile().charset();
        boolean bytewise = !detected || Checksum.of(line, line.length - 4) == stated(line);
        byte[] copy = line.clone();
        List<Piece> pieces = Piece.of(
                line, 2 + type.fixedWidth(), end, agreement.codec().profile().delimiter());
        for (Piece piece : pieces) {
            if (piece.length() > 2 && says(piece, type, agreement)) {
                StandIns.text(piece.value(), charset).ifPresent(known::add);
            }
        }
        for (Piece piece : pieces) {
            byte[] value = masked(piece, type, agreement, known);
            System.arraycopy(value, 0, copy, piece.start(), value.length);
        }
        if (detected) {
            state(copy, bytewise ? Checksum.of(copy, copy.length - 4) : sumOfCharacters(copy, charset));
        }
        return copy;
    }

    /** A fixed part that is one byte short has swallowed the beginning of a card. */
    private static boolean looksLikeItself(Frame frame) {
        return frame.type().fixedFields().stream()
                .allMatch(field -> field.width() == 1
                        || form(field).matcher(frame.fixed(field)).matches());
    }

    private static Pattern form(FixedField field) {
        return switch (field) {
            case TRANSACTION_DATE, NB_DUE_DATE, RETURN_DATE, DATE_TIME_SYNC -> DATE;
            case PATRON_STATUS, SUMMARY -> FLAGS;
            case CURRENCY_TYPE -> CURRENCY;
            default -> NUMBER;
        };
    }

    /** Whether this piece says who somebody is, or a secret. */
    private static boolean says(Piece piece, MessageType type, Agreement agreement) {
        return piece.field().filter(field -> field.privacy() != Privacy.PLAIN).isPresent()
                || agreement.personal().test(type, piece.code());
    }

    /** The bytes of a piece in the copy. */
    private byte[] masked(Piece piece, MessageType type, Agreement agreement, KnownWords known) {
        Charset charset = agreement.codec().profile().charset();
        boolean secret =
                piece.field().filter(field -> field.privacy() == Privacy.SECRET).isPresent();
        if (!persons && !secret) {
            return piece.bytes();
        }
        if (piece.length() < 2) {
            return piece.bytes();
        }
        if (!CODE.matcher(piece.code()).matches()) {
            return standIns.of(piece.bytes(), charset);
        }
        Field field = piece.field().orElse(null);
        boolean longer = field != null && field.width() > 0 && piece.length() - 2 > field.width();
        boolean odd = field == null && piece.length() - 2 > 1;
        if (longer || odd || field == Field.CN || says(piece, type, agreement)) {
            return piece.with(standIns.of(piece.value(), charset));
        }
        return field == null || field.width() > 0 ? piece.bytes() : piece.with(text(piece, field, charset, known));
    }

    /** A value that may have words in it which stand somewhere else for a person. */
    private byte[] text(Piece piece, Field field, Charset charset, KnownWords known) {
        Optional<String> readable = StandIns.text(piece.value(), charset);
        if (readable.isEmpty()) {
            return TEXTS.contains(field) ? standIns.of(piece.value(), charset) : piece.value();
        }
        String text = readable.get();
        for (String number : known.numbers()) {
            text = text.replace(number, standIns.word(number, charset));
        }
        if (TEXTS.contains(field)) {
            for (String value : known.values()) {
                text = text.replace(value, standIns.text(value, charset));
            }
            text = replaced(text, charset, known);
        }
        return text.getBytes(charset);
    }

    private String replaced(String text, Charset charset, KnownWords known) {
        StringBuilder out = new StringBuilder();
        Matcher words = StandIns.WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
            int length = known.known(word);
            words.appendReplacement(
                    out,
                    Matcher.quoteReplacement(
                            standIns.word(word.substring(0, length), charset) + word.substring(length)));
        }
        return words.appendTail(out).toString();
    }

    // ---- what cannot be read -----------------------------------------------------------------------------

    private enum Sum {
        NONE,
        RIGHT,
        WRONG
    }

    private byte[] shape(byte[] line, int end, Sum sum, Agreement agreement) {
        char delimiter = agreement.codec().profile().delimiter();
        byte[] copy = line.clone();
        int start = line.length >= 2 && alphanumeric(line[0]) && alphanumeric(line[1]) ? 2 : 0;
        for (int i = start; i < end; i++) {
            copy[i] = line[i] == (byte) delimiter ? (byte) delimiter : FILLER;
        }
        if (!persons) {
            Piece.of(line, start, end, delimiter)
                    .forEach(piece -> System.arraycopy(line, piece.start(), copy, piece.start(), readable(piece)));
        }
        switch (sum) {
            case NONE -> {}
            case RIGHT -> state(copy, Checksum.of(copy, copy.length - 4));
            case WRONG -> state(copy, Checksum.of(copy, copy.length - 4) + 1);
        }
        return copy;
    }

    /** How many bytes of a piece of a message that cannot be read are surely no password. */
    private static int readable(Piece piece) {
        Optional<Field> field = piece.length() < 2 ? Optional.empty() : piece.field();
        if (field.filter(known -> known.privacy() != Privacy.SECRET).isEmpty()) {
            return 0;
        }
        Matcher inside = SECRET_CODE.matcher(new String(piece.value(), StandardCharsets.ISO_8859_1));
        return inside.find() ? 2 + inside.start() : piece.length();
    }

    private static boolean alphanumeric(byte one) {
        return (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z');
    }

    private static int startOfTrailer(byte[] line) {
        int az = line.length - CHECKSUM;
        if (az < 2 || line[az] != 'A' || line[az + 1] != 'Z' || !hex(line, az + 2)) {
            return line.length;
        }
        int ay = line.length - TRAILER;
        boolean sequence =
                ay >= 2 && line[ay] == 'A' && line[ay + 1] == 'Y' && line[ay + 2] >= '0' && line[ay + 2] <= '9';
        return sequence ? ay : az;
    }

    private static Sum sumOfUnknown(byte[] line) {
        return startOfTrailer(line) == line.length ? Sum.NONE : Sum.RIGHT;
    }

    // ---- checksums ---------------------------------------------------------------------------------------

    private static boolean hex(byte[] line, int at) {
        for (int i = at; i < at + 4; i++) {
            if (Character.digit(line[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int stated(byte[] line) {
        return HexFormat.fromHexDigits(new String(line, line.length - 4, 4, StandardCharsets.US_ASCII));
    }

    /** Writes the four digits, in the case of the sender. */
    private static void state(byte[] copy, int sum) {
        String before = new String(copy, copy.length - 4, 4, StandardCharsets.US_ASCII);
        String digits = HexFormat.of().withUpperCase().toHexDigits((short) sum);
        boolean small = !before.equals(before.toUpperCase(Locale.ROOT));
        byte[] bytes = (small ? digits.toLowerCase(Locale.ROOT) : digits).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, copy, copy.length - bytes.length, bytes.length);
    }

    /** The sum of machines for which a letter of two bytes is one number. */
    private static int sumOfCharacters(byte[] copy, Charset charset) {
        String text = new String(copy, 0, copy.length - 4, charset);
        return -text.codePoints().sum() & 0xFFFF;
    }

    /** What stands between two delimiters, from its first byte to the one after its last. */
    private static final class Piece {
        private final byte[] line;
        private final int start;
        private final int end;

        private Piece(byte[] line, int start, int end) {
            this.line = line;
            this.start = start;
            this.end = end;
        }

        static List<Piece> of(byte[] line, int from, int end, char delimiter) {
            List<Piece> pieces = new ArrayList<>();
            int start = from;
            for (int i = from; i <= end; i++) {
                if (i == end || line[i] == (byte) delimiter) {
                    pieces.add(new Piece(line, start, i));
                    start = i + 1;
                }
            }
            return pieces;
        }

        int start() {
            return start;
        }

        int length() {
            return end - start;
        }

        /** The two characters that name a field; empty if there are none. */
        String code() {
            return length() < 2 ? "" : new String(line, start, 2, StandardCharsets.ISO_8859_1);
        }

        Optional<Field> field() {
            return Field.of(code());
        }

        byte[] bytes() {
            return Arrays.copyOfRange(line, start, end);
        }

        byte[] value() {
            return Arrays.copyOfRange(line, Math.min(start + 2, end), end);
        }

        /** This piece with another value of the same length. */
        byte[] with(byte[] value) {
            byte[] bytes = bytes();
            System.arraycopy(value, 0, bytes, 2, value.length);
            return bytes;
        }
    }
}
