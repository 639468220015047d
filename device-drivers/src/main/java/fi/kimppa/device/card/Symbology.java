package fi.kimppa.device.card;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of bar codes that libraries use, by the letter of the AIM identifier (ISO/IEC 15424) in front of a code. */
public enum Symbology {
    CODE_39('A'),
    CODE_128('C'),
    EAN('E'),
    CODABAR('F'),
    INTERLEAVED_2_OF_5('I'),
    QR('Q');

    private static final List<Symbology> ALL = List.of(values());
    /** A closing bracket, the letter, a modifier. */
    private static final Pattern AIM = Pattern.compile("](\\p{Alpha})\\p{Alnum}");

    private static final Pattern FRAMED = Pattern.compile("[A-Da-d][0-9$:/.+-]+[A-Da-d]");
    private static final Pattern FRAMED_LIBRARY_NUMBER = Pattern.compile("[A-D][0-9]{14}[A-D]");

    private final char letter;

    Symbology(char letter) {
        this.letter = letter;
    }

    /** The letter of the AIM identifier. */
    public char letter() {
        return letter;
    }

    /** The symbology of an identifier such as {@code ]C0}; empty for those that libraries do not use. */
    public static Optional<Symbology> of(String aim) {
        var matcher = AIM.matcher(aim);
        return matcher.matches() ? ofLetter(matcher.group(1).charAt(0)) : Optional.empty();
    }

    static Optional<Symbology> ofLetter(char letter) {
        return ALL.stream().filter(symbology -> symbology.letter == letter).findFirst();
    }

    /**
     * The code without the letters A to D with which a Codabar begins and ends, if it has them: it is known to be a Codabar, or a
     * library's 14 digits with a right check digit stand between them.
     *
     * @param aim the AIM identifier, if the scanner sends one
     */
    static String withoutStartAndStop(String code, Optional<String> aim) {
        boolean known = aim.flatMap(Symbology::of).equals(Optional.of(CODABAR));
        boolean framed = known
                ? FRAMED.matcher(code).matches()
                : aim.isEmpty()
                        && FRAMED_LIBRARY_NUMBER.matcher(code).matches()
                        && CheckDigit.LUHN.holds(code.substring(1, 15));
        return framed ? code.substring(1, code.length() - 1) : code;
    }
}
