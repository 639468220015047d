package fi.kimppa.gateway.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Branches, hours, terminals, bins, the clock and what a demonstration is allowed. */
class ConsortiumTest {
    private static BackHalf house;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T19:30, SELF_SERVICE",
        "2026-11-24T10:00, STAFFED",
        "2026-11-24T17:59, STAFFED",
        "2026-11-24T18:00, SELF_SERVICE",
        "2026-11-24T21:59, SELF_SERVICE",
        "2026-11-24T22:00, ",
        "2026-11-24T05:59, ",
        "2026-11-24T06:00, SELF_SERVICE",
        "2026-11-29T12:00, SELF_SERVICE"
    })
    void opensLietoByStaffAndByCard(LocalDateTime moment, ServiceMode mode) {
        assertThat(house.consortium()
                        .branch("LIETO")
                        .orElseThrow()
                        .modeAt(moment)
                        .orElse(null))
                .isEqualTo(mode);
    }

    @Test
    void closesLietoToTheYoungAndKnowsItsIsil() {
        Branch lieto = house.consortium().branchWithIsil("FI-Lieto").orElseThrow();

        assertThat(lieto.minimumAge()).isEqualTo(15);
        assertThat(house.consortium().name()).isEqualTo("VASKI");
        assertThat(house.consortium().branch("UKI").orElseThrow().name()).isEqualTo("Uusikaupunki");
    }

    @Test
    void letsPeriodsRunPastMidnight() {
        OpeningPeriod night =
                new OpeningPeriod(DayOfWeek.FRIDAY, LocalTime.of(20, 0), Duration.ofHours(6), ServiceMode.SELF_SERVICE);

        assertThat(night.begun(LocalDateTime.parse("2026-11-28T01:59"))).isPresent();
        assertThat(night.begun(LocalDateTime.parse("2026-11-28T02:00"))).isEmpty();
        assertThat(night.begun(LocalDateTime.parse("2026-11-28T20:00"))).isEmpty();
    }

    @Test
    void logsTerminalsInWithTheirOwnPasswordOnly() {
        Terminals terminals = house.bean(Terminals.class);

        assertThat(terminals.authenticate("kiosk-turku", Secret.of("demo-kiosk-turku")))
                .contains(BackHalf.TURKU);
        assertThat(terminals.authenticate("door-lieto", Secret.of("demo-door-lieto")))
                .contains(BackHalf.DOOR);
        assertThat(terminals.authenticate("kiosk-turku", Secret.of("demo-kiosk-lieto")))
                .isEmpty();
        assertThat(terminals.authenticate("kiosk-turku", Secret.empty())).isEmpty();
        assertThat(terminals.authenticate("nobody", Secret.of("demo-nobody"))).isEmpty();
        assertThat(house.value(String.class, "select string_agg(password, '') from terminals"))
                .doesNotContain("demo");
    }

    @Test
    void refusesADemonstrationOutsideItsProfile() {
        assertThatThrownBy(() -> new Installation(house.jdbc(), house.clock(), new MockEnvironment(), "VASKI"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("well-known PINs");
    }

    @Test
    void refusesShortPasswordsOutsideADemonstration() {
        try (BackHalf real = BackHalf.real(TestPostgres.empty())) {
            real.jdbc()
                    .sql("insert into municipalities (code, name, isil) values ('TURKU', 'Turku', 'FI-Turku')")
                    .update();
            real.jdbc()
                    .sql("insert into branches (code, name, municipality, isil) values"
                            + " ('TURKU', 'Turku', 'TURKU', 'FI-Turku')")
                    .update();
            for (String password : new String[] {"demo-kiosk", "a-long-password-made-by-a-machine"}) {
                real.jdbc()
                        .sql("insert into terminals (login, kind, branch_code, institution_id, password)"
                                + " values (?, 'KIOSK', 'TURKU', 'TURKU', ?)")
                        .params(password, TerminalPassword.store(Secret.of(password)))
                        .update();
            }
            Terminals terminals = real.bean(Terminals.class);

            assertThat(terminals.authenticate("demo-kiosk", Secret.of("demo-kiosk")))
                    .isEmpty();
            assertThat(terminals.authenticate(
                            "a-long-password-made-by-a-machine", Secret.of("a-long-password-made-by-a-machine")))
                    .isPresent();
        }
    }

    @Test
    void turnsTheClockInADemonstrationOnly() {
        MockEnvironment demo = new MockEnvironment();
        demo.setActiveProfiles("demo");
        String start = "2026-11-24T19:30:00+02:00";

        Clock turned = new GatewayClock().clock(start, "", demo);

        assertThat(ZonedDateTime.now(turned).toLocalDateTime())
                .isBetween(LocalDateTime.parse("2026-11-24T19:30"), LocalDateTime.parse("2026-11-24T19:31"));
        assertThatThrownBy(() -> new GatewayClock().clock(start, "", new MockEnvironment()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kimppa.clock.start");
    }

    @Test
    void refusesDeadlinesThatDoNotNest() {
        assertThatThrownBy(() -> deadlines(10, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kimppa.deadlines must nest");
        assertThatThrownBy(() -> deadlines(8, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kimppa.deadlines.settle must be longer");
        assertThat(deadlines(8, 30).backend()).hasSeconds(8);
    }

    private static Deadlines deadlines(long backend, long settle) {
        return new Deadlines(
                Duration.ofSeconds(backend),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(settle));
    }

    @Test
    void findsTheBinOfABranchBeforeTheConsortiums() {
        assertThat(house.consortium().sortBin("TURKU", SortSituation.TRANSPORT)).isEqualTo("3");
        house.jdbc()
                .sql("insert into sort_bins values ('TURKU', 'TRANSPORT', '7')")
                .update();
        house.consortium().refresh();

        assertThat(house.consortium().sortBin("TURKU", SortSituation.TRANSPORT)).isEqualTo("7");
        assertThat(house.consortium().sortBin("LIETO", SortSituation.TRANSPORT)).isEqualTo("3");
    }
}
