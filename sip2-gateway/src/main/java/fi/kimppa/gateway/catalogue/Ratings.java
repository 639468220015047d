package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.catalogue.Title.Rating;
import fi.kimppa.gateway.consortium.Terminal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stars that people give at a kiosk after a return. What is kept is how often a title got how many: no patron, no loan and no
 * time. A thing can be rated once a day, and a terminal takes so many votes a day and no more, so that nobody plays a title up or
 * down by touching the screen.
 */
@Component
class Ratings {
    /** A mean of fewer says more about one person than about a book. */
    static final int FEWEST_SHOWN = 3;

    /** More than a kiosk takes back on a busy day. */
    static final int MOST_A_DAY = 1_000;

    /** What became of a vote. */
    enum Vote {
        COUNTED,
        /** The thing was rated on this day, or the terminal has had its share. */
        NOT_NOW,
        /** The catalogue does not know the thing. */
        UNKNOWN_THING
    }

    private final JdbcClient jdbc;
    private final Catalogues catalogues;
    private final TransactionOperations transactions;
    private final Clock clock;

    Ratings(JdbcClient jdbc, Catalogues catalogues, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.catalogues = catalogues;
        this.transactions = transactions;
        this.clock = clock;
    }

    // ---- giving ------------------------------------------------------------------------------------------

    /**
     * Counts a vote.
     *
     * @param item number of the thing that was returned
     * @param stars 1 to 5
     */
    Vote give(Terminal terminal, String item, int stars) {
        Optional<String> title = catalogues.chosen().titleOf(item);
        if (title.isEmpty()) {
            return Vote.UNKNOWN_THING;
        }
        return Optional.ofNullable(transactions.execute(_ -> give(terminal, item, title.get(), stars)))
                .orElse(Vote.NOT_NOW);
    }

    private Vote give(Terminal terminal, String item, String title, int stars) {
        int first = jdbc.sql("""
                        insert into rated_things (item, day, terminal)
                        select :item, :day, :terminal
                         where (select count(*) from rated_things where terminal = :terminal and day = :day) < :most
                            on conflict do nothing
                        """)
                .param("item", item)
                .param("day", today())
                .param("terminal", terminal.login())
                .param("most", MOST_A_DAY)
                .update();
        if (first == 0) {
            return Vote.NOT_NOW;
        }
        jdbc.sql("""
                        insert into title_ratings (title, stars, votes) values (:title, :stars, 1)
                        on conflict (title, stars) do update set votes = title_ratings.votes + 1
                        """).param("title", title).param("stars", stars).update();
        return Vote.COUNTED;
    }

    /** Forgets which things were rated before yesterday. */
    @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT5M")
    void forget() {
        jdbc.sql("delete from rated_things where day < :before")
                .param("before", today().minusDays(1))
                .update();
    }

    // ---- showing -----------------------------------------------------------------------------------------

    /** These titles with what people thought of them. */
    List<Title> shown(List<Title> titles) {
        if (titles.isEmpty()) {
            return titles;
        }
        Map<String, Rating> known = of(titles.stream().map(Title::id).toList());
        return titles.stream()
                .map(title -> title.rated(Optional.ofNullable(known.get(title.id()))))
                .toList();
    }

    /** This title with what people thought of it. */
    Availability shown(Availability title) {
        String id = title.title().id();
        return title.rated(Optional.ofNullable(of(List.of(id)).get(id)));
    }

    private Map<String, Rating> of(List<String> titles) {
        Map<String, Rating> ratings = new HashMap<>();
        jdbc.sql("""
                        select title, sum(votes) as votes, cast(sum(votes * stars) as numeric) / sum(votes) as stars
                          from title_ratings where title in (:titles)
                         group by title having sum(votes) >= :fewest
                        """)
                .param("titles", titles)
                .param("fewest", FEWEST_SHOWN)
                .query((row, _) -> ratings.put(
                        row.getString("title"), new Rating(rounded(row.getBigDecimal("stars")), row.getInt("votes"))))
                .list();
        return ratings;
    }

    private static double rounded(BigDecimal stars) {
        return stars.setScale(1, RoundingMode.HALF_UP).doubleValue();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
