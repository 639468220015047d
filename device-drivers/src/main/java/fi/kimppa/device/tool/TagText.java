package fi.kimppa.device.tool;

import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;

/** Tags in words for an installer. A patron's card is named as one and its number is not. */
final class TagText {
    private TagText() {}

    static String what(TagContent content) {
        return switch (content) {
            case TagContent.Decoded(ItemTag item, boolean _) ->
                item.isPatronCard() ? "(a patron's card)" : item.identifier();
            case TagContent.Blank() -> "(blank)";
            case TagContent.Unreadable(var reason) -> "(" + reason + ")";
        };
    }

    static String part(ItemTag item) {
        return item.ordinal() + "/" + item.totalParts();
    }
}
