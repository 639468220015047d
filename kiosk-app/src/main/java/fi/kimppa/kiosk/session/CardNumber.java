package fi.kimppa.kiosk.session;

/**
 * The number of a library card. It prints as stars.
 *
 * @param text as it goes to the library in AA
 */
public record CardNumber(String text) {
    @Override
    public String toString() {
        return "CardNumber[***]";
    }
}
