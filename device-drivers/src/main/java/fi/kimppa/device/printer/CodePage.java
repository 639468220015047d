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
    WPC1257(51, "windows-1257");

    private final int number;
    private final Charset charset;

    CodePage(int number, String charset) {
        this.number = number;
        this.charset = Charset.forName(charset);
    }

    /** The operand of {@code ESC t}. */
    public int number() {
        return number;
    }

    /** The letters of the page. */
    public Charset charset() {
        return charset;
    }

    /** The page with that number. */
    public static Optional<CodePage> of(int number) {
        for (CodePage page : values()) {
            if (page.number == number) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    boolean has(String letter) {
        return charset.newEncoder().canEncode(letter);
    }
}
