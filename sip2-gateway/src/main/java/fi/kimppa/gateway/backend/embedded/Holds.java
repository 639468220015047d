package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.database.Rows;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds as their owner sees them: found, placed, changed and deleted within the caller's transaction. */
@Component
class Holds {
    private static final String COPIES = """
            select from items i
             where i.title_id = :title and i.for_loan
               and i.number = coalesce(cast(:item as text), i.number)
               and i.home_branch = coalesce(cast(:branch as text), i.home_branch)
            """;

    private static final String FREE = """
               and i.destination is null
               and not exists (select from loans where item = i.number and returned_at is null)
               and not exists (select from holds where trapped_item = i.number and state <> 'FULFILLED')
               and not exists (select from holds h where %s)
            """.formatted(Store.WAITS);

    private final JdbcClient jdbc;

    Holds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A work that can be put on hold. */
    record Title(int id, String title, String author, int ageLimit) {
        /** AJ. */
        String titleIdentifier() {
            return author.isEmpty() ? title : title + " / " + author;
        }
    }

    /** A patron's hold that is not fulfilled. */
    record Own(
            long id,
            String pickupBranch,
            HoldRow.State state,
            @Nullable OffsetDateTime expiresAt) {}

    /** The title of this item. */
    Optional<Title> titleOf(ItemRow item) {
        return title("id = :id", "id", item.titleId());
    }

    /** The only title with this text, alone or followed by {@code / author}; else the one with this record number. */
    Optional<Title> title(String text) {
        List<Title> found = jdbc.sql("""
                        select id, title, author, age_limit from titles
                         where title = :text or (title = :title and author = :author and author <> '')
                         limit 2
                        """)
                .param("text", text)
                .param("title", text.replaceFirst(" / [^/]*$", ""))
                .param("author", text.replaceFirst("^.* / ", ""))
                .query(Rows.of(Title.class))
                .list();
        if (found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        return text.matches("\\d{1,9}") ? title("id = :id", "id", Integer.valueOf(text)) : Optional.empty();
    }

    private Optional<Title> title(String condition, String name, Object value) {
        return jdbc.sql("select id, title, author, age_limit from titles where " + condition)
                .param(name, value)
                .query(Rows.of(Title.class))
                .optional();
    }

    /** The patron's hold on this title; there is one at most. One that has lapsed is deleted on the way. */
    Optional<Own> own(String card, Title title, Instant now) {
        jdbc.sql("""
                        delete from holds
                         where card = :card and title_id = :title and state = 'WAITING' and expires_at < :now
                        """)
                .param("card", card)
                .param("title", title.id())
                .param("now", at(now))
                .update();
        return jdbc.sql("""
                        select id, pickup_branch, state, expires_at from holds
                         where card = :card and title_id = :title and state <> 'FULFILLED'
                           for update
                        """)
                .param("card", card)
                .param("title", title.id())
                .query(Rows.of(Own.class))
                .optional();
    }

    /** Whether the patron has a copy of the title on loan. */
    boolean onLoan(String card, Title title) {
        return jdbc.sql("""
                        select exists (select from loans l join items i on i.number = l.item
                                        where l.card = :card and l.returned_at is null and i.title_id = :title)
                        """)
                .param("card", card)
                .param("title", title.id())
                .query(Boolean.class)
                .single();
    }

    /** Whether there is a copy that is lent out at all: this one, one of this branch, or any. */
    boolean hasCopies(Title title, Optional<String> item, Optional<String> branch) {
        return jdbc.sql("select exists (" + COPIES + ")")
                .param("title", title.id())
                .param("item", item.orElse(null), Types.VARCHAR)
                .param("branch", branch.orElse(null), Types.VARCHAR)
                .query(Boolean.class)
                .single();
    }

    /** Whether such a copy is neither on loan nor on hold nor on its way. */
    boolean free(Title title, Optional<String> item, Optional<String> branch, Instant now) {
        return jdbc.sql("select exists (" + COPIES + FREE + ")")
                .param("title", title.id())
                .param("item", item.orElse(null), Types.VARCHAR)
                .param("branch", branch.orElse(null), Types.VARCHAR)
                .param("now", at(now))
                .query(Boolean.class)
                .single();
    }

    void place(
            String card,
            Title title,
            Optional<String> item,
            Optional<String> copiesOf,
            String pickupBranch,
            Optional<Instant> expires,
            Instant now) {
        jdbc.sql("""
                        insert into holds (card, title_id, item, copies_of, pickup_branch, placed_at, state, expires_at)
                        values (:card, :title, :item, :copies, :pickup, :now, 'WAITING', :expires)
                        """)
                .param("card", card)
                .param("title", title.id())
                .param("item", item.orElse(null), Types.VARCHAR)
                .param("copies", copiesOf.orElse(null), Types.VARCHAR)
                .param("pickup", pickupBranch)
                .param("now", at(now))
                .param("expires", expires.map(Holds::at).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    void change(Own hold, String pickupBranch, Optional<Instant> expires) {
        jdbc.sql("""
                        update holds set pickup_branch = :pickup, expires_at = coalesce(:expires, expires_at)
                         where id = :id
                        """)
                .param("pickup", pickupBranch)
                .param("expires", expires.map(Holds::at).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", hold.id())
                .update();
    }

    /** Deletes it. A copy that it had caught stays where it is until it is checked in again. */
    void delete(Own hold) {
        jdbc.sql("delete from holds where id = :id").param("id", hold.id()).update();
    }

    /** BR: how many come before it, itself included, among those who wait for a copy that it could have. */
    int position(Own hold, Instant now) {
        return jdbc.sql("""
                        select count(*)
                          from holds m
                          join holds o on o.title_id = m.title_id and o.state <> 'FULFILLED'
                           and (o.state <> 'WAITING' or coalesce(o.expires_at, :now) >= :now)
                           and coalesce(o.item, m.item, '') = coalesce(m.item, o.item, '')
                           and (o.placed_at, o.id) <= (m.placed_at, m.id)
                         where m.id = :id
                        """)
                .param("now", at(now))
                .param("id", hold.id())
                .query(Integer.class)
                .single();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
