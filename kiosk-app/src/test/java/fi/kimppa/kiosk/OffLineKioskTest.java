package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.sip2.message.Checkout;
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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kiosk that lends while nobody answers, over its real wires and its real disk. */
class OffLineKioskTest {
    private static final String CARD = "2000012345";
    private static final String BOOK = "3000000011";
    private static final int UNSECURED = 0xC2;

    private final ModelLibrary library =
            new ModelLibrary().patron(CARD, "1234").item(BOOK).item("3000000028");
    private final LibraryServer server = new LibraryServer(library);
    private final ReportServer reports = new ReportServer();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());

    @TempDir
    private Path data;

    private KeyPair gateway;
    private Kiosk kiosk;

    @BeforeEach
    void switchOn() throws GeneralSecurityException, IOException {
        gateway = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        reports.permit.set(signed(Files.readString(Path.of("..", "deploy", "contract", "offline-permit.json"))));
        kiosk = start();
    }

    @AfterEach
    void switchOff() {
        kiosk.close();
        desk.close();
        reports.close();
        server.close();
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

    private Kiosk start() {
        Kiosk started = new Kiosk(KioskConfiguration.parse("test", """
                {
                  "login": "kiosk-turku", "password": "long-and-random",
                  "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1, "offlineKey": "%s"},
                  "devices": {"pad": "%s", "printer": "%s", "scanner": "%s"},
                  "data": "%s",
                  "clockStart": "2026-11-24T17:30:00Z",
                  "library": {"name": "Turun kaupunginkirjasto"}
                }""".formatted(
                        server.address(),
                        reports.address(),
                        Base64.getEncoder().encodeToString(gateway.getPublic().getEncoded()),
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address(),
                        data)));
        started.start();
        kiosk = started;
        return started;
    }

    private <S extends KioskState> S until(Class<S> type, Predicate<S> condition) {
        happens(type.getSimpleName(), () -> type.isInstance(kiosk.state()) && condition.test(type.cast(kiosk.state())));
        return type.cast(kiosk.state());
    }

    private void happens(String what, BooleanSupplier condition) {
        Eventually.eventually(what, condition, kiosk::state);
    }

    private static DemoItem item(String number) {
        return DemoTags.items().stream()
                .filter(item -> item.identifier().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private void lay(String number) {
        item(number).tags().forEach(desk.pad()::lay);
    }

    private int afi(String number) {
        return desk.snapshot().pad().tags().stream()
                .filter(tag -> tag.uid().equals(item(number).tags().getFirst().uid()))
                .findFirst()
                .orElseThrow()
                .afi();
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
        happens("a host at the scanner", () -> desk.scanner().scan(CARD) > 0);
        until(KioskState.Borrowing.class, _ -> true);
        lay(BOOK);
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
    }

    @Test
    void lendsToAKnownCardAndTellsTheLibraryOnceWithItsOwnTime() throws IOException {
        borrow();
        assertThat(afi(BOOK)).isEqualTo(UNSECURED);
        assertThat(kiosk.spool().loans()).isOne();
        happens(
                "the report",
                () -> reports.reports.stream()
                        .anyMatch(report -> report.body().get("spooledLoans").intValue() == 1));
        try (var files = Files.list(data)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file.getFileName())
                        .doesNotContain(CARD);
            }
        }
        kiosk.touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        kiosk.touch(new Choice.PrintReceipt());
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        assertThat(desk.printer().slips().getFirst().text())
                .contains("arviolta")
                .contains("8.12.2026")
                .contains("Lainattu ilman yhteyttä")
                .doesNotContain(CARD);
        assertThat(library.checkouts()).isEmpty();
        server.restart();
        happens("the replay", () -> kiosk.spool().size() == 0);
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
        happens("the replay", () -> kiosk.spool().size() == 0);
        assertThat(library.checkouts()).hasSize(1);
        assertThat(kiosk.spool().refused()).isEmpty();
    }

    @Test
    void leavesToStaffWhatTheLibraryRefusesAfterwards() {
        library.refuse(BOOK);
        borrow();
        server.restart();
        happens("the event", () -> reports.told("LOAN_REPLAY_REFUSED"));
        happens("the end of it", () -> kiosk.spool().size() == 0);
        assertThat(kiosk.spool().refused())
                .as("the gateway has a task with card and item")
                .isEmpty();
        assertThat(library.checkouts()).hasSize(1);
    }

    @Test
    void tellsALoanAndAReturnInTheirOrder() {
        borrow();
        kiosk.touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        kiosk.touch(new Choice.NoReceipt());
        desk.pad().clear();
        until(KioskState.Idle.class, _ -> true);
        kiosk.touch(new Choice.Return());
        lay(BOOK);
        happens("the return on disk", () -> kiosk.spool().size() == 2);
        server.restart();
        happens("the replay", () -> kiosk.spool().size() == 0);
        assertThat(library.checkouts()).hasSize(1);
        assertThat(library.checkins()).hasSize(1);
        assertThat(library.holder(BOOK)).as("it was lent, and then returned").isEmpty();
    }

    @Test
    void makesGoodAfterAPowerCutWhatATagWasOwedWhileTheLineIsAway() {
        theLineGoes();
        happens("a host at the scanner", () -> desk.scanner().scan(CARD) > 0);
        until(KioskState.Borrowing.class, _ -> true);
        desk.pad().failSecurityWrites(item(BOOK).tags().getFirst().uid(), 99);
        lay(BOOK);
        until(
                KioskState.Borrowing.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof LoanState.PutBack));
        kiosk.close();
        desk.pad().clear();
        desk.pad().failSecurityWrites(item(BOOK).tags().getFirst().uid(), 0);
        start();
        until(KioskState.Idle.class, _ -> true);
        lay(BOOK);
        happens("the tag", () -> afi(BOOK) == UNSECURED);
        assertThat(kiosk.spool().loans()).isOne();
    }

    @Test
    void believesNoPermitOfAnotherKey() throws GeneralSecurityException, IOException {
        kiosk.close();
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
        assertThat(kiosk.state().around().machine().offLine()).isEmpty();
    }
}
