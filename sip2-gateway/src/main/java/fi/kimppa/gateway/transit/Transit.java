package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.circulation.CirculationEvent;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemLent;
import fi.kimppa.gateway.circulation.CirculationEvent.ItemReturned;
import fi.kimppa.gateway.database.LateWrites;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What travels, and what is expected where. Written in the transaction that settles the return. */
@Component
public class Transit {
    private static final Duration KEPT = Duration.ofDays(30);

    /** What lies in no crate that is under way. */
    private static final String LOOSE = """
             and not exists (select from crate_items i join crates c on c.id = i.crate_id
                              where i.item = t.item and i.packed and i.seen_at is null and c.checked_at is null
                                and c.origin = t.origin and c.destination = t.destination)
            """;

    /** One statement for all that hears of every loan and return; none of its parts changes what another looks at. */
    private static final String ARRIVED = """
            with taken_out as (%s), seen as (%s)
            update transits set arrived_at = :at
             where item = :item and arrived_at is null and (origin, destination)
                   is distinct from (cast(:origin as text), cast(:destination as text))
            """.formatted(Crates.TAKEN_OUT, Crates.SEEN);

    private final JdbcClient jdbc;
    private final LateWrites writes;
    private final Clock clock;

    Transit(JdbcClient jdbc, LateWrites writes, Clock clock) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.clock = clock;
    }

    /** What a branch expects, in the order of sending, in crates or not. */
    public List<ExpectedItem> expectedAt(String branchCode) {
        return where("t.destination = :it", branchCode);
    }

    /** What a branch expects and lies in no crate. */
    List<ExpectedItem> looseFor(String branchCode) {
        return where("t.destination = :it" + LOOSE, branchCode);
    }

    /** What waits at a branch to be put into a crate. */
    List<ExpectedItem> waitingAt(String branchCode) {
        return where("t.origin = :it" + LOOSE, branchCode);
    }

    /** Where an item travels now. */
    Optional<ExpectedItem> travels(String item) {
        return where("t.item = :it", item).stream().findFirst();
    }

    private List<ExpectedItem> where(String condition, String value) {
        return jdbc.sql("""
                        select t.item, t.origin, t.destination, t.sent_at from transits t
                         where t.arrived_at is null and %s
                         order by t.sent_at, t.id
                        """.formatted(condition))
                .param("it", value)
                .query((row, _) -> new ExpectedItem(
                        row.getString("item"),
                        row.getString("origin"),
                        row.getString("destination"),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Somebody has seen an item where it had to go. */
    void seen(String item) {
        arrive(item, clock.instant());
    }

    @EventListener
    void on(CirculationEvent event) {
        switch (event) {
            case ItemReturned returned -> onReturn(returned);
            case ItemLent lent -> arrive(lent.item(), lent.at());
            case CheckoutSettledLate lent -> arrive(lent.item(), lent.at());
            case CirculationEvent.LoanRenewed _,
                    CirculationEvent.ReturnWaiting _,
                    CirculationEvent.ReturnRefused _,
                    CirculationEvent.LoanRefused _,
                    CirculationEvent.NoOwnerFound _,
                    CirculationEvent.PaymentUnclear _ -> {}
        }
    }

    private void onReturn(ItemReturned returned) {
        String here = returned.branch();
        arrive(returned.item(), returned.at(), returned.destination().map(there -> new Way(here, there)));
        returned.destination()
                .filter(destination -> !destination.equals(here))
                .ifPresent(destination -> writes.sql("""
                        insert into transits (item, origin, destination, sent_at)
                        select :item, :origin, :destination, :at
                         where""" + Crates.NOT_UNDER_WAY)
                        .param("item", returned.item())
                        .param("origin", here)
                        .param("destination", destination)
                        .param("at", at(returned.at()))
                        .later());
    }

    private void arrive(String item, Instant when) {
        arrive(item, when, Optional.empty());
    }

    /** @param way what travels this way already travels on, as it was sent */
    private void arrive(String item, Instant when, Optional<Way> way) {
        writes.sql(ARRIVED)
                .param("at", at(when))
                .param("item", item)
                .param("origin", way.map(Way::origin).orElse(null), Types.VARCHAR)
                .param("destination", way.map(Way::destination).orElse(null), Types.VARCHAR)
                .later();
    }

    private record Way(String origin, String destination) {}

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        jdbc.sql("delete from transits where arrived_at < :before")
                .param("before", at(clock.instant().minus(KEPT)))
                .update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
