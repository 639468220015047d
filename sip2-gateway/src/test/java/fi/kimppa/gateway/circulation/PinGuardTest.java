package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PINs before the embedded library system, which counts for itself and locks a card at five wrong ones. */
class PinGuardTest {
    private static final String MAKELA = "2000012345";
    private static final String ITEM = "3000000011";

    private static BackHalf house;

    private Asking turku;
    private Asking lieto;
    private Asking door;

    @BeforeEach
    void meet() {
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
        door = new Asking(house.circulation(), BackHalf.DOOR, house.clock());
    }

    @BeforeAll
    static void start() {
        house = BackHalf.start();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @AfterEach
    void forget() {
        house.clock().reset();
        house.circulation().forget(BackHalf.TURKU);
        for (String table : List.of("try_counts", "failed_tries", "pauses", "pin_failures", "journal")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc().sql("delete from loans where item = '" + ITEM + "'").update();
    }

    @Test
    void asksTheLibrarySystemForFewerWrongPinsThanItsLockTakes() {
        for (int i = 0; i < 10; i++) {
            for (Asking terminal : List.of(turku, lieto, door)) {
                assertThat(terminal.who(MAKELA, "0000").identified()).isFalse();
            }
        }
        assertThat(looked()).isEqualTo(4);
        assertThat(turku.who(MAKELA, "1234").identified()).isFalse();
        house.clock().pass(Duration.ofMinutes(10));
        assertThat(turku.who(MAKELA, "1234").identified()).isTrue();
    }

    @Test
    void aPausedCardIsRefusedPlainlyInThePatronsLanguage() {
        for (int i = 0; i < 4; i++) {
            turku.who(MAKELA, "0000");
        }
        PatronInformationResponse answer = turku.who(MAKELA, "1234", Language.ENGLISH, Optional.empty());
        assertThat(answer.validPatronPassword()).contains(false);
        assertThat(answer.screenMessages()).containsExactly("Too many tries. Wait 10 minutes.");
        assertThat(answer.personalName()).isEmpty();
        assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD);
        assertThat(lend("1234").screenMessages()).containsExactly("Too many tries. Wait 10 minutes.");
        house.clock().pass(Duration.ofSeconds(541));
        assertThat(turku.who(MAKELA, "1234", Language.FINNISH, Optional.empty()).screenMessages())
                .containsExactly("Liian monta yritystä. Odota 1 minuutti.");
    }

    @Test
    void aWrongPinInALoanIsATryToo() {
        for (int i = 0; i < 10; i++) {
            assertThat(lend("0000").ok()).isFalse();
            assertThat(renew("0000").ok()).isFalse();
        }
        assertThat(looked()).isEqualTo(4);
        assertThat(house.value(Long.class, "select count(*) from journal where ok"))
                .isZero();
    }

    @Test
    void aRightPinClearsTheCardAndServesTheWholePile() {
        for (int i = 0; i < 3; i++) {
            turku.who(MAKELA, "0000");
        }
        assertThat(lend("1234").ok()).isTrue();
        assertThat(house.value(Long.class, "select count(*) from try_counts")).isZero();
        for (int i = 0; i < 4; i++) {
            lieto.who(MAKELA, "0000");
        }
        assertThat(turku.who(MAKELA, "1234").identified())
                .as("known at this terminal since before the pause")
                .isTrue();
    }

    @Test
    void anEmptyPinIsNeverATryInAnyMessage() {
        for (int i = 0; i < 10; i++) {
            turku.who(MAKELA, "");
            lend("");
            renew("");
            end("");
            end("9999");
        }
        assertThat(house.value(Long.class, "select count(*) from try_counts")).isZero();
        assertThat(house.value(Long.class, "select count(*) from pin_failures")).isZero();
    }

    @Test
    void anUnknownCardIsNeverPausedButCountsAtTheMachine() {
        for (int i = 0; i < 10; i++) {
            assertThat(turku.who("2999999999", "0000").validPatron()).contains(false);
        }
        assertThat(house.value(Long.class, "select count(*) from try_counts")).isZero();
        assertThat(house.value(Long.class, "select count(*) from failed_tries")).isEqualTo(10);
    }

    @Test
    void whatHasHappenedOffLineIsRecordedWhateverItsPin() {
        Checkout stored = turku.checkout(MAKELA, ITEM, turku.tick(), false, true, false, "0000");
        assertThat(turku.send(stored).ok()).isTrue();
        assertThat(looked()).isZero();
    }

    private CheckoutResponse lend(String pin) {
        return turku.send(turku.checkout(MAKELA, ITEM, turku.tick(), false, false, false, pin));
    }

    private RenewResponse renew(String pin) {
        return (RenewResponse) house.circulation()
                .serve(
                        new Renew(
                                false,
                                false,
                                turku.tick(),
                                Timestamp.BLANK,
                                "TURKU",
                                MAKELA,
                                Optional.of(Secret.of(pin)),
                                Optional.of(ITEM),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        BackHalf.TURKU);
    }

    private void end(String pin) {
        house.circulation()
                .serve(
                        new EndPatronSession(
                                turku.tick(),
                                "TURKU",
                                MAKELA,
                                Optional.empty(),
                                Optional.of(Secret.of(pin)),
                                List.of()),
                        BackHalf.TURKU);
    }

    /** How often the library system itself has looked at a wrong PIN of the card. */
    private int looked() {
        return house.jdbc()
                .sql("select failures from pin_failures where card = ?")
                .param(MAKELA)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }
}
