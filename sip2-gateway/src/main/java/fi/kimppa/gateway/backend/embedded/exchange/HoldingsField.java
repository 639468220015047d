package fi.kimppa.gateway.backend.embedded.exchange;

import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a library system writes the things of a title into its MARC record: one field for each thing. By default as Koha does. A
 * subfield that is empty is not there.
 *
 * @param tag of the field, three digits
 * @param number subfield of the thing's number
 * @param homeBranch of its home branch
 * @param currentBranch of where it is
 * @param callNumber of its call number
 * @param type of its type
 * @param collection of its collection
 * @param parts of how many parts it has
 * @param notForLoan of a number that is 0 if it is lent
 * @param fallbackType type of a thing that says none
 */
record HoldingsField(
        @DefaultValue("952") String tag,
        @DefaultValue("p") String number,
        @DefaultValue("a") String homeBranch,
        @DefaultValue("b") String currentBranch,
        @DefaultValue("o") String callNumber,
        @DefaultValue("y") String type,
        @DefaultValue("8") String collection,
        @DefaultValue("3") String parts,
        @DefaultValue("7") String notForLoan,
        @DefaultValue("BOOK") String fallbackType) {
    /** As Koha writes them. */
    static final HoldingsField KOHA = new HoldingsField("952", "p", "a", "b", "o", "y", "8", "3", "7", "BOOK");

    /** The field that MARC 21 has for locations; it has no subfield for a type. */
    static final HoldingsField MARC = new HoldingsField("852", "p", "b", "", "h", "", "c", "", "", "BOOK");

    HoldingsField {
        if (!tag.matches("\\d{3}") || tag.startsWith("00")) {
            throw new IllegalArgumentException(
                    "kimppa.exchange.holdings: a tag is three digits and no control field's");
        }
        boolean good = Stream.of(number, homeBranch, currentBranch, callNumber, type, collection, parts, notForLoan)
                .allMatch(subfield -> subfield.matches("[a-z0-9]?"));
        if (!good || number.isEmpty() || homeBranch.isEmpty()) {
            throw new IllegalArgumentException(
                    "kimppa.exchange.holdings: a subfield is one of a-z, 0-9; number and home-branch are needed");
        }
    }
}
