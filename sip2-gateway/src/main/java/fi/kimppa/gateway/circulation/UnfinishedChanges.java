package fi.kimppa.gateway.circulation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Changes that have no end yet, so that whoever looks after the gateways or works off tasks sees what does not settle by itself. May be
 * used by several threads.
 */
@Component
public class UnfinishedChanges {
    /** The tag of those of which nobody can say which library system they are for; none has such a name. */
    private static final String NOBODY = "-";

    private final JdbcClient jdbc;
    private final JournalSettings settings;
    private final Clock clock;
    private volatile List<Pile> piles = List.of();

    UnfinishedChanges(
            JdbcClient jdbc, LibrarySystems systems, JournalSettings settings, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        Stream.concat(Stream.of(NOBODY), systems.configured().stream().map(LibrarySystem::name))
                .forEach(system -> Stream.of(Kind.values()).forEach(kind -> register(system, kind, meters)));
    }

    private void register(String system, Kind kind, MeterRegistry meters) {
        Gauge.builder("kimppa.journal.unfinished.age", () -> ageSeconds(system, kind))
                .description("Age of the oldest change that has no end yet; 0 where there is none")
                .baseUnit("seconds")
                .tag("system", system)
                .tag("state", kind.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** Why a change has no end. */
    public enum Kind {
        /** A return, or a loan made off-line, that was promised, for a library system that is silent. */
        WAITING,
        /** A change of which nobody knows yet whether it was made; also one that is under way. */
        UNKNOWN
    }

    /**
     * What has piled up for one library system.
     *
     * @param system empty where nobody can say which one
     * @param oldest when the first of them was taken
     */
    public record Pile(Optional<String> system, Kind kind, long count, Instant oldest) {}

    /** What has stood for longer than {@code kimppa.journal.overdue}, oldest first. */
    public List<Pile> overdue() {
        Instant before = clock.instant().minus(settings.overdue());
        return read().stream().filter(pile -> pile.oldest.isBefore(before)).toList();
    }

    /** Looks how old the oldest are, for those who watch figures. */
    @Scheduled(fixedDelayString = "PT15S")
    void look() {
        piles = read();
    }

    private List<Pile> read() {
        return jdbc.sql("""
                        select backend, case state when 'WAITING' then 'WAITING' else 'UNKNOWN' end as kind,
                               count(*) as changes, min(opened_at) as oldest
                          from journal
                         where state <> 'SETTLED' and state <> 'WITH_STAFF'
                         group by 1, 2
                         order by oldest
                        """).query((row, _) -> pile(row)).list();
    }

    private static Pile pile(ResultSet row) throws SQLException {
        return new Pile(
                Optional.ofNullable(row.getString("backend")),
                Kind.valueOf(row.getString("kind")),
                row.getLong("changes"),
                row.getObject("oldest", OffsetDateTime.class).toInstant());
    }

    private double ageSeconds(String system, Kind kind) {
        return piles.stream()
                .filter(pile -> pile.system.orElse(NOBODY).equals(system) && pile.kind == kind)
                .mapToDouble(pile -> Math.max(
                        0, Duration.between(pile.oldest, clock.instant()).toMillis() / 1000.0))
                .max()
                .orElse(0);
    }
}
