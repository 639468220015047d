package fi.kimppa.device.printer;

import fi.kimppa.device.printer.PrinterAnswer.Automatic;
import fi.kimppa.device.printer.PrinterAnswer.Cleared;
import fi.kimppa.device.printer.PrinterAnswer.Full;
import fi.kimppa.device.printer.PrinterAnswer.PaperLeft;
import fi.kimppa.device.printer.PrinterAnswer.Reached;
import fi.kimppa.device.printer.PrinterAnswer.RealTime;
import fi.kimppa.device.printer.PrinterAnswer.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sorts the bytes of a printer into its answers, which come without frames and in any order. Epson gives each kind fixed bits, so that
 * they can be told apart: of bits 0, 1, 4 and 7 an answer to {@code DLE EOT} has 1 and 4, the first byte of an automatic status has
 * 4, XON has 0 and 4, and XOFF has 0, 1 and 4, as have the heads of longer answers (37 and 5F hex); an answer to {@code GS r} and the
 * further bytes of an automatic status have neither 4 nor 7. What is none of these is passed over. Pure but for what it has read; for
 * one thread.
 */
final class PrinterAnswers {
    private static final int FIXED_BITS = 0x93;
    private static final int REAL_TIME = 0x12;
    private static final int AUTOMATIC = 0x10;
    private static final int NEITHER_4_NOR_7 = 0x90;
    private static final int XON = 0x11;
    private static final int XOFF = 0x13;
    private static final int TEXT = 0x5F;
    private static final int CLEARED = 0x37;
    private static final int CLEARED_NUMBER = 0x25;
    private static final int FULL_FIRST = 0x10;
    private static final int FULL_SECOND = 0x0F;
    private static final int AUTOMATIC_BYTES = 4;
    private static final int FULL_BYTES = 6;
    /** Epson's names have at most 80 letters. */
    private static final int LONGEST_TEXT = 80;

    private static final int LONGEST_LENGTH = 8;

    private final boolean presenter;
    /** The bytes of the answer that has begun; none between answers. */
    private final List<Integer> begun = new ArrayList<>();

    private Kind kind = Kind.TEXT;

    private boolean lengthAsked;

    /** The answers of more than one byte. */
    private enum Kind {
        TEXT,
        AUTOMATIC,
        FULL,
        LENGTH
    }

    /**
     * A parser with nothing read.
     *
     * @param presenter whether the printer is one of Custom's: then {@code 10 0F} begins an answer of six bytes, and it sends no
     *     automatic status
     */
    PrinterAnswers(boolean presenter) {
        this.presenter = presenter;
    }

    /** Says that {@code GS E1h} was asked: its answer has no head, so the next printable letters are taken for it. */
    void expectLength() {
        lengthAsked = true;
    }

    /** The answers that are complete with these bytes. */
    List<PrinterAnswer> feed(byte[] bytes, int count) {
        List<PrinterAnswer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            feed(bytes[i] & 0xFF).ifPresent(answers::add);
        }
        return answers;
    }

    private Optional<PrinterAnswer> feed(int b) {
        if (b == XON || b == XOFF) {
            return Optional.empty();
        }
        if (begun.isEmpty()) {
            return begin(b);
        }
        return switch (kind) {
            case TEXT -> text(b);
            case AUTOMATIC -> automatic(b);
            case FULL -> full(b);
            case LENGTH -> length(b);
        };
    }

    private Optional<PrinterAnswer> begin(int b) {
        if (lengthAsked && b >= '0' && b <= '9') {
            return begin(Kind.LENGTH, b);
        }
        if ((b & FIXED_BITS) == REAL_TIME) {
            return Optional.of(new RealTime(b));
        }
        if (b == TEXT || b == CLEARED) {
            return begin(Kind.TEXT, b);
        }
        if (presenter && b == FULL_FIRST) {
            return begin(Kind.FULL, b);
        }
        if (!presenter && (b & FIXED_BITS) == AUTOMATIC) {
            return begin(Kind.AUTOMATIC, b);
        }
        return (b & NEITHER_4_NOR_7) == 0 ? Optional.of(new Reached(b)) : Optional.empty();
    }

    private Optional<PrinterAnswer> begin(Kind what, int b) {
        kind = what;
        begun.add(b);
        return Optional.empty();
    }

    /** Between its bytes an answer to {@code DLE EOT} may slip in; a byte that cannot be its next one ends it. */
    private Optional<PrinterAnswer> automatic(int b) {
        if ((b & FIXED_BITS) == REAL_TIME) {
            return Optional.of(new RealTime(b));
        }
        if ((b & NEITHER_4_NOR_7) != 0) {
            begun.clear();
            return begin(b);
        }
        begun.add(b);
        if (begun.size() < AUTOMATIC_BYTES) {
            return Optional.empty();
        }
        var status = PrinterStatus.ofAutomatic(begun.get(0), begun.get(1), begun.get(2));
        begun.clear();
        return Optional.of(new Automatic(status));
    }

    private Optional<PrinterAnswer> full(int b) {
        if (begun.size() == 1 && b != FULL_SECOND) {
            begun.clear();
            return begin(b);
        }
        begun.add(b);
        if (begun.size() < FULL_BYTES) {
            return Optional.empty();
        }
        var full = new Full(begun.get(2), begun.get(3), begun.get(4), begun.get(5));
        begun.clear();
        return Optional.of(full);
    }

    /** Up to a zero; another control character, or too many letters, show that it was none. */
    private Optional<PrinterAnswer> text(int b) {
        if (b == 0) {
            boolean cleared = begun.getFirst() == CLEARED;
            boolean right = begun.size() == 2 && begun.getLast() == CLEARED_NUMBER;
            var text = new StringBuilder();
            begun.stream().skip(1).forEach(letter -> text.append((char) letter.intValue()));
            begun.clear();
            if (cleared) {
                return right ? Optional.of(new Cleared()) : Optional.empty();
            }
            return Optional.of(new Text(text.toString()));
        }
        if (b < ' ' || b > '~' || begun.size() > LONGEST_TEXT) {
            begun.clear();
            return begin(b);
        }
        begun.add(b);
        return Optional.empty();
    }

    /** Digits and {@code cm}. */
    private Optional<PrinterAnswer> length(int b) {
        if (b == 'm' && begun.getLast() == 'c') {
            int centimetres = 0;
            for (int digit : begun.subList(0, begun.size() - 1)) {
                centimetres = 10 * centimetres + digit - '0';
            }
            begun.clear();
            lengthAsked = false;
            return Optional.of(new PaperLeft(centimetres));
        }
        boolean fits = begun.getLast() != 'c' && (b == 'c' || (b >= '0' && b <= '9'));
        if (!fits || begun.size() > LONGEST_LENGTH) {
            begun.clear();
            lengthAsked = false;
            return begin(b);
        }
        begun.add(b);
        return Optional.empty();
    }
}
