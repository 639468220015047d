package fi.kimppa.gateway.fleet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What staff see.
 *
 * @param silentAfter a terminal whose last report is older is shown as silent
 * @param lineLostAfter a SIP2 connection of which no gateway has said anything for so long is taken as gone
 * @param listeners live pages at once; one more is told to try later
 * @param heartbeat how often a live page without news is told that the stream still flows
 * @param keepEvents how long an event is kept
 * @param maxEvents how many events are kept
 */
@ConfigurationProperties("kimppa.fleet")
record FleetSettings(
        @DefaultValue("90s") Duration silentAfter,
        @DefaultValue("60s") Duration lineLostAfter,
        @DefaultValue("200") int listeners,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("30d") Duration keepEvents,
        @DefaultValue("1000") int maxEvents) {}
