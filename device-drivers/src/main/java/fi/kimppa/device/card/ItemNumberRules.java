package fi.kimppa.device.card;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which scanned codes may be the number of an item at a site. Pure.
 *
 * @param patterns what the site's numbers look like; none lets in all
 * @param tradeNumbers whether the numbers of books and journals in trade (977, 978, 979) are item numbers as well: every copy of a
 *     title carries the same
 */
public record ItemNumberRules(List<NumberPattern> patterns, boolean tradeNumbers) {
    private static final Pattern TRADE = Pattern.compile("97[789][0-9]{10}");
    /** A journal's number is followed by two or five digits of an add-on, with or without a blank. */
    private static final Pattern TRADE_WITH_ADD_ON = Pattern.compile("97[789][0-9]{10} ?([0-9]{2}|[0-9]{5})");

    public ItemNumberRules {
        patterns = List.copyOf(patterns);
    }

    /** What a code is. */
    public enum Verdict {
        /** It may be an item's number. */
        ACCEPTED,
        /** It is the number of a title in trade. */
        TRADE_NUMBER,
        /** It looks like one of the site's numbers, but its check character is wrong. */
        WRONG_CHECK,
        /** It looks like none of the site's numbers. */
        NO_PATTERN
    }

    /** What the scanned code is; the first of the reasons in the order of {@link Verdict}, acceptance last. */
    public Verdict judge(Scan scan) {
        if (!tradeNumbers && isTradeNumber(scan)) {
            return Verdict.TRADE_NUMBER;
        }
        if (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.accepts(scan.text()))) {
            return Verdict.ACCEPTED;
        }
        return patterns.stream().anyMatch(pattern -> pattern.looksLike(scan.text()))
                ? Verdict.WRONG_CHECK
                : Verdict.NO_PATTERN;
    }

    private static boolean isTradeNumber(Scan scan) {
        String text = scan.text();
        boolean ean = scan.symbology().flatMap(Symbology::of).equals(Optional.of(Symbology.EAN));
        boolean unknown = scan.symbology().isEmpty();
        // Another symbology is no trade number, whatever its digits are.
        return (ean || unknown)
                && (TRADE.matcher(text).matches()
                        || TRADE_WITH_ADD_ON.matcher(text).matches())
                && CheckDigit.EAN.holds(text.substring(0, 13));
    }
}
