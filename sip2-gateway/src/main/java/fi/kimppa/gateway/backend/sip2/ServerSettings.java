package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import fi.kimppa.sip2.wire.WireProfile.Terminator;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One server ({@code kimppa.backends.sip2.NAME.*}).
 *
 * @param address where it listens, as {@link Sip2Address#parse} reads it
 * @param preset what the server is known to do
 * @param links how many links each account may have open, 1 to 8
 * @param patience how long a request waits for a free link before the server counts as busy
 * @param connect how long opening a link may take
 * @param answer how long an answer may take; shorter than {@code kimppa.deadlines.backend}
 * @param keepAlive a link that was idle for so long is asked for its status, so that the server keeps it open
 * @param currentLocation whether a return says in AP where it happens
 * @param charset what its texts are written in
 * @param checksums whether requests carry sequence and checksum (AY, AZ)
 * @param accounts by branch code; {@code common} serves the branches that have none of their own
 */
record ServerSettings(
        String address,
        @DefaultValue("standard") Preset preset,
        @DefaultValue("4") int links,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("3s") Duration connect,
        @DefaultValue("7s") Duration answer,
        @DefaultValue("60s") Duration keepAlive,
        @DefaultValue("true") boolean currentLocation,
        @DefaultValue("UTF-8") Charset charset,
        @DefaultValue("true") boolean checksums,
        Map<String, Account> accounts) {
    /** The account of the branches that have none of their own. */
    static final String COMMON = "common";

    /** How its bytes look. */
    WireProfile wire() {
        return new WireProfile(
                charset,
                '|',
                Terminator.CR,
                checksums ? ErrorDetection.ALWAYS : ErrorDetection.NEVER,
                262_144,
                10_000,
                true);
    }

    /** Checks the ranges. */
    ServerSettings {
        accounts = Map.copyOf(accounts);
        if (links < 1 || links > 8) {
            throw new IllegalArgumentException("links must be 1 to 8, found " + links);
        }
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("accounts must name at least one login, such as accounts.common.user");
        }
    }
}
