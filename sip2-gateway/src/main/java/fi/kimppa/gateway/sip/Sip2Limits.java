package fi.kimppa.gateway.sip;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a machine may take of the server ({@code kimppa.sip.limits.*}), beside the ceilings of {@link Sip2Settings}. The
 * defaults are far above what honest machines do and below what would harm the others.
 *
 * @param connectionsPerAddress open connections from one address; loopback has no ceiling of its own, since all
 *     machines come from there when a program for TLS stands before the gateway
 * @param connectionsPerLogin connections that are logged in as one terminal, at all gateways
 * @param requestsPerSecond requests a second on one connection over time; faster ones wait
 * @param requestsAtOnce requests that may come at once before they wait
 * @param floodRequests so many requests in a row that were too fast and did not even wait for their answers close
 *     the connection
 */
@Validated
@ConfigurationProperties("kimppa.sip.limits")
record Sip2Limits(
        @Min(1) @DefaultValue("1024") int connectionsPerAddress,
        @Min(1) @DefaultValue("2048") int connectionsPerLogin,
        @Min(1) @DefaultValue("1000") int requestsPerSecond,
        @Min(1) @DefaultValue("2000") int requestsAtOnce,
        @Min(1) @DefaultValue("10000") int floodRequests) {}
