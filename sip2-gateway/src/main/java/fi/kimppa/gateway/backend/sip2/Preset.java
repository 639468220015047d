package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import fi.kimppa.sip2.wire.WireProfile.Terminator;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** What is known of servers, beyond the standard (backends.md sections 3 to 5). */
enum Preset {
    /** What the standard says, and no more: undoing (BI) and renewing by 11 are taken at its word. */
    STANDARD(true, true, false, false),
    /**
     * Koha ({@code C4/SIP}): no undoing, an 11 for a thing that the patron already has is an attempt to renew, which may
     * be refused although the loan stands, and a 19 is answered and not stored.
     */
    KOHA(false, true, true, false),
    /** Koha with the extensions of Koha-Suomi: the same over SIP2, also over HTTPS. */
    KOHA_SUOMI(false, true, true, false),
    /**
     * Evergreen ({@code OpenILS/Application/SIP2.pm}): of holds it can only cancel; it knows no 19 and no 25; its hold items are all
     * holds and not those that are ready alone.
     */
    EVERGREEN(false, false, false, true);

    private final boolean undoes;
    private final boolean placesHolds;
    private final boolean renewsByCheckout;
    private final boolean countsAllHolds;

    Preset(boolean undoes, boolean placesHolds, boolean renewsByCheckout, boolean countsAllHolds) {
        this.undoes = undoes;
        this.placesHolds = placesHolds;
        this.renewsByCheckout = renewsByCheckout;
        this.countsAllHolds = countsAllHolds;
    }

    /** How its bytes look. */
    WireProfile wire() {
        return new WireProfile(
                StandardCharsets.UTF_8, '|', Terminator.CR, ErrorDetection.ALWAYS, 262_144, 10_000, true);
    }

    /** Whether BI in a 09 or 11 undoes; elsewhere it would be read as one more return or loan. */
    boolean undoes() {
        return undoes;
    }

    /** Whether a 15 may place or change a hold. */
    boolean placesHolds() {
        return placesHolds;
    }

    /** Whether a refused 11 may be about a loan that the patron already has. */
    boolean renewsByCheckout() {
        return renewsByCheckout;
    }

    /** Whether the first count of a 64 is of all holds, and not of what is ready to be picked up. */
    boolean countsAllHolds() {
        return countsAllHolds;
    }

    /** The requests that it answers. */
    Set<MessageType> serves() {
        Set<MessageType> all = EnumSet.of(
                MessageType.PATRON_STATUS_REQUEST,
                MessageType.PATRON_INFORMATION,
                MessageType.ITEM_INFORMATION,
                MessageType.CHECKOUT,
                MessageType.CHECKIN,
                MessageType.RENEW,
                MessageType.RENEW_ALL,
                MessageType.HOLD,
                MessageType.FEE_PAID,
                MessageType.BLOCK_PATRON,
                MessageType.END_PATRON_SESSION);
        switch (this) {
            case STANDARD -> all.addAll(Set.of(MessageType.PATRON_ENABLE, MessageType.ITEM_STATUS_UPDATE));
            case KOHA, KOHA_SUOMI -> all.add(MessageType.PATRON_ENABLE);
            case EVERGREEN -> {}
        }
        return all;
    }
}
