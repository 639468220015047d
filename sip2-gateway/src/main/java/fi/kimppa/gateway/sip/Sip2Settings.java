package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.WireProfile;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the SIP2 server listens and what it allows. Every ceiling has its unit in its type.
 *
 * @param plain the listener without encryption
 * @param tls the listener with TLS 1.2 and 1.3
 * @param backlog connections that may wait to be accepted; a consortium's machines come back together after a cut
 * @param maxConnections open connections, both listeners together; one more is closed at once
 * @param maxFrame the longest line
 * @param maxFields the most coded fields in one message
 * @param loginTimeout from the connection to the login
 * @param idleTimeout from one line to the next; machines say 99 every 5 to 7 minutes
 * @param retriesAllowed what 98 tells terminals to try
 * @param profile what a connection looks like unless its terminal is listed below
 * @param terminals by login: what differs for this terminal from its login on
 * @param traceFile where the labelled, masked conversation is appended; no trace if absent
 */
@Validated
@ConfigurationProperties("kimppa.sip")
record Sip2Settings(
        @Valid @DefaultValue Plain plain,
        @Valid @DefaultValue Tls tls,
        @Min(1) @DefaultValue("4096") int backlog,
        @Min(1) @DefaultValue("4096") int maxConnections,
        @DefaultValue("64KB") DataSize maxFrame,
        @Min(1) @DefaultValue("10000") int maxFields,
        @DefaultValue("60s") Duration loginTimeout,
        @DefaultValue("10m") Duration idleTimeout,
        @Min(0) @Max(998) @DefaultValue("3") int retriesAllowed,
        @Valid @DefaultValue Profile profile,
        @DefaultValue Map<String, Profile> terminals,
        @Nullable Path traceFile) {

    /**
     * The listener without encryption.
     *
     * @param enabled whether it listens at all
     * @param address where; outside loopback only if the next setting says so
     * @param port 0 lets the system choose
     * @param cardsAndPinsMayTravelUnencrypted allows an address outside loopback
     */
    record Plain(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress address,
            @Min(0) @Max(65_535) @DefaultValue("6001") int port,
            @DefaultValue("false") boolean cardsAndPinsMayTravelUnencrypted) {}

    /**
     * The listener with TLS.
     *
     * @param enabled whether it listens at all
     * @param address where
     * @param port 0 lets the system choose
     */
    record Tls(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress address,
            @Min(0) @Max(65_535) @DefaultValue("6443") int port) {}

    /**
     * What terminal and gateway have agreed on outside the protocol.
     *
     * @param charset encoding of text
     * @param delimiter byte that ends a coded field
     * @param terminator end of a message on output
     * @param errorDetection when AY and AZ are sent
     * @param unknownCommand what a command that the standard does not know is answered with
     */
    record Profile(
            @DefaultValue("UTF-8") Charset charset,
            @DefaultValue("|") char delimiter,
            @DefaultValue("CR") WireProfile.Terminator terminator,
            @DefaultValue("AUTO") WireProfile.ErrorDetection errorDetection,
            @DefaultValue("NONE") UnknownCommand unknownCommand) {}

    /** What an unknown command is answered with. */
    enum UnknownCommand {
        /** Nothing, as the standard says. */
        NONE,
        /** 96, as Koha does. */
        RESEND
    }

    /** Checks what no single annotation can. */
    Sip2Settings {
        if (plain.enabled() && !plain.address().isLoopbackAddress() && !plain.cardsAndPinsMayTravelUnencrypted()) {
            throw new IllegalArgumentException(
                    "kimppa.sip.plain.address is " + plain.address().getHostAddress()
                            + ", outside loopback, where cards and PINs would travel unencrypted. Use the TLS listener"
                            + " (kimppa.sip.tls.address), or set kimppa.sip.plain.cards-and-pins-may-travel-unencrypted=true");
        }
        terminals = Map.copyOf(terminals);
    }

    /** The profile of a terminal that has logged in. */
    Profile profileOf(String login) {
        return terminals.getOrDefault(login, profile);
    }

    /** The codec's view of a profile under this server's ceilings. */
    WireProfile wire(Profile agreed) {
        return new WireProfile(
                agreed.charset(),
                agreed.delimiter(),
                agreed.terminator(),
                agreed.errorDetection(),
                Math.toIntExact(maxFrame.toBytes()),
                maxFields);
    }
}
