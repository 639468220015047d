package fi.kimppa.kiosk.session;

import fi.kimppa.device.tag.UsageRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** What a kiosk lends while nobody answers. Pure. */
final class OffLineRules {
    private OffLineRules() {}

    /** Whether anything is lent without connection just now, whoever asks. */
    static boolean open(Surroundings around) {
        return around.line() == Surroundings.Line.DOWN
                && around.lends()
                && around.settings().offers(Offering.BORROW)
                && around.machine()
                        .offLine()
                        .filter(terms -> inForce(terms, around.machine().clockRight(), around.now()))
                        .isPresent();
    }

    /** Whether it is lent to people who come now, of whom the library has said nothing at this visit. */
    static boolean openToNewcomers(Surroundings around) {
        return open(around)
                && around.machine()
                        .offLine()
                        .filter(terms -> terms.lending() == OffLineTerms.Lending.ALL_CARDS || terms.withoutPin())
                        .isPresent();
    }

    private static boolean inForce(OffLineTerms terms, boolean clockRight, Instant now) {
        return clockRight && now.isBefore(terms.until()) && terms.lending() != OffLineTerms.Lending.NOBODY;
    }

    /**
     * How many things a card may borrow without connection at this visit; 0 where it may not.
     *
     * @param clockRight whether the kiosk's clock and the library's were within a minute of each other when they were last
     *     compared
     * @param identified whether the library has said at this visit that card and PIN are right and nothing is denied
     */
    static int allowance(OffLineTerms terms, boolean clockRight, Instant now, boolean identified, OffLineCard card) {
        boolean lends = inForce(terms, clockRight, now)
                && switch (terms.lending()) {
                    case NOBODY -> false;
                    case KNOWN_CARDS -> identified || (card.known() && terms.withoutPin());
                    case ALL_CARDS -> true;
                };
        return lends ? Math.max(0, terms.things() - card.waiting()) : 0;
    }

    static int allowance(Surroundings around, boolean identified, OffLineCard card) {
        return around.machine()
                .offLine()
                .map(terms -> allowance(terms, around.machine().clockRight(), around.now(), identified, card))
                .orElse(0);
    }

    /** When a loan of today is due as far as the kiosk can tell. */
    static Optional<LocalDate> due(Surroundings around) {
        return around.machine()
                .offLine()
                .map(OffLineTerms::days)
                .filter(days -> days > 0)
                .map(days -> around.today().plusDays(days));
    }

    /**
     * Whether a thing that waits for the line may be lent without it now. Some tags forbid it while the library is away; and what the library lends for a fee only waits for
     * the line, since a loan that is told later is recorded whatever the rules say, and so without the fee.
     */
    static boolean lendable(Surroundings around, LoanRow row) {
        return row.state() instanceof LoanState.Offline
                && around.switchesOff()
                && open(around)
                && row.item().filter(item -> !around.stay().costs(item)).isPresent()
                && row.tags().stream()
                        .flatMap(uid -> Optional.ofNullable(around.tags().get(uid)).stream())
                        .flatMap(tag -> tag.item().stream())
                        .allMatch(item -> around.settings().usage().lend(item, true) == UsageRule.Verdict.ALLOWED);
    }
}
