package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.sip2.wire.MessageType;
import java.util.EnumSet;
import java.util.Set;

/** What is known of servers, beyond the standard (backends.md sections 3 to 5). */
enum Preset {
    /** What the standard says, and no more: undoing (BI) is taken at its word. */
    STANDARD,
    /** Koha ({@code C4/SIP}): a 19 is answered and not stored, 01 and 25 are answered and do nothing. */
    KOHA,
    /** Koha with the extensions of Koha-Suomi: the same over SIP2, also over HTTPS. */
    KOHA_SUOMI,
    /**
     * Evergreen ({@code OpenILS/Application/SIP2.pm}, and before it SIPServer with {@code OpenILS/SIP}): it knows no 19 and no 25, and its
     * hold items are all holds and not those that are ready alone.
     */
    EVERGREEN,
    /** FOLIO by edge-sip2 ({@code MainVerticle.java}), which gives no answer at all to 01, 15, 19 and 25. */
    EDGE_SIP2;

    /** Whether BI in a 09 or 11 undoes; elsewhere it would be read as one more return or loan. */
    boolean undoes() {
        return this == STANDARD;
    }

    /** Whether a 15 may place or change a hold; elsewhere it can only cancel, if anything. */
    boolean placesHolds() {
        return this != EVERGREEN;
    }

    /**
     * Whether a refused 11 may be about a loan that the patron has, without saying so in renewal ok: Koha tries to renew it, Evergreen said N before
     * 2024, and edge-sip2 refuses what FOLIO may have done when that was slow ({@code CirculationRepository.java}).
     */
    boolean refusesWhatStands() {
        return this != STANDARD;
    }

    /** Whether the first count of a 64 is of all holds, and not of what is ready to be picked up. */
    boolean countsAllHolds() {
        return this == EVERGREEN;
    }

    /**
     * Whether it may be told that something has happened already (no block). SIPServer calls what {@code OpenILS/SIP.pm} does not have
     * ({@code checkin_no_block}), and hangs up.
     */
    boolean hearsNoBlock() {
        return this != EVERGREEN;
    }

    /**
     * Whether BV is all that a patron owes. Koha leaves out what keeps nobody from borrowing, such as fees for holds
     * ({@code C4/SIP/ILS/Patron.pm}).
     */
    boolean tellsWholeDebt() {
        return this != KOHA && this != KOHA_SUOMI;
    }

    /** The requests that it answers, and does something about. */
    Set<MessageType> serves() {
        Set<MessageType> all = EnumSet.of(
                MessageType.PATRON_STATUS_REQUEST,
                MessageType.PATRON_INFORMATION,
                MessageType.ITEM_INFORMATION,
                MessageType.CHECKOUT,
                MessageType.CHECKIN,
                MessageType.RENEW,
                MessageType.RENEW_ALL,
                MessageType.FEE_PAID,
                MessageType.END_PATRON_SESSION);
        switch (this) {
            case STANDARD ->
                all.addAll(Set.of(
                        MessageType.HOLD,
                        MessageType.BLOCK_PATRON,
                        MessageType.PATRON_ENABLE,
                        MessageType.ITEM_STATUS_UPDATE));
            case KOHA, KOHA_SUOMI -> all.add(MessageType.HOLD);
            case EVERGREEN -> all.addAll(Set.of(MessageType.HOLD, MessageType.BLOCK_PATRON));
            case EDGE_SIP2 -> {}
        }
        return all;
    }
}
