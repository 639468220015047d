package fi.kimppa.gateway.backend.embedded.catalogue;

import fi.kimppa.gateway.backend.embedded.catalogue.Finds.Page;
import fi.kimppa.gateway.backend.embedded.catalogue.Finds.Work;
import fi.kimppa.gateway.catalogue.Availability;
import fi.kimppa.gateway.catalogue.Catalogue;
import fi.kimppa.gateway.catalogue.Found;
import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Title;
import fi.kimppa.gateway.catalogue.Title.Copies;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The embedded store as a catalogue. Never silent of itself: without its database the whole gateway is. */
@Component
class StoreCatalogue implements Catalogue {
    /** More copies than any branch has of a work; the rest would be of no help. */
    private static final int MOST_COPIES = 2_000;

    private final Finds finds;
    private final JdbcClient jdbc;
    private final Consortium consortium;
    private final Clock clock;

    StoreCatalogue(Finds finds, JdbcClient jdbc, Consortium consortium, Clock clock) {
        this.finds = finds;
        this.jdbc = jdbc;
        this.consortium = consortium;
        this.clock = clock;
    }

    @Override
    public Source source() {
        return Source.OWN;
    }

    @Override
    public Found search(Query query) {
        if (query.words().isEmpty()) {
            return Found.NOTHING;
        }
        Page exact = finds.exact(query);
        if (exact.total() > 0) {
            return new Found(titles(exact.works()), exact.total(), exact.more(), false);
        }
        Page near = finds.near(query);
        return new Found(titles(near.works()), near.total(), near.more(), near.total() > 0);
    }

    @Override
    public List<Title> added(LocalDate since, int most, String language) {
        return titles(jdbc.sql("""
                        select t.id, t.title, t.author, t.subjects from titles t
                         where t.added_on >= :since and exists (select from items i where i.title_id = t.id)
                         order by t.added_on desc, t.id desc limit :most
                        """)
                .param("since", since)
                .param("most", most)
                .query(Rows.of(Work.class))
                .list());
    }

    @Override
    public Optional<String> titleOf(String item) {
        return jdbc.sql("select title_id from items where number = :item")
                .param("item", item)
                .query((row, _) -> Integer.toString(row.getInt(1)))
                .optional();
    }

    // ---- titles ------------------------------------------------------------------------------------------

    private List<Title> titles(List<Work> works) {
        if (works.isEmpty()) {
            return List.of();
        }
        Map<Integer, Held> held = held(works.stream().map(Work::id).toList());
        return works.stream()
                .map(work -> title(work, held.getOrDefault(work.id(), Held.NOTHING)))
                .toList();
    }

    private static Title title(Work work, Held held) {
        return new Title(
                Integer.toString(work.id()),
                work.title(),
                work.author(),
                Optional.empty(),
                words(work.subjects(), ";"),
                words(held.types(), ","),
                Optional.of(new Copies(held.all(), held.onShelf())),
                Optional.empty());
    }

    private static List<String> words(String joined, String between) {
        return Stream.of(joined.split(between, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What there is of a work; the types with a comma between them. */
    private record Held(int all, int onShelf, String types) {
        static final Held NOTHING = new Held(0, 0, "");
    }

    private Map<Integer, Held> held(List<Integer> works) {
        Map<Integer, Held> held = new HashMap<>();
        jdbc.sql("""
                        select i.title_id, count(*) as copies, string_agg(distinct i.type, ',' order by i.type) as types,
                               count(*) filter (where i.for_loan and i.destination is null and l.id is null
                                                  and h.id is null) as on_shelf
                          from items i
                          left join loans l on l.item = i.number and l.returned_at is null
                          left join holds h on h.trapped_item = i.number and h.state in ('IN_TRANSIT', 'READY')
                         where i.title_id in (:works)
                         group by i.title_id
                        """)
                .param("works", works)
                .query((row, _) -> held.put(
                        row.getInt("title_id"),
                        new Held(row.getInt("copies"), row.getInt("on_shelf"), row.getString("types"))))
                .list();
        return held;
    }

    // ---- copies ------------------------------------------------------------------------------------------

    @Override
    public Optional<Availability> title(String id, String language) {
        return id.matches("\\d{1,9}") ? finds.work(Integer.parseInt(id)).map(this::availability) : Optional.empty();
    }

    /** A hold names any copy: a title called 1984 and the record number 1984 are the same AJ. */
    private Availability availability(Work work) {
        List<CopyRow> copies = copies(work.id());
        return new Availability(
                titles(List.of(work)).getFirst(),
                copies.stream().filter(CopyRow::forLoan).map(CopyRow::number).findFirst(),
                Optional.empty(),
                waiting(work.id()),
                CopyRow.places(
                        copies,
                        code -> consortium.branch(code).map(Branch::name).orElse(code)));
    }

    private List<CopyRow> copies(int work) {
        return jdbc.sql("""
                        select i.number, i.home_branch, i.current_branch, i.destination, i.call_number, i.for_loan,
                               l.due_at, coalesce(h.state = 'READY', false) as on_hold_shelf
                          from items i
                          left join loans l on l.item = i.number and l.returned_at is null
                          left join holds h on h.trapped_item = i.number and h.state in ('IN_TRANSIT', 'READY')
                         where i.title_id = :work
                         order by i.number limit :most
                        """)
                .param("work", work)
                .param("most", MOST_COPIES)
                .query(Rows.of(CopyRow.class))
                .list();
    }

    private int waiting(int work) {
        return jdbc.sql("""
                        select count(*) from holds
                         where title_id = :work and state = 'WAITING' and coalesce(expires_at, :now) >= :now
                        """)
                .param("work", work)
                .param("now", OffsetDateTime.now(clock))
                .query(Integer.class)
                .single();
    }
}
