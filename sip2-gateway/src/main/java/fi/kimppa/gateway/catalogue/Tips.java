package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.catalogue.Tip.Problem;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The staff's tips. Each change is in the record of changes. May be used by several threads. */
@Component
class Tips {
    /** What the record of changes calls one, with its number in the database behind it. */
    static final String KEY = "tip ";

    private static final int KEPT_DAYS = 30;
    private static final int MOST_SHOWN = 20;
    private static final String SELECT = """
            select id, municipality, heading_fi, heading_sv, heading_en, text_fi, text_sv, text_en, title, first_day, last_day
              from reading_tips
            """;

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;

    Tips(JdbcClient jdbc, Settings settings, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    /** What is shown today in a municipality, the newest first. */
    List<Tip> shown(String municipality) {
        return jdbc.sql(SELECT + """
                         where first_day <= :today and last_day >= :today
                           and (municipality is null or municipality = :municipality)
                         order by first_day desc, id desc limit :most
                        """)
                .param("today", today())
                .param("municipality", municipality)
                .param("most", MOST_SHOWN)
                .query((row, _) -> tip(row))
                .list();
    }

    /** All that are kept, those that end last first. */
    List<Tip> all() {
        return jdbc.sql(SELECT + " order by last_day desc, first_day desc, id desc")
                .query((row, _) -> tip(row))
                .list();
    }

    /** The one with this number. */
    Optional<Tip> tip(long id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query((row, _) -> tip(row))
                .optional();
    }

    /**
     * Adds a tip, or changes the one with its number.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    Optional<Problem> put(Tip tip, String who) {
        Optional<Problem> problem = tip.problem().or(() -> placeExists(tip));
        if (problem.isPresent()) {
            return problem;
        }
        boolean[] gone = new boolean[1];
        settings.audited(who, () -> {
            Optional<Tip> before = tip(tip.id());
            gone[0] = tip.id() != 0 && before.isEmpty();
            if (gone[0] || before.filter(tip::equals).isPresent()) {
                return List.of();
            }
            long id = write(tip, who);
            return List.of(entry(id, tip, before.map(Tip::said), Optional.of(tip.said())));
        });
        return gone[0] ? Optional.of(Problem.GONE) : Optional.empty();
    }

    private Optional<Problem> placeExists(Tip tip) {
        return tip.municipality().stream()
                        .allMatch(code -> consortium.municipality(code).isPresent())
                ? Optional.empty()
                : Optional.of(Problem.PLACE);
    }

    private long write(Tip tip, String who) {
        String sql = tip.id() == 0 ? """
                insert into reading_tips (municipality, heading_fi, heading_sv, heading_en, text_fi, text_sv, text_en,
                                          title, first_day, last_day, who, entered_at)
                values (:municipality, :hfi, :hsv, :hen, :tfi, :tsv, :ten, :title, :first, :last, :who, :now)
                returning id
                """ : """
                update reading_tips
                   set municipality = :municipality, heading_fi = :hfi, heading_sv = :hsv, heading_en = :hen,
                       text_fi = :tfi, text_sv = :tsv, text_en = :ten, title = :title, first_day = :first,
                       last_day = :last, who = :who, entered_at = :now
                 where id = :id
                returning id
                """;
        return jdbc.sql(sql)
                .param("id", tip.id())
                .param("municipality", tip.municipality().orElse(null), Types.VARCHAR)
                .param("hfi", tip.heading().fi())
                .param("hsv", tip.heading().sv())
                .param("hen", tip.heading().en())
                .param("tfi", tip.text().fi())
                .param("tsv", tip.text().sv())
                .param("ten", tip.text().en())
                .param("title", tip.title())
                .param("first", tip.first())
                .param("last", tip.last())
                .param("who", who)
                .param("now", OffsetDateTime.now(clock))
                .query(Long.class)
                .single();
    }

    /**
     * Takes a tip away; one that is gone already is no matter.
     *
     * @param who name of the member of staff
     */
    void remove(long id, String who) {
        settings.audited(who, () -> {
            Optional<Tip> before = tip(id);
            jdbc.sql("delete from reading_tips where id = :id").param("id", id).update();
            return before.map(tip -> List.of(entry(id, tip, Optional.of(tip.said()), Optional.empty())))
                    .orElse(List.of());
        });
    }

    private static Entry entry(long id, Tip tip, Optional<String> before, Optional<String> after) {
        return new Entry(tip.municipality().map(Scope::municipality).orElse(Scope.CONSORTIUM), KEY + id, before, after);
    }

    /** Deletes what ended a month ago. */
    @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT50M")
    void forget() {
        jdbc.sql("delete from reading_tips where last_day < :before")
                .param("before", today().minusDays(KEPT_DAYS))
                .update();
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    private static Tip tip(ResultSet row) throws SQLException {
        return new Tip(
                row.getLong("id"),
                Optional.ofNullable(row.getString("municipality")),
                new InLanguages(row.getString("heading_fi"), row.getString("heading_sv"), row.getString("heading_en")),
                new InLanguages(row.getString("text_fi"), row.getString("text_sv"), row.getString("text_en")),
                row.getString("title"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class));
    }
}
