package fi.kimppa.device.rfid;

import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import java.util.Optional;

/**
 * A tag that lies on a pad, as it was read.
 *
 * @param dsfid data storage format identifier, 00 to FF
 * @param content its memory, decoded
 * @param security empty when it was not asked for, or is neither of the site's two
 */
public record PadTag(Uid uid, int dsfid, TagContent content, Optional<TagSecurity> security) {
    /** The item, when the memory is a library tag. */
    public Optional<ItemTag> item() {
        return content instanceof TagContent.Decoded decoded ? Optional.of(decoded.item()) : Optional.empty();
    }
}
