package fi.kimppa.device.tag;

import java.util.Optional;

/** What may count as text on a tag. */
final class Text {
    private Text() {}

    /** The text, unless it is blank or has characters that nobody prints, such as controls and the sign for broken UTF-8. */
    static Optional<String> printable(String text) {
        boolean clean =
                text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD || !Character.isDefined(c));
        return clean && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
