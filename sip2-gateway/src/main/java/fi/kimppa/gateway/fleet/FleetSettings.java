package fi.kimppa.gateway.fleet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What staff see.
 *
 * @param silentAfter a terminal whose last report is older is shown as silent
 * @param gatewayName what staff call this gateway where there are several; empty for the name of its host
 * @param listeners live pages at once; one more is told to try later
 * @param heartbeat how often a live page without news is told that the stream still flows
 * @param keepEvents how long an event is kept
 * @param maxEvents how many events are kept
 */
@ConfigurationProperties("kimppa.fleet")
record FleetSettings(
        @DefaultValue("90s") Duration silentAfter,
        @DefaultValue("") String gatewayName,
        @DefaultValue("200") int listeners,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("30d") Duration keepEvents,
        @DefaultValue("1000") int maxEvents) {}
