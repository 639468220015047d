package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.sip2.message.Checkout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change in a library system elsewhere, while our own database answers and has no room for what is written. */
class FullDiskTest {
    private static final String MAKELA = "2000012345";
    private static final String ITEM = "3000000011";

    private static BackHalf house;
    private static FaultyBackend backend;

    private Asking turku;
    private int before;

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class);
        backend = house.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void begin() {
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        before = backend.changes.get();
    }

    @AfterEach
    void makeRoom() {
        house.jdbc().sql("drop function if exists full_disk() cascade").update();
        await(() -> house.circulation().writes());
    }

    @Test
    void isNotSentWhenItsRowCannotBeWritten() {
        Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
        fails("insert");

        assertThatThrownBy(() -> turku.send(checkout))
                .isInstanceOfSatisfying(
                        JournalSilentException.class,
                        silent -> assertThat(silent.nothingBegun()).isTrue());
        assertThat(backend.changes).hasValue(before);
        assertThat(house.circulation().writes()).isFalse();

        makeRoom();
        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(backend.changes).hasValue(before + 1);
        assertThat(turku.bringBack(ITEM).ok()).isTrue();
    }

    /** The system elsewhere has lent: the patron hears so, and the row is settled by asking. */
    @Test
    void isAnsweredWhenOnlyItsEndCannotBeWrittenAndIsNotDoneTwice() {
        Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
        fails("update");

        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(house.circulation().writes()).isFalse();

        makeRoom();
        house.pass(house.bean(Deadlines.class).kiosk().multipliedBy(2));
        assertThat(turku.send(checkout).ok()).as("a repeat").isTrue();
        assertThat(backend.changes).hasValue(before + 1);
        await(() -> house.value(
                        String.class,
                        "select state || ' ' || ok from journal where item = ? order by id desc limit 1",
                        ITEM)
                .equals("SETTLED true"));
        assertThat(turku.bringBack(ITEM).ok()).isTrue();
    }

    private static void fails(String write) {
        house.jdbc().sql("""
                        create function full_disk() returns trigger language plpgsql as
                        'begin raise exception ''could not write: Input/output error'' using errcode = ''58030''; end'
                        """).update();
        house.jdbc()
                .sql("create trigger full_disk before " + write + " on journal execute function full_disk()")
                .update();
    }
}
