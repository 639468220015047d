package fi.kimppa.device.printer;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The code pages used on paper, with their numbers in Epson's {@code ESC t} table, in order of preference. Northern Sámi needs
 * CP852 for č đ š ž; ŋ and ŧ are on none of a printer's pages.
 */
public enum CodePage {
    /** Western Europe with the euro sign. */
    CP858(19, "IBM00858"),
    /** Western Europe as Windows has it, with Š and Ž. */
    WPC1252(16, "windows-1252"),
    /** Central Europe. */
    CP852(18, "IBM852"),
    /** The Baltic languages. */
    WPC1257(51, "windows-1257"),
    /** Western Europe by ISO, with the euro sign. */
    ISO8859_15(40, "ISO-8859-15"),
    /** Central Europe by ISO. */
    ISO8859_2(39, "ISO-8859-2"),
    /** The Baltic languages of DOS. */
    CP775(33, "IBM775"),
    /** The Nordic languages of DOS. */
    CP865(5, "IBM865"),
    /** Western Europe without the euro sign. */
    CP850(2, "IBM850"),
    /** What a printer starts with. */
    CP437(0, "IBM437");

    private static final char HOLE = 0;

    private final int number;
    private final Charset charset;
    /** The letters of the bytes from 80 to FF hex, with a zero where there is none. */
    private final String upper;

    CodePage(int number, String charset) {
        this.number = number;
        this.charset = Charset.forName(charset);
        var letters = new StringBuilder();
        for (int b = 0x80; b <= 0xFF; b++) {
            String letter = new String(new byte[] {(byte) b}, this.charset);
            // Windows' pages have holes, which Java fills with control characters or U+FFFD.
            boolean hole = letter.isEmpty() || letter.charAt(0) < 0xA0 || letter.charAt(0) == 0xFFFD;
            letters.append(hole ? HOLE : letter.charAt(0));
        }
        this.upper = letters.toString();
    }

    /** The operand of {@code ESC t} on Epson's printers. */
    public int number() {
        return number;
    }

    /** The letters of the page. */
    public Charset charset() {
        return charset;
    }

    /** The page with that number on Epson's printers. */
    public static Optional<CodePage> of(int number) {
        for (CodePage page : values()) {
            if (page.number == number) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    boolean has(int letter) {
        return (letter >= ' ' && letter <= '~') || (letter >= 0xA0 && upper.indexOf(letter) >= 0);
    }

    /** The byte of a letter that the page {@linkplain #has has}. */
    byte encode(int letter) {
        return (byte) (letter <= '~' ? letter : 0x80 + upper.indexOf(letter));
    }
}
