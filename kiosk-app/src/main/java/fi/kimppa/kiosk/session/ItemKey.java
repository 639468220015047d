package fi.kimppa.kiosk.session;

import java.util.Locale;
import java.util.Optional;

/**
 * Which item this is: tags with the same key are parts of one set.
 *
 * @param owner ISIL of the owner, if the tag names it
 * @param identifier item number as it stands on the tag or label; it travels to the library as read
 */
public record ItemKey(Optional<String> owner, String identifier) {
    /** An item that was scanned by its bar code. */
    public static ItemKey scanned(String identifier) {
        return new ItemKey(Optional.empty(), identifier);
    }

    /** Whether both mean the same item; spelling in upper or lower case does not count, an owner that is not named does neither. */
    boolean same(ItemKey other) {
        boolean owners = owner.isEmpty() || other.owner.isEmpty() || owner.equals(other.owner);
        return owners && hasNumber(other.identifier);
    }

    /** Whether this is the item with that number, whatever the case of its letters. */
    boolean hasNumber(String number) {
        return identifier.toUpperCase(Locale.ROOT).equals(number.strip().toUpperCase(Locale.ROOT));
    }
}
