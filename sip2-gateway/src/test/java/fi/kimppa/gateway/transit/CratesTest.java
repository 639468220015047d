package fi.kimppa.gateway.transit;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.transit.Crate.State;
import fi.kimppa.gateway.transit.Scanning.Said;
import fi.kimppa.gateway.transit.Scanning.Scanned;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A crate from the branch that fills it to the one that looks through it, with the store of a real gateway. */
class CratesTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";

    private static BackHalf house;
    private static Crates crates;
    private static Scanning scanning;
    private static Transit transit;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        crates = house.bean(Crates.class);
        scanning = house.bean(Scanning.class);
        transit = house.bean(Transit.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void nothingTravels() {
        house.clock().reset();
        for (String table : List.of("journal", "transits", "crates", "loans", "holds", "undo")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc()
                .sql("update items set destination = null, current_branch = 'LIETO'"
                        + " where destination is not null or current_branch <> 'LIETO'")
                .update();
        house.jdbc()
                .sql("update items set home_branch = 'TURKU' where number in ('" + ONE + "', '" + TWO + "')")
                .update();
    }

    private static Asking at(Terminal terminal) {
        return new Asking(house.circulation(), terminal, house.clock());
    }

    private static void returned(String item) {
        assertThat(at(BackHalf.LIETO).bringBack(item).destinationLocation()).contains("TURKU");
    }

    private static List<CrateItem> in(Crate crate) {
        return crates.items(crate.id());
    }

    private static State state(Crate crate) {
        return crates.find(crate.id()).orElseThrow().state();
    }

    @Test
    void scannedThingsGoIntoTheCrateForTheirDestinationOnceEach() {
        returned(ONE);
        returned(TWO);

        Scanned first = scanning.at("LIETO", ONE);
        Scanned second = scanning.at("LIETO", TWO);

        assertThat(first.said()).isEqualTo(Said.PACKED);
        assertThat(first.destination()).contains("TURKU");
        assertThat(second.crate().map(Crate::code)).isEqualTo(first.crate().map(Crate::code));
        assertThat(scanning.at("LIETO", ONE).said()).isEqualTo(Said.IN_CRATE);
        assertThat(in(first.crate().orElseThrow())).extracting(CrateItem::item).containsExactly(ONE, TWO);
        assertThat(transit.waitingAt("LIETO")).isEmpty();
        assertThat(transit.looseFor("TURKU")).isEmpty();
        assertThat(transit.expectedAt("TURKU")).as("expected all the same").hasSize(2);
    }

    @Test
    void saysWhyACodeDoesNotFit() {
        returned(ONE);

        assertThat(scanning.at("LIETO", "3999999999").said()).isEqualTo(Said.NOT_TRAVELLING);
        assertThat(scanning.at("NAANTALI", ONE).said()).isEqualTo(Said.THING_ELSEWHERE);
        assertThat(scanning.at("LIETO", "KC9999999").said()).isEqualTo(Said.NO_CRATE);
        assertThat(scanning.at("TURKU", ONE).said()).isEqualTo(Said.THING_ARRIVED);
        assertThat(transit.expectedAt("TURKU")).isEmpty();
    }

    @Test
    void aCrateTravelsAndWhatIsMissingAndWhatNobodyExpectedIsNamed() {
        returned(ONE);
        returned(TWO);
        Crate crate = crates.pack(transit.waitingAt("LIETO"));
        crates.close(crate.id());
        crates.takeOut(crate.id(), ONE);
        assertThat(in(crate)).as("it is closed").hasSize(2);
        crates.send(crate.id());
        assertThat(state(crate)).isEqualTo(State.SENT);

        assertThat(scanning.at("NAANTALI", crate.code()).said()).isEqualTo(Said.CRATE_ELSEWHERE);
        assertThat(state(crate)).isEqualTo(State.SENT);
        assertThat(scanning.at("TURKU", crate.code()).said()).isEqualTo(Said.CRATE_ARRIVED);
        Crate arrived = crates.find(crate.id()).orElseThrow();
        scanning.in(arrived, ONE);
        scanning.in(arrived, ONE);
        scanning.in(arrived, "3000000042");

        assertThat(in(crate).stream().filter(CrateItem::missing))
                .extracting(CrateItem::item)
                .containsExactly(TWO);
        assertThat(in(crate).stream().filter(CrateItem::unexpected))
                .extracting(CrateItem::item)
                .containsExactly("3000000042");
        crates.checked(crate.id());
        assertThat(state(crate)).isEqualTo(State.CHECKED);
        assertThat(transit.looseFor("TURKU"))
                .as("what is missing stays expected")
                .extracting(ExpectedItem::item)
                .containsExactly(TWO);
        assertThat(crates.around("TURKU")).isEmpty();
    }

    @Test
    void aReturnWhereItHadToGoCountsAsSeen() {
        returned(ONE);
        Crate crate = crates.pack(transit.waitingAt("LIETO"));
        scanning.at("TURKU", crate.code());

        assertThat(at(BackHalf.TURKU).bringBack(ONE).ok()).isTrue();

        assertThat(in(crate)).containsExactly(new CrateItem(ONE, true, true));
        assertThat(transit.expectedAt("TURKU")).isEmpty();
    }

    @Test
    void whatIsLentMeanwhileIsInNoOpenCrate() {
        returned(ONE);
        Crate crate = crates.pack(transit.waitingAt("LIETO"));

        assertThat(at(BackHalf.LIETO).lend("2000012345", ONE).ok()).isTrue();

        assertThat(in(crate)).isEmpty();
        crates.close(crate.id());
        assertThat(crates.find(crate.id())).as("an empty crate is thrown away").isEmpty();
    }

    @Test
    void aClosedCrateIsFollowedByANewOne() {
        returned(ONE);
        Crate first = crates.pack(transit.waitingAt("LIETO"));
        crates.close(first.id());
        returned(TWO);

        Crate second = crates.pack(transit.waitingAt("LIETO"));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(in(second)).extracting(CrateItem::item).containsExactly(TWO);
        assertThat(crates.closed()).extracting(Crate::code).containsExactly(first.code());
    }

    @Test
    void aCrateThatNobodySentOnPaperArrivesAllTheSame() {
        returned(ONE);
        Crate crate = crates.pack(transit.waitingAt("LIETO"));

        scanning.at("TURKU", crate.code());

        assertThat(state(crate)).isEqualTo(State.ARRIVED);
    }

    @Test
    void cratesAreForgottenAMonthAfterTheyWereLookedThrough() {
        returned(ONE);
        Crate crate = crates.pack(transit.waitingAt("LIETO"));
        scanning.at("TURKU", crate.code());
        crates.checked(crate.id());
        house.clock().pass(Duration.ofDays(29));
        crates.forget();
        assertThat(crates.find(crate.id())).isPresent();
        house.clock().pass(Duration.ofDays(2));
        crates.forget();
        assertThat(crates.find(crate.id())).isEmpty();
    }
}
