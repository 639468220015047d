package fi.kimppa.kiosk.session;

/**
 * The number of a library card. It prints as stars.
 *
 * @param text as it goes to the library in AA
 */
public record CardNumber(String text) {
    private static final int END = 3;

    /** Its last three digits or letters: enough to tell one's cards apart, too few to be one. Nothing of a card that has hardly more. */
    String end() {
        return text.length() < 2 * END ? "" : text.substring(text.length() - END);
    }

    @Override
    public String toString() {
        return "CardNumber[***]";
    }
}
