package fi.kimppa.gateway.statistics;

import fi.kimppa.gateway.consortium.GatewayClock;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Invented figures of the months before the demonstration begins, so that there is something to draw. Written once, into an
 * empty table, and the same whenever they are written on the same day.
 */
@Component
@Profile("demo")
@DependsOn("demoConsortium")
class DemoCounts implements InitializingBean {
    private static final int MONTHS = 6;

    private final JdbcClient jdbc;
    private final Clock clock;

    DemoCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        if (jdbc.sql("select exists (select from all_counts)")
                .query(Boolean.class)
                .single()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
        // Saturdays and Sundays are closed. Most of what is lent at a branch is lent to people who live there; the
        // others come
        // from the largest place, and a few from one nearby. Small libraries lend less.
        jdbc.sql("""
                        with places as (
                            select code, 2 + population / 2500 as size, (row_number() over (order by code))::int as number
                              from municipalities where population is not null),
                        hub as (
                            select number, (select count(*)::int from places) as places
                              from places order by size desc, number limit 1),
                        days as (
                            select day::date, extract(doy from day)::int as number
                              from generate_series(:from::date, :to::date, interval '1 day') day
                             where extract(isodow from day) < 6),
                        visits as (
                            select d.day, at.code as branch, at.size, k.kind, other.code as other, n.turn,
                                   (d.number * 7 + at.number * 13 + n.turn * 5) % 5 as more
                              from days d
                             cross join places at
                             cross join hub
                             cross join (values ('LOAN'), ('RETURN'), ('RENEWAL')) k (kind)
                             cross join generate_series(0, 2) n (turn)
                              join places other
                                on other.number = case
                                       when n.turn = 0 then at.number
                                       when n.turn = 2 then 1 + (at.number + 2) % hub.places
                                       when at.number = hub.number then 1 + d.number % hub.places
                                       else hub.number end)
                        insert into daily_counts (day, kind, branch, home, owner, onward, times)
                        select day, kind, branch,
                               case when kind = 'RETURN' then '' else other end,
                               other,
                               case when kind = 'RETURN' and other <> branch then other else '' end,
                               sum(case when turn = 1 then 1 + least(size, 12) / 3 + more / 2
                                        when turn = 2 then 1 + more / 4
                                        when kind = 'RENEWAL' then 1 + size / 2
                                        else size + more end)
                          from visits
                         group by 1, 2, 3, 4, 5, 6
                        """)
                .param("from", today.minusMonths(MONTHS - 1).withDayOfMonth(1))
                .param("to", today.minusDays(1))
                .update();
    }
}
