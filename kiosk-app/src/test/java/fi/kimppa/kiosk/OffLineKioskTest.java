package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.runtime.Spool;
import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kiosk that lends while nobody answers, over its real wires and its real disk. */
class OffLineKioskTest extends KioskAtDesk {
    private static final String BOOK = "3000000011";

    private KeyPair gateway;

    OffLineKioskTest() {
        super(new ModelLibrary().patron(CARD, PIN).item(BOOK).item("3000000028"));
    }

    @BeforeEach
    void switchOn() throws GeneralSecurityException, IOException {
        gateway = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        reports.permit.set(signed(Files.readString(Path.of("..", "deploy", "contract", "offline-permit.json"))));
        start();
    }

    private String signed(String permit) throws GeneralSecurityException {
        byte[] bytes = permit.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(gateway.getPrivate());
        signature.update(bytes);
        Base64.Encoder text = Base64.getEncoder();
        return "{\"permit\": \"%s\", \"signature\": \"%s\"}"
                .formatted(text.encodeToString(bytes), text.encodeToString(signature.sign()));
    }

    private void start() {
        String key = Base64.getEncoder().encodeToString(gateway.getPublic().getEncoded());
        start(", \"offlineKey\": \"%s\"".formatted(key), "");
    }

    private void theLineGoes() {
        until(
                KioskState.Idle.class,
                state -> state.around().machine().offLine().isPresent()
                        && state.around().machine().clockOff().isPresent());
        server.stop();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.OFFLINE_LENDS));
    }

    private void borrow() {
        theLineGoes();
        scan(CARD);
        until(KioskState.Borrowing.class, _ -> true);
        lay(BOOK);
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
    }

    @Test
    void lendsToAKnownCardAndTellsTheLibraryOnceWithItsOwnTime() {
        borrow();
        assertThat(afi(BOOK)).isEqualTo(UNSECURED);
        assertThat(kiosk().spool().loans()).isOne();
        happens(
                "the report",
                () -> reports.reports.stream()
                        .anyMatch(report -> report.body().get("spooledLoans").intValue() == 1));
        OnDisk.in(data)
                .forEach((file, held) ->
                        assertThat(held).as("%s", file.getFileName()).doesNotContain(CARD));
        touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        touch(new Choice.PrintReceipt());
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        assertThat(desk.printer().slips().getFirst().text())
                .contains("arviolta")
                .contains("8.12.2026")
                .contains("Lainattu ilman yhteyttä")
                .doesNotContain(CARD);
        assertThat(library.checkouts()).isEmpty();
        server.restart();
        happens("the replay", () -> kiosk().spool().size() == 0);
        assertThat(library.checkouts()).hasSize(1);
        Checkout told = library.checkouts().getFirst();
        assertThat(told.noBlock()).isTrue();
        assertThat(told.patronPassword()).isEmpty();
        assertThat(told.transactionDate().text()).startsWith("20261124    1930");
        assertThat(library.holder(BOOK)).contains(CARD);
        assertThat(library.due(BOOK)).isEqualTo("2026-12-08");
    }

    @Test
    void asksWhatBecameOfALoanWhoseAnswerWasLostAndTellsItOnce() {
        borrow();
        server.hangUpAfter(MessageType.CHECKOUT);
        server.restart();
        happens("the replay", () -> kiosk().spool().size() == 0);
        assertThat(library.checkouts()).hasSize(1);
        assertThat(kiosk().spool().refused()).isEmpty();
    }

    /** Another kiosk lent it on the same day to somebody who handed it on: both loans are due on the same day. */
    @Test
    void leavesToStaffALoanThatCannotBeToldFromAnother() {
        borrow();
        library.patron("2000012353", PIN);
        library.answer(new Checkout(
                false,
                true,
                new Timestamp("20261124    192900"),
                new Timestamp("20261208    235900"),
                "TURKU",
                "2000012353",
                BOOK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        server.hangUpAfter(MessageType.CHECKOUT);
        server.restart();
        happens("the event", () -> reports.told("LOAN_REPLAY_UNCLEAR"));
        happens("the end of it", () -> kiosk().spool().size() == 0);
        assertThat(kiosk().spool().refused())
                .singleElement()
                .extracting(Spool.Entry::item)
                .isEqualTo(BOOK);
    }

    @Test
    void leavesToStaffWhatTheLibraryRefusesAfterwards() {
        library.refuse(BOOK);
        borrow();
        server.restart();
        happens("the event", () -> reports.told("LOAN_REPLAY_REFUSED"));
        happens("the end of it", () -> kiosk().spool().size() == 0);
        assertThat(kiosk().spool().refused())
                .as("the gateway has a task with card and item")
                .isEmpty();
        assertThat(library.checkouts()).hasSize(1);
    }

    @Test
    void tellsALoanAndAReturnInTheirOrder() {
        borrow();
        touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        touch(new Choice.NoReceipt());
        desk.pad().clear();
        until(KioskState.Idle.class, _ -> true);
        touch(new Choice.Return());
        lay(BOOK);
        happens("the return on disk", () -> kiosk().spool().size() == 2);
        server.restart();
        happens("the replay", () -> kiosk().spool().size() == 0);
        assertThat(library.checkouts()).hasSize(1);
        assertThat(library.checkins()).hasSize(1);
        assertThat(library.holder(BOOK)).as("it was lent, and then returned").isEmpty();
    }

    @Test
    void makesGoodAfterAPowerCutWhatATagWasOwedWhileTheLineIsAway() {
        theLineGoes();
        scan(CARD);
        until(KioskState.Borrowing.class, _ -> true);
        desk.pad().failSecurityWrites(item(BOOK).tags().getFirst().uid(), 99);
        lay(BOOK);
        until(
                KioskState.Borrowing.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof LoanState.PutBack));
        kiosk().close();
        desk.pad().clear();
        desk.pad().failSecurityWrites(item(BOOK).tags().getFirst().uid(), 0);
        start();
        until(KioskState.Idle.class, _ -> true);
        lay(BOOK);
        happens("the tag", () -> afi(BOOK) == UNSECURED);
        assertThat(kiosk().spool().loans()).isOne();
    }

    @Test
    void believesNoPermitOfAnotherKey() throws GeneralSecurityException, IOException {
        kiosk().close();
        KeyPair right = gateway;
        gateway = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        reports.permit.set(signed(Files.readString(Path.of("..", "deploy", "contract", "offline-permit.json"))));
        gateway = right;
        start();
        until(
                KioskState.Idle.class,
                state -> state.around().machine().clockOff().isPresent());
        server.stop();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.OFFLINE));
        assertThat(kiosk().state().around().machine().offLine()).isEmpty();
    }
}
