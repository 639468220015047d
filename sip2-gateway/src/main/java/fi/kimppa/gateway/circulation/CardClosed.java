package fi.kimppa.gateway.circulation;

/**
 * A card is lost or was replaced, at a desk: whoever keeps a list of cards that are in order strikes it off.
 *
 * @param card its number; of no use to logs
 */
public record CardClosed(String card) {
    @Override
    public String toString() {
        return "CardClosed[***]";
    }
}
