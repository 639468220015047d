package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What monitoring sees of the SIP2 server. May be used by several threads. */
final class SipMetrics {
    /** The others say that nobody knows what message it was. */
    private static final Set<ExchangeOutcome> OF_A_MESSAGE = EnumSet.of(
            ExchangeOutcome.OK,
            ExchangeOutcome.REFUSED,
            ExchangeOutcome.NO_ANSWER,
            ExchangeOutcome.NOT_ALLOWED,
            ExchangeOutcome.MALFORMED);

    private final MeterRegistry registry;
    private final Map<MessageType, Timer> exchanges = new EnumMap<>(MessageType.class);
    private final Map<MessageType, Map<ExchangeOutcome, Counter>> outcomes = new EnumMap<>(MessageType.class);

    SipMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (MessageType type : MessageType.values()) {
            if (type.direction() == Direction.REQUEST) {
                exchanges.put(
                        type,
                        Timer.builder("kimppa.sip.exchange")
                                .description("From a whole request read to its answer sent")
                                .tag("command", type.code())
                                .publishPercentileHistogram()
                                .register(registry));
                outcomes.put(type, counters(type));
            }
        }
    }

    /** All of them from the beginning, so that a rate can be computed from the first error on. */
    private Map<ExchangeOutcome, Counter> counters(MessageType type) {
        Map<ExchangeOutcome, Counter> counters = new EnumMap<>(ExchangeOutcome.class);
        for (ExchangeOutcome outcome : OF_A_MESSAGE) {
            counters.put(
                    outcome,
                    Counter.builder("kimppa.sip.requests")
                            .description("Requests by how they ended")
                            .tag("command", type.code())
                            .tag("outcome", outcome.tag())
                            .register(registry));
        }
        return counters;
    }

    /** A request of this type has ended; repeats of the last frame and 97 are not counted. */
    void ended(MessageType type, ExchangeOutcome outcome) {
        Counter counter = outcomes.getOrDefault(type, Map.of()).get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A request was answered. */
    void exchange(MessageType type, long nanos) {
        Timer timer = exchanges.get(type);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Something other than a plain exchange happened.
     *
     * @param what bad_checksum, unknown_command, malformed, before_login, not_allowed, login_refused, repeated, oversized,
     *     overdue, turned_away,
     *     turned_away_address, slowed, flood, replaced, second_connection_refused, database_silent, off_line, proxy_malformed, proxy_untrusted, handshake_failed or wrong_certificate
     */
    void count(String what) {
        registry.counter("kimppa.sip.incidents", "what", what).increment();
    }

    /** Shows the size of these maps and sets as gauges. */
    void watch(Collection<?> connections, Map<?, ?> terminals) {
        registry.gaugeCollectionSize("kimppa.sip.connections", List.of(), connections);
        registry.gaugeMapSize("kimppa.sip.terminals", List.of(), terminals);
    }
}
