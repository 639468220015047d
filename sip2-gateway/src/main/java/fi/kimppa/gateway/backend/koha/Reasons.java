package fi.kimppa.gateway.backend.koha;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why Koha does not renew or hold something, and the sentence for it. What is not in a table is a matter for staff. */
final class Reasons {
    static final String STAFF = "staff";

    /** {@code CanBookBeRenewed} (C4/Circulation.pm), from "Renewal not authorized (code)". */
    private static final Map<String, String> RENEWAL = Map.ofEntries(
            Map.entry("too_many", "renew.limit"),
            Map.entry("too_unseen", "renew.limit"),
            Map.entry("auto_too_late", "renew.limit"),
            Map.entry("item_denied_renewal", "renew.limit"),
            Map.entry("onsite_checkout", "renew.limit"),
            Map.entry("on_reserve", "renew.held"),
            Map.entry("recalled", "renew.held"),
            Map.entry("booked", "renew.held"),
            Map.entry("too_soon", "renew.soon"),
            Map.entry("auto_too_soon", "renew.soon"),
            Map.entry("auto_renew", "renew.auto"),
            Map.entry("overdue", "overdue.block"),
            Map.entry("too_much_owing", "fees.block"),
            Map.entry("auto_too_much_owing", "fees.block"),
            Map.entry("restriction", "card.restricted"),
            Map.entry("card_expired", "card.expired"),
            Map.entry("auto_account_expired", "card.expired"));

    /**
     * {@code can_place_holds} (Koha/Patron.pm, since bug 40101 and with 409) and {@code CanItemBeReserved} (C4/Reserves.pm, with
     * 403), from "Hold cannot be placed. Reason: code".
     */
    private static final Map<String, String> HOLD = Map.ofEntries(
            Map.entry("hold_limit", "hold.limit"),
            Map.entry("expired", "card.expired"),
            Map.entry("card_lost", "card.lost"),
            Map.entry("restricted", "card.restricted"),
            Map.entry("bad_address", "card.address"),
            Map.entry("debt_limit", "fees.block"),
            Map.entry("tooManyReserves", "hold.limit"),
            Map.entry("tooManyReservesToday", "hold.limit"),
            Map.entry("tooManyHoldsForThisRecord", "hold.already"),
            Map.entry("itemAlreadyOnHold", "hold.already"),
            Map.entry("alreadypossession", "hold.yours"),
            Map.entry("ageRestricted", "item.age"),
            Map.entry("damaged", "hold.copies"),
            Map.entry("notReservable", "hold.copies"),
            Map.entry("noReservesAllowed", "hold.copies"),
            Map.entry("recall", "hold.copies"),
            Map.entry("cannotReserveFromOtherBranches", "hold.copies"),
            Map.entry("cannotBeTransferred", "hold.place"),
            Map.entry("libraryNotFound", "hold.place"),
            Map.entry("libraryNotPickupLocation", "hold.place"),
            Map.entry("pickupNotInHoldGroup", "hold.place"));

    private static final Pattern IN_BRACKETS = Pattern.compile("\\((\\w+)\\)");
    private static final Pattern AFTER_REASON = Pattern.compile("Reason: (\\w+)");

    private Reasons() {}

    /** The sentence for a refused renewal. */
    static String renewal(String error) {
        return look(IN_BRACKETS, error, RENEWAL);
    }

    /** The sentence for a refused hold. */
    static String hold(String error) {
        return error.contains("pickup location") ? "hold.place" : look(AFTER_REASON, error, HOLD);
    }

    private static String look(Pattern where, String error, Map<String, String> table) {
        Matcher code = where.matcher(error);
        return code.find() ? table.getOrDefault(code.group(1), STAFF) : STAFF;
    }
}
