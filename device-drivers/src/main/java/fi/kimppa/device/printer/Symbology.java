package fi.kimppa.device.printer;

import com.google.zxing.BarcodeFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of bar codes on paper, with their numbers in {@code GS k m n} (Epson's form B, m from 65 on). */
public enum Symbology {
    /** Any printable letters of ASCII, at most 60. */
    CODE128(73, BarcodeFormat.CODE_128, "[ -~]{1,60}"),
    /** Capital letters, digits and {@code - . $ / + %} and blank. The printer adds start and stop. */
    CODE39(69, BarcodeFormat.CODE_39, "[0-9A-Z \\-.$/+%]{1,40}"),
    /** Twelve digits, or thirteen with the right check digit. */
    EAN13(67, BarcodeFormat.EAN_13, "\\d{12,13}"),
    /** Digits and {@code - $ : / . +} between A, B, C or D; without these an A is put at both ends. */
    CODABAR(71, BarcodeFormat.CODABAR, "[0-9\\-$:/.+]{1,40}|[A-D][0-9\\-$:/.+]{1,40}[A-D]"),
    /** Interleaved 2 of 5: an even number of digits. */
    ITF(70, BarcodeFormat.ITF, "(\\d\\d){1,20}");

    private final int number;
    private final BarcodeFormat format;
    private final Pattern pattern;

    Symbology(int number, BarcodeFormat format, String pattern) {
        this.number = number;
        this.format = format;
        this.pattern = Pattern.compile(pattern);
    }

    /** The operand m of {@code GS k}. */
    public int number() {
        return number;
    }

    /** The symbology with that number. */
    public static Optional<Symbology> of(int number) {
        for (Symbology symbology : values()) {
            if (symbology.number == number) {
                return Optional.of(symbology);
            }
        }
        return Optional.empty();
    }

    BarcodeFormat format() {
        return format;
    }

    /** Whether it can show this content. */
    public boolean accepts(String content) {
        return pattern.matcher(content).matches()
                && (this != EAN13 || content.length() == 12 || checkDigit(content) == content.charAt(12) - '0');
    }

    /** Weights 1 and 3 from the left (GS1 General Specifications, section 7.9). */
    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (10 - sum % 10) % 10;
    }

    /** The content in full: an EAN with its check digit, a Codabar with its start and stop. */
    String whole(String content) {
        return switch (this) {
            case EAN13 -> content.substring(0, 12) + checkDigit(content);
            case CODABAR -> Character.isLetter(content.charAt(0)) ? content : "A" + content + "A";
            default -> content;
        };
    }

    /** What a person reads below the bars. */
    String caption(String content) {
        return this == CODABAR ? content : whole(content);
    }
}
