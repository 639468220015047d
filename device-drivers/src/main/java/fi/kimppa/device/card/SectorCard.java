package fi.kimppa.device.card;

import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import java.util.Optional;

/**
 * The library's sector of a Finnish ISO 14443 card: sector 1 is coded as a tag, and its primary item identifier is the number of the
 * card (recommendation of the National Library of Finland, 1.2.2015, after the card model of 4.3.2014). Pure.
 */
public final class SectorCard {
    /** Blocks 4, 5 and 6 of a MIFARE Classic card. */
    public static final int BYTES = 48;

    private SectorCard() {}

    /**
     * The number of the card; empty when the sector has none: it is blank, no model of tags, damaged, or says that it is on a thing
     * and no card. A content that does not say its type of usage is taken for a card.
     *
     * @param blocks the 48 bytes of the sector without its trailer
     * @throws IllegalArgumentException when they are not 48
     */
    public static Optional<String> number(byte[] blocks) {
        if (blocks.length != BYTES) {
            throw new IllegalArgumentException("Expected the " + BYTES + " bytes of a sector, found " + blocks.length);
        }
        // Such a card has no DSFID: the content tells the model.
        return TagCodec.decode(0x00, blocks) instanceof TagContent.Decoded(var item, boolean _)
                        && (item.isPatronCard() || item.usage().isEmpty())
                ? Optional.of(item.identifier())
                : Optional.empty();
    }
}
