package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RowsTest {
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        var database = TestPostgres.empty();
        jdbc = JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
    }

    private enum Colour {
        RED,
        DEEP_BLUE
    }

    private record Thing(
            long id,
            int homeShelf,
            boolean reportedLost,
            BigDecimal feeSoFar,
            LocalDate bornOn,
            OffsetDateTime lentAt,
            Colour colour,
            @Nullable String pickupName,
            @Nullable OffsetDateTime seenAt) {}

    private static final String THING = """
            select 7 as id, 3 as home_shelf, true as reported_lost, 1.50 as fee_so_far, date '2001-02-03' as born_on,
                   timestamptz '2026-11-28 12:00Z' as lent_at, 'DEEP_BLUE' as colour, null::text as pickup_name,
                   null::timestamptz as seen_at
            """;

    @Test
    void readsWhatSpringsOwnMapperReads() {
        List<Thing> things = jdbc.sql(THING).query(Rows.of(Thing.class)).list();

        assertThat(things)
                .isEqualTo(jdbc.sql(THING)
                        .query(new SimplePropertyRowMapper<>(Thing.class))
                        .list())
                .singleElement()
                .satisfies(thing -> {
                    assertThat(thing.homeShelf()).isEqualTo(3);
                    assertThat(thing.reportedLost()).isTrue();
                    assertThat(thing.feeSoFar()).isEqualTo("1.50");
                    assertThat(thing.colour()).isEqualTo(Colour.DEEP_BLUE);
                    assertThat(thing.pickupName()).isNull();
                    assertThat(thing.seenAt()).isNull();
                });
    }

    @Test
    void missesAColumnThatIsNotThere() {
        record Other(int homeShelf, int farShelf) {}

        assertThatThrownBy(() -> jdbc.sql(THING).query(Rows.of(Other.class)).list())
                .isInstanceOf(BadSqlGrammarException.class)
                .hasRootCauseMessage("The column name far_shelf was not found in this ResultSet.");
    }
}
