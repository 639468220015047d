package fi.kimppa.device.card;

import java.util.Optional;

/**
 * One code that a scanner read. Whether it is a card or an item is for the library to decide.
 *
 * @param text without prefix, suffix and symbology identifier; spelling and leading zeros kept
 * @param symbology the AIM identifier in front of it, for example {@code ]C0} for Code 128, if the scanner sends one
 */
public record Scan(String text, Optional<String> symbology) {
    /** Hides the text, which may be a card number. */
    @Override
    public String toString() {
        return "Scan[" + text.length() + " characters, " + symbology.orElse("no symbology") + "]";
    }
}
