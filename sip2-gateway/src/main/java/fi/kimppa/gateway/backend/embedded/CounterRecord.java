package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.database.Rows;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who of the staff has done what at the desk. Written within the caller's transaction, so that nothing is done without
 * it. Names no person: patrons by their number, and what has changed by the names of the fields.
 */
@Component
class CounterRecord {
    /** What can be done. */
    enum Kind {
        PATRON_ADDED,
        PATRON_CHANGED,
        PIN_SET,
        CARD_LOST,
        CARD_FOUND,
        CARD_REPLACED,
        CARD_EXTENDED,
        BLOCKS_LIFTED,
        FEES_PAID,
        FEE_WAIVED,
        TITLE_ADDED,
        TITLE_CHANGED,
        ITEM_ADDED,
        ITEM_CHANGED,
        ITEM_WITHDRAWN,
        /** Which staff pad was told to write which part. */
        TAG_ORDERED,
        /** UID of the tag that was written. */
        TAG_WRITTEN
    }

    /**
     * One line.
     *
     * @param what names of fields, an amount, a terminal, a tag; may be empty
     * @param reason in the words of the member of staff; may be empty
     */
    record Entry(OffsetDateTime at, String who, Kind kind, String what, String reason) {}

    private static final Period KEPT = Period.ofYears(2);

    private final JdbcClient jdbc;
    private final Clock clock;

    CounterRecord(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Writes down what was done to a patron. */
    void patron(Kind kind, long patron, String what, String reason, String who) {
        write(kind, who, patron, null, null, what, reason);
    }

    /** Writes down what was done to a copy. */
    void item(Kind kind, String item, int title, String what, String who) {
        write(kind, who, null, item, title, what, "");
    }

    /** Writes down what was done to a work. */
    void title(Kind kind, int title, String what, String who) {
        write(kind, who, null, null, title, what, "");
    }

    private void write(
            Kind kind,
            String who,
            @Nullable Long patron,
            @Nullable String item,
            @Nullable Integer title,
            String what,
            String reason) {
        jdbc.sql("""
                        insert into desk_changes (at, who, kind, patron, item, title, what, reason)
                        values (:at, :who, :kind, :patron, :item, :title, :what, :reason)
                        """)
                .param("at", OffsetDateTime.now(clock))
                .param("who", who)
                .param("kind", kind.name())
                .param("patron", patron, Types.BIGINT)
                .param("item", item, Types.VARCHAR)
                .param("title", title, Types.INTEGER)
                .param("what", what)
                .param("reason", reason)
                .update();
    }

    /** The latest about a patron, newest first. */
    List<Entry> ofPatron(long patron, int most) {
        return jdbc.sql("""
                        select at, who, kind, what, reason from desk_changes
                         where patron = :patron order by id desc limit :most
                        """)
                .param("patron", patron)
                .param("most", most)
                .query(Rows.of(Entry.class))
                .list();
    }

    /** The latest about a copy, newest first. */
    List<Entry> ofItem(String item, int most) {
        return jdbc.sql("""
                        select at, who, kind, what, reason from desk_changes
                         where item = :item order by id desc limit :most
                        """)
                .param("item", item)
                .param("most", most)
                .query(Rows.of(Entry.class))
                .list();
    }

    /** Deletes what is two years old. */
    @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT40M")
    void forget() {
        jdbc.sql("delete from desk_changes where at < :before")
                .param("before", OffsetDateTime.now(clock).minus(KEPT))
                .update();
    }
}
