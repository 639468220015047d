package fi.kimppa.gateway.sip;

import static fi.kimppa.sip2.wire.MessageType.BLOCK_PATRON;
import static fi.kimppa.sip2.wire.MessageType.LOGIN;
import static fi.kimppa.sip2.wire.MessageType.REQUEST_ACS_RESEND;
import static fi.kimppa.sip2.wire.MessageType.SC_STATUS;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.SupportedMessages;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the gateway tells terminals that it can do: the content of a 98. */
final class AcsCapabilities {
    /** What the session itself answers. */
    private static final Set<MessageType> OWN = Set.of(SC_STATUS, REQUEST_ACS_RESEND, LOGIN);

    private AcsCapabilities() {}

    /** The commands that are answered in full; every other known one gets its typed refusal. */
    static Set<MessageType> answered(Sip2Context house) {
        Set<MessageType> answered = EnumSet.copyOf(OWN);
        answered.addAll(house.circulation().serves());
        return answered;
    }

    /**
     * The 98 for this terminal, or for one that has not logged in yet. Loans and renewals need a backend that
     * answers; returns are taken without one. Without its database the gateway is off-line.
     */
    static AcsStatus status(Optional<Terminal> terminal, Sip2Context house, Timestamp now) {
        boolean here = house.circulation().writes();
        boolean online = house.circulation().online();
        Set<MessageType> answered = answered(house);
        return new AcsStatus(
                here,
                here,
                online,
                online,
                online && answered.contains(BLOCK_PATRON),
                true,
                "%03d".formatted(house.deadlines().timeoutPeriod().toMillis() / 100),
                "%03d".formatted(house.settings().retriesAllowed()),
                now,
                "2.00",
                terminal.map(Terminal::institutionId).orElse(""),
                Optional.of(house.consortium().name()),
                SupportedMessages.wire(answered),
                terminal.map(Terminal::branchCode),
                List.of(),
                List.of(),
                List.of());
    }
}
