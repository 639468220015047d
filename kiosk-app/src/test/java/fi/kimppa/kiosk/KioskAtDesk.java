package fi.kimppa.kiosk;

import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kiosk before the virtual desk, a small library and a gateway's HTTP, over their real wires: what the tests of a whole kiosk have in
 * common. Threads: the test's.
 */
abstract class KioskAtDesk {
    static final String CARD = "2000012345";
    static final String PIN = "1234";

    /** AFI of a tag that the doors hear, and of one that they do not (ISO 28560-1). */
    static final int SECURED = 0x07;

    static final int UNSECURED = 0xC2;

    final ModelLibrary library;
    final LibraryServer server;
    final ReportServer reports = new ReportServer();
    final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final List<Kiosk> started = new ArrayList<>();

    @TempDir
    Path data;

    KioskAtDesk(ModelLibrary library) {
        this.library = library;
        this.server = new LibraryServer(library);
    }

    @AfterEach
    void switchOff() {
        started.forEach(Kiosk::close);
        desk.close();
        reports.close();
        server.close();
    }

    /**
     * Switches a kiosk on; what it keeps is in the same folder each time.
     *
     * @param gateway what its file says of the gateway beside addresses, with a comma in front
     * @param more further parts of its file, each with a comma in front
     */
    final Kiosk start(String gateway, String more) {
        started.add(new Kiosk(KioskConfiguration.parse("test", """
                {
                  "login": "kiosk-turku", "password": "long-and-random",
                  "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1%s},
                  "devices": {"pad": "%s", "printer": "%s", "scanner": "%s"},
                  "data": "%s",
                  "clockStart": "2026-11-24T17:30:00Z",
                  "library": {"name": "Turun kaupunginkirjasto"}%s
                }""".formatted(
                        server.address(),
                        reports.address(),
                        gateway,
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address(),
                        data,
                        more))));
        kiosk().start();
        return kiosk();
    }

    /** The kiosk that was switched on last. */
    final Kiosk kiosk() {
        return started.getLast();
    }

    final void touch(Choice choice) {
        kiosk().touch(choice);
    }

    /** Waits for a state. */
    final <S extends KioskState> S until(Class<S> type, Predicate<S> condition) {
        happens(
                type.getSimpleName(),
                () -> type.isInstance(kiosk().state()) && condition.test(type.cast(kiosk().state())));
        return type.cast(kiosk().state());
    }

    final void happens(String what, BooleanSupplier condition) {
        Eventually.eventually(what, condition, () -> kiosk().state());
    }

    /** Shows a card to the scanner. */
    final void scan(String card) {
        scan(desk, card, () -> kiosk().state());
    }

    /** Shows a card as soon as somebody reads it: before the simulator has accepted the kiosk's connection a scan reaches nobody. */
    static void scan(VirtualDesk desk, String card, Supplier<Object> instead) {
        Eventually.eventually("a host at the scanner", () -> desk.scanner().scan(card) > 0, instead);
    }

    /** Types on the glass, as far as the session knows. */
    final void type(String pin) {
        pin.chars().forEach(digit -> touch(new Choice.Digit(digit - '0')));
        touch(new Choice.Ok());
    }

    final void login() {
        scan(CARD);
        until(KioskState.AskingPin.class, _ -> true);
        type(PIN);
        until(KioskState.Borrowing.class, _ -> true);
    }

    /** A thing of the demo's shelf. */
    static DemoItem item(String number) {
        return DemoTags.items().stream()
                .filter(item -> item.identifier().equals(number))
                .findFirst()
                .orElseThrow();
    }

    final void lay(String number) {
        item(number).tags().forEach(desk.pad()::lay);
    }

    /** What the doors make of a thing on the pad. */
    final int afi(String number) {
        return desk.snapshot().pad().tags().stream()
                .filter(tag -> tag.uid().equals(item(number).tags().getFirst().uid()))
                .findFirst()
                .orElseThrow()
                .afi();
    }
}
