package fi.kimppa.deploy;

import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualKeypad;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A Tuesday evening without a person: the three main paths and the faults, through real screens, wires, sockets and a
 * gateway of its own, in a data directory of its own and on free ports.
 */
final class Evening implements AutoCloseable {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    /** Tuesday: Lieto is staffed until 18 and open for self-service until 22. */
    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-11-24T19:30:00+02:00");

    /** Held here, since loggers that nobody holds forget their level. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private static final String AKE = "2000012345";
    private static final String SANNI = "2000012353";
    private static final String ONNI = "2000012361";
    private static final String PEKKA = "2000012387";
    private static final String LIISA = "2000012395";
    private static final List<String> PILE =
            List.of("3000000011", "3000000028", "3000000035", "3000000059", "853N06240600");

    private final Checks checks;
    private final PrintStream out;
    private final Path album;
    private final Gateway gateway;
    private final Stand.Album pictures;
    private final Clock clock;
    private Child process;
    private final Configurations files;
    private final Stand turku;
    private final Stand naantali;

    private Evening(Programs programs, PrintStream out) {
        this.out = out;
        this.checks = new Checks(out);
        this.album = programs.home().resolve("target/demo");
        Folders.empty(album);
        this.pictures = new Stand.Album(album);
        this.clock = Clock.offset(
                Clock.system(HELSINKI), Duration.between(Clock.systemUTC().instant(), BEGIN));
        Ports ports = Ports.free();
        Path data = album.resolve("data");
        this.gateway = new Gateway(
                programs,
                data.resolve("gateway"),
                album.resolve("logs"),
                ports,
                Optional.of(clock),
                Optional.of(album.resolve("sip2-conversation.txt")));
        this.process = gateway.start();
        out.println("The gateway was ready after " + gateway.awaitReady(process).toMillis() + " ms.");
        this.files = new Configurations(ports, gateway.certificatePin(), data, Optional.of(clock));
        this.turku = new Stand("TURKU", files, pictures);
        this.naantali = new Stand("NAANTALI", files, pictures);
    }

    /**
     * Plays the evening.
     *
     * @return whether every check passed
     */
    static boolean play(Programs programs, PrintStream out) {
        // Drawing off screen needs neither a display nor a window manager, and gives the same pictures everywhere.
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        // It warns of being on the class path, where one program with gateway, kiosks and script must have it.
        JAVAFX.setLevel(Level.SEVERE);
        try (Evening evening = new Evening(programs, out)) {
            evening.scene("Path 1: five books become loans", evening::pileBecomesLoans);
            evening.scene("Who may not borrow", evening::whoMayNotBorrow);
            evening.scene("What is not lent", evening::whatIsNotLent);
            evening.scene("Path 2: returns find their way", evening::returnsFindTheirWay);
            evening.scene("Path 3: a door after hours", evening::doorAfterHours);
            evening.scene("Faults of devices", evening::devicesFail);
            evening.scene("The gateway is killed", evening::gatewayIsKilled);
            out.println("Pictures, slips and the SIP2 conversation are in " + evening.album);
            out.println(evening.checks.summary());
            return evening.checks.allPassed();
        }
    }

    /** A scene that breaks off counts as failed, and the evening goes on with the next. */
    private void scene(String title, Runnable scene) {
        out.println("-- " + title);
        try {
            scene.run();
        } catch (RuntimeException e) {
            checks.check(title + " was played to its end (" + e + ")", () -> false);
            turku.clearPad();
            naantali.clearPad();
        }
    }

    // ---- path 1 ------------------------------------------------------------------------------------------

    private void pileBecomesLoans() {
        checks.eventually("the kiosk in Turku waits for somebody", () -> turku.shows(KioskState.Idle.class));
        turku.picture("idle");
        turku.press("borrow");
        checks.eventually("it asks for a card", () -> turku.shows(KioskState.AskingCard.class));
        turku.picture("card");
        turku.scan(AKE);
        checks.eventually("it asks for the PIN", () -> turku.shows(KioskState.AskingPin.class));
        turku.picture("pin");
        turku.typePin("9999");
        checks.eventually(
                "a wrong PIN is said once and nothing is shown of the patron",
                () -> turku.state() instanceof KioskState.AskingPin asking && asking.wrong() == 1);
        turku.picture("pin-wrong");
        turku.typePin("1234");
        checks.eventually("the right PIN opens the pile", () -> turku.shows(KioskState.Borrowing.class));
        turku.picture("pile-empty");
        turku.lay(PILE.toArray(String[]::new));
        checks.eventually(
                "at least one of five is being lent while the others wait",
                () -> turku.loan(PILE.getFirst()).isPresent());
        turku.picture("pile-working");
        for (String item : PILE) {
            checks.eventually(
                    item + " is a loan",
                    () -> turku.loan(item)
                            .filter(row -> row.state() instanceof LoanState.Done)
                            .isPresent());
            checks.check(
                    "the gate is silent for " + item, () -> turku.afis(item).equals(List.of(0xC2)));
        }
        turku.picture("pile-done");
        List<String> titles = turku.state() instanceof KioskState.Borrowing pile
                ? pile.rows().stream().map(LoanRow::name).toList()
                : List.of();
        turku.press("finish");
        checks.eventually("it offers a receipt", () -> turku.shows(KioskState.OfferingReceipt.class));
        turku.picture("receipt-offer");
        turku.press("print-receipt");
        checks.eventually("it says goodbye", () -> turku.shows(KioskState.Farewell.class));
        turku.picture("farewell");
        checks.eventually(
                "the receipt is on paper", () -> !turku.desk().printer().slips().isEmpty());
        List<PrintedSlip> slips = turku.newSlips();
        checks.check("the receipt lists the five loans and when they are due", () -> {
            String text = slips.getFirst().text();
            return titles.size() == 5
                    && titles.stream()
                            .allMatch(title -> text.contains(title.substring(0, Math.min(14, title.length()))))
                    && text.contains("24.11.2026")
                    && text.split("Eräpäivä", -1).length == 6;
        });
        checks.check(
                "the receipt names nobody",
                () -> slips.stream().noneMatch(slip -> slip.text().matches("(?s).*(Mäkelä|Åke|" + AKE + "|1234).*")));
        turku.clearPad();
        checks.eventually(
                "the kiosk knows nobody again",
                () -> turku.shows(KioskState.Idle.class)
                        && !turku.state().toString().contains(AKE));
        checks.check(
                "the library's list has the five, and the one from before",
                () -> charged(AKE, "1234")
                        .containsAll(Stream.concat(PILE.stream(), Stream.of("3000000097"))
                                .toList()));
    }

    /** What the library says that a patron has, asked over a line of its own. */
    private List<String> charged(String card, String pin) {
        Sip2Address address = new Sip2Address("127.0.0.1", gateway.ports().of(Ports.Use.SIP), false, Optional.empty());
        try (Sip2Client client =
                new Sip2Client(Sip2Client.Settings.of(address, "kiosk-aura", Secret.of("demo-kiosk-aura")))) {
            PatronInformation question = new PatronInformation(
                    "007",
                    Timestamp.of(clock.instant(), HELSINKI),
                    ItemList.summary(Optional.of(ItemList.CHARGED)),
                    "AURA",
                    card,
                    Optional.empty(),
                    Optional.of(Secret.of(pin)),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
            return client.exchange(question) instanceof PatronInformationResponse answer
                    ? answer.items().getOrDefault(ItemList.CHARGED, List.of())
                    : List.of();
        }
    }

    private void signIn(Stand stand, String card, String pin) {
        stand.press("borrow");
        checks.eventually("a card is asked for", () -> stand.shows(KioskState.AskingCard.class));
        stand.scan(card);
        checks.eventually("a PIN is asked for", () -> stand.shows(KioskState.AskingPin.class));
        stand.typePin(pin);
    }

    private void goHome(Stand stand) {
        stand.clearPad();
        checks.eventually("the kiosk is idle again", () -> {
            for (String way : List.of("no-receipt", "finish", "cancel")) {
                if (!stand.shows(KioskState.Idle.class) && stand.canPress(way)) {
                    stand.press(way);
                }
            }
            return stand.shows(KioskState.Idle.class);
        });
    }

    // ---- refusals ----------------------------------------------------------------------------------------

    private void whoMayNotBorrow() {
        turku.press("language-sv");
        checks.eventually(
                "it speaks Swedish", () -> turku.state().language().tag().equals("sv"));
        turku.picture("idle-sv");
        signIn(turku, SANNI, "4321");
        checks.eventually(
                "fees over the limit are said before anything is tried",
                () -> turku.state() instanceof KioskState.Blocked stop
                        && stop.reason() == KioskState.Blocked.Reason.FEES);
        turku.picture("blocked-fees-sv");
        goHome(turku);
        turku.press("language-en");
        checks.eventually(
                "it speaks English", () -> turku.state().language().tag().equals("en"));
        turku.picture("idle-en");
        signIn(turku, PEKKA, "3333");
        checks.eventually(
                "an expired card is said",
                () -> turku.state() instanceof KioskState.Blocked stop
                        && stop.reason() == KioskState.Blocked.Reason.CARD_EXPIRED);
        turku.picture("blocked-expired-en");
        goHome(turku);
        checks.check(
                "the language is the branch's own again",
                () -> turku.state().language().tag().equals("fi"));
    }

    private void whatIsNotLent() {
        signIn(turku, ONNI, "1111");
        checks.eventually("a child's card opens the pile", () -> turku.shows(KioskState.Borrowing.class));
        turku.lay("3000000073", "3000000080");
        turku.layPart("3000000066", 1);
        turku.layPart("3000000066", 2);
        checks.eventually(
                "the encyclopaedia stays in the library", () -> refused("3000000073", LoanState.Reason.REFERENCE));
        checks.eventually("the film has an age limit", () -> refused("3000000080", LoanState.Reason.AGE));
        checks.eventually(
                "two of three parts are no loan",
                () -> turku.loan("3000000066")
                        .filter(row -> row.state().equals(new LoanState.Incomplete(2, 3)))
                        .isPresent());
        checks.check(
                "nothing that was refused may pass the gate",
                () -> Stream.of("3000000073", "3000000080", "3000000066")
                        .flatMap(item -> turku.afis(item).stream())
                        .allMatch(afi -> afi == 0x07));
        turku.picture("pile-refused");
        turku.layPart("3000000066", 3);
        checks.eventually(
                "the third part makes it one loan",
                () -> turku.loan("3000000066")
                        .filter(row -> row.state() instanceof LoanState.Done)
                        .isPresent());
        checks.check(
                "all three parts may pass the gate",
                () -> turku.afis("3000000066").equals(List.of(0xC2, 0xC2, 0xC2)));
        goHome(turku);
    }

    private boolean refused(String item, LoanState.Reason reason) {
        return turku.loan(item)
                .filter(row -> row.state() instanceof LoanState.Refused refused && refused.reason() == reason)
                .isPresent();
    }

    // ---- path 2 ------------------------------------------------------------------------------------------

    private void returnsFindTheirWay() {
        checks.eventually("the kiosk in Naantali waits for somebody", () -> naantali.shows(KioskState.Idle.class));
        naantali.press("return");
        naantali.lay("3000000097");
        comesBack(naantali, "3000000097", ReturnState.Kind.HOLD_ELSEWHERE, "3", "Lieto");
        naantali.picture("return-hold");
        checks.eventually(
                "a slip is on paper", () -> !naantali.desk().printer().slips().isEmpty());
        List<PrintedSlip> slips = naantali.newSlips();
        checks.check(
                "the slip says where and under which name it is fetched",
                () -> slips.stream()
                        .anyMatch(slip -> slip.text().contains("KOIVU 4711")
                                && slip.text()
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .contains("LIETO")));
        checks.check(
                "the slip names neither who waits nor who had it",
                () -> slips.stream()
                        .noneMatch(slip ->
                                slip.text().matches("(?s).*(Heino|Liisa|Mäkelä|Åke|" + LIISA + "|" + AKE + ").*")));
        naantali.returned("3000000097").ifPresent(row -> naantali.press("placed-" + row.number()));
        checks.eventually(
                "somebody says that it lies in its bin",
                () -> naantali.returned("3000000097")
                        .filter(row -> row.state() instanceof ReturnState.Returned)
                        .isPresent());
        goHome(naantali);
        turku.press("return");
        turku.lay("3000000042");
        comesBack(turku, "3000000042", ReturnState.Kind.TRANSFER, "3", "Naantali");
        turku.picture("return-transfer");
        turku.clearPad();
        turku.lay("3000000011");
        comesBack(turku, "3000000011", ReturnState.Kind.STAYS, "1", "");
        turku.picture("return-stays");
        goHome(turku);
        turku.newSlips();
    }

    private void comesBack(Stand stand, String item, ReturnState.Kind kind, String number, String library) {
        ReturnState.Destination bin = new ReturnState.Destination(kind, number, library);
        checks.eventually(
                item + " is returned: " + kind + ", bin " + number + (library.isEmpty() ? "" : ", " + library),
                () -> stand.returned(item)
                        .filter(row -> row.state()
                                .equals(
                                        kind.hold()
                                                ? new ReturnState.ToBin(bin, false)
                                                : new ReturnState.Returned(bin)))
                        .isPresent());
        checks.check(
                "the gate is awake for " + item, () -> stand.afis(item).stream().allMatch(afi -> afi == 0x07));
        checks.check(
                "the screen's state names no borrower",
                () -> !withoutNews(stand.state()).matches("(?s).*(Mäkelä|Åke|Heino|Liisa|Lehtonen|20000123\\d\\d).*"));
    }

    /** New titles have authors, who may be called as patrons are. */
    private static String withoutNews(KioskState state) {
        return state.toString().replace(state.around().machine().feed().toString(), "");
    }

    // ---- path 3 ------------------------------------------------------------------------------------------

    private void doorAfterHours() {
        try (VirtualDesk porch = VirtualDesk.start(DeskPorts.any());
                VirtualKeypad keypad = VirtualKeypad.start(0);
                DoorStand door = new DoorStand(files, porch, keypad, pictures)) {
            checks.eventually("the door in Lieto waits for somebody", () -> door.scene() instanceof DoorScene.Idle);
            door.picture("idle");
            checks.check("it is locked", () -> !porch.door().released());
            door.enter(ONNI, "1111");
            denied(door, porch, "a child", DoorScene.Refusal.AGE);
            door.enter(LIISA, "9999");
            denied(door, porch, "a wrong PIN", DoorScene.Refusal.CARD_OR_PIN);
            door.enter(PEKKA, "3333");
            denied(door, porch, "an expired card", DoorScene.Refusal.CARD_EXPIRED);
            // A card that is seen again at once is one that is held before the scanner, and people are not so quick.
            Checks.until(() -> door.scene() instanceof DoorScene.Idle);
            door.enter(LIISA, "246810");
            checks.eventually("Liisa's card opens it", () -> porch.door().released());
            checks.eventually("it says welcome", () -> door.scene() instanceof DoorScene.Welcome);
            door.picture("welcome");
            checks.check(
                    "the door can be opened from outside", () -> porch.door().pull());
            porch.door().shut();
            checks.eventually("it locks again by itself", () -> !porch.door().released());
        }
    }

    private void denied(DoorStand door, VirtualDesk porch, String who, DoorScene.Refusal reason) {
        checks.eventually(
                who + " is refused with one sentence",
                () -> door.scene() instanceof DoorScene.Refused refused && refused.reason() == reason);
        door.picture("refused-" + reason.name().toLowerCase(java.util.Locale.ROOT));
        checks.check("the lock has not moved for " + who, () -> !porch.door().released());
    }

    // ---- faults ------------------------------------------------------------------------------------------

    private void devicesFail() {
        turku.desk().printer().setPaper(Paper.OUT);
        turku.desk().pad().unplug();
        checks.eventually(
                "the kiosk knows that pad and paper are gone",
                () -> turku.state().around().banners().containsAll(List.of(Banner.PAD_LOST, Banner.PAPER_OUT)));
        signIn(turku, AKE, "1234");
        checks.eventually("it lends without them", () -> turku.shows(KioskState.Borrowing.class));
        turku.picture("pad-lost");
        turku.scan("3000000011");
        checks.eventually(
                "a bar code becomes a loan without the pad",
                () -> turku.loan("3000000011")
                        .filter(row -> row.state().isLoan())
                        .isPresent());
        turku.picture("bar-code");
        turku.desk().pad().replug();
        turku.desk().printer().setPaper(Paper.ENOUGH);
        checks.eventually(
                "both come back by themselves",
                () -> turku.state().around().banners().isEmpty());
        turku.desk()
                .pad()
                .failSecurityWrites(Stand.item("3000000011").tags().getFirst().uid(), 2);
        turku.lay("3000000011");
        checks.eventually(
                "a tag that fails twice is a loan in the end",
                () -> turku.loan("3000000011")
                        .filter(row -> row.state() instanceof LoanState.Done)
                        .isPresent());
        checks.check("and may pass the gate", () -> turku.afis("3000000011").equals(List.of(0xC2)));
        goHome(turku);
    }

    private void gatewayIsKilled() {
        turku.press("return");
        checks.eventually("the kiosk takes returns", () -> turku.shows(KioskState.Returning.class));
        process.kill();
        out.println("      the gateway is killed");
        turku.lay("3000000028");
        checks.eventually(
                "a return is taken while the gateway is away",
                () -> turku.returned("3000000028")
                        .filter(row -> row.state() instanceof ReturnState.Returned(ReturnState.Destination where)
                                && where.kind() == ReturnState.Kind.LATER
                                && where.bin().equals("9"))
                        .isPresent());
        checks.check("and is on disk", () -> turku.kiosk().spool().size() == 1);
        turku.picture("return-later");
        process = gateway.start();
        out.println("      the gateway was ready again after "
                + gateway.awaitReady(process).toMillis() + " ms");
        checks.eventually(
                "the library learns of it", () -> turku.kiosk().spool().size() == 0);
        goHome(turku);
        checks.check("the book is no loan any more", () -> !charged(AKE, "1234").contains("3000000028"));
        checks.eventually(
                "the line is back", () -> turku.state().around().banners().isEmpty());
        signIn(turku, AKE, "1234");
        checks.eventually("the pile is open", () -> turku.shows(KioskState.Borrowing.class));
        turku.lay("3000000028");
        checks.eventually(
                "it is lent again",
                () -> turku.loan("3000000028")
                        .filter(row -> row.state() instanceof LoanState.Done)
                        .isPresent());
        process.kill();
        out.println("      the gateway is killed in mid-pile");
        turku.lay("853N06240600", "3000000042");
        checks.eventually(
                "the kiosk says which are loans and which are not",
                () -> turku.loan("3000000028")
                                .filter(row -> row.state().isLoan())
                                .isPresent()
                        && turku.loan("3000000042")
                                .filter(row -> row.state() instanceof LoanState.Offline
                                        || row.state() instanceof LoanState.Checking)
                                .isPresent());
        turku.picture("pile-offline");
        process = gateway.start();
        gateway.awaitReady(process);
        for (String item : List.of("853N06240600", "3000000042")) {
            checks.eventually(
                    item + " is not called failed",
                    () -> turku.loan(item).filter(row -> row.state().isLoan()).isPresent());
        }
        goHome(turku);
        checks.check(
                "what the kiosk called loans is what the library lists",
                () -> charged(AKE, "1234").containsAll(List.of("3000000028", "853N06240600", "3000000042")));
    }

    @Override
    public void close() {
        turku.close();
        naantali.close();
        process.close();
    }
}
