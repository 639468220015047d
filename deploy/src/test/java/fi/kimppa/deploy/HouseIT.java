package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.AfiPair;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.kiosk.Kiosk;
import fi.kimppa.kiosk.KioskConfiguration;
import fi.kimppa.kiosk.StaffPad;
import fi.kimppa.kiosk.StaffPadConfiguration;
import fi.kimppa.kiosk.runtime.Spool;
import fi.kimppa.kiosk.session.KioskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole house under ill treatment: real processes are killed, devices fail, and nonsense is said over the wire. What is random is
 * seeded; the seed is printed and {@code -Dkimppa.seed} sets it.
 */
class HouseIT {
    private static final long SEED = Long.getLong("kimppa.seed", System.nanoTime());
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(2);
    /** A random moment within it meets a machine anywhere in its work on one book. */
    private static final Duration A_BOOK = Duration.ofMillis(15);
    /** And within this one anywhere in its start. */
    private static final Duration A_START = Duration.ofMillis(1_500);

    private static House house;

    @BeforeAll
    static void build() {
        House.say("seed " + SEED);
        house = House.build("house");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    // ---- a kiosk is killed -------------------------------------------------------------------------------

    @Test
    void everyReturnThatAKilledKioskPromisedIsInTheLibraryOnce() {
        Random random = new Random(SEED);
        try (ReturnStation station = new ReturnStation(house, "NAANTALI", "killed-station");
                Questions questions = new Questions(house)) {
            for (int round = 1; round <= 5; round++) {
                House.await("the station has found its pad", station::atWork);
                List<String> books = house.store().lentBooks(6);
                station.lay(books);
                int before = random.nextInt(books.size());
                House.await(
                        before + " books are promised", () -> station.promised().size() >= before);
                House.moment(random, before == 0 ? A_START : A_BOOK);
                station.kill();
                Set<String> promised = station.promised();
                House.say(
                        "kiosk killed, round " + round + ": " + promised.size() + " of " + books.size() + " promised");
                assertThat(promised)
                        .allSatisfy(book -> assertThat(questions.lent(book))
                                .as(book + " is still lent")
                                .isFalse());
                station.restart();
                House.await(
                        "the pile that still lies there is taken back",
                        () -> station.promised().containsAll(books));
                assertThat(books).allSatisfy(book -> {
                    assertThat(questions.lent(book)).isFalse();
                    assertReturnedOnce(book);
                });
                station.clear();
            }
        }
    }

    @Test
    void whatAKioskTookWhileTheGatewayWasDownArrivesWithTheDateOfTheReturn() {
        Random random = new Random(SEED + 1);
        List<String> books = house.store().lentBooks(8);
        List<String> early = books.subList(0, 4);
        List<String> late = books.subList(4, 8);
        try (ReturnStation station = new ReturnStation(house, "LIETO", "lonely-station")) {
            House.await("the station has found its pad", station::atWork);
            Instant begin = Instant.now();
            station.lay(early);
            int before = random.nextInt(early.size());
            House.await(before + " books are promised", () -> station.promised().size() >= before);
            House.moment(random, A_BOOK);
            house.killGateway();
            station.lay(late);
            int alone = 1 + random.nextInt(late.size() - 1);
            House.await(
                    alone + " of the late books are promised",
                    () -> late.stream().filter(station.promised()::contains).count() >= alone);
            House.moment(random, A_BOOK);
            station.kill();
            Set<String> promised = station.promised();
            Set<String> known = returned(books);
            Set<String> onDisk = spooled("lonely-station", "kiosk-lieto");
            House.say("gateway killed, then the kiosk: " + known.size() + " returned, " + promised.size()
                    + " promised, " + onDisk.size() + " on disk");
            assertThat(known).as("what the library knows").doesNotContainAnyElementsOf(late);
            assertThat(Stream.concat(known.stream(), onDisk.stream()))
                    .as("in the library or on disk")
                    .containsAll(promised);
            station.restart();
            House.await("the rest is taken back", () -> station.promised().containsAll(books));
            Instant end = Instant.now();
            assertThat(returned(books))
                    .as("what the library knows before it is back")
                    .isEqualTo(known);
            house.restartGateway();
            try (Questions questions = new Questions(house)) {
                House.await(
                        "the library learns of every return",
                        () -> books.stream().noneMatch(questions::lent));
            }
            assertThat(books).allSatisfy(book -> {
                assertReturnedOnce(book);
                // The wire has whole seconds.
                assertThat(house.store().loans(book).getLast().returned().orElseThrow())
                        .isBetween(begin.minusSeconds(1), end);
            });
        }
    }

    private static Set<String> returned(List<String> books) {
        return books.stream()
                .filter(book -> house.store().loans(book).stream()
                        .allMatch(loan -> loan.returned().isPresent()))
                .collect(Collectors.toSet());
    }

    private static Set<String> spooled(String station, String login) {
        Set<String> items = new HashSet<>();
        try (Spool spool = Spool.open(house.logs().resolveSibling(station).resolve(login))) {
            spool.waiting().forEach(entry -> items.add(entry.item()));
        }
        return items;
    }

    private static void assertReturnedOnce(String book) {
        assertThat(house.store().loans(book))
                .as("the loans of " + book)
                .singleElement()
                .matches(loan -> loan.returned().isPresent());
    }

    // ---- the gateway is killed ---------------------------------------------------------------------------

    @Test
    void whatTheGatewayAnsweredBeforeItWasKilledIsSo() throws InterruptedException {
        Random random = new Random(SEED + 2);
        for (int round = 1; round <= 2; round++) {
            List<String> books = house.store().shelvedBooks(8, VendorMachine.BRANCH);
            VendorMachine machine = new VendorMachine(house, books, new Random(random.nextLong()));
            machine.start();
            int before = 1 + random.nextInt(40);
            House.await(before + " answers", () -> machine.answers() >= before);
            House.moment(random, A_BOOK);
            house.killGateway();
            machine.join();
            assertThat(machine.complaint()).isEmpty();
            house.restartGateway();
            House.say("gateway killed, round " + round + ": " + machine.answers() + " changes answered, "
                    + machine.unanswered()
                            .map(change -> "a " + (change.loan() ? "loan" : "return") + " not")
                            .orElse("none under way"));
            House.await("nothing in the journal is open", () -> house.store().unsettled() == 0);
            assertAsAnswered(machine, books);
            machine.unanswered().ifPresent(change -> assertRepeatDoesItOnce(machine, change));
        }
    }

    private static void assertAsAnswered(VendorMachine machine, List<String> books) {
        try (Questions questions = new Questions(house)) {
            List<String> charged = questions.charged(VendorMachine.CARD, VendorMachine.PIN);
            for (String book : books) {
                boolean lent = questions.lent(book);
                List<Store.Loan> loans = house.store().loans(book);
                assertThat(charged.contains(book))
                        .as("17 and 63 agree on " + book)
                        .isEqualTo(lent);
                assertThat(loans.stream().filter(loan -> loan.returned().isEmpty()))
                        .as("open loans of " + book)
                        .hasSize(lent ? 1 : 0);
                boolean open = machine.unanswered()
                        .filter(change -> change.item().equals(book))
                        .isPresent();
                if (!open) {
                    assertThat(lent).as(book + " is lent").isEqualTo(machine.lent(book));
                    assertThat(loans).as("loans of " + book).hasSize(machine.loans(book));
                }
            }
        }
    }

    /** Settled either way, and a machine that says it again gets it done, once in all. */
    private static void assertRepeatDoesItOnce(VendorMachine machine, VendorMachine.Change change) {
        String book = change.item();
        assertThat(VendorMachine.ok(machine.repeat(change)))
                .as("the repeat of " + change.request() + " is answered yes")
                .isTrue();
        List<Store.Loan> loans = house.store().loans(book);
        assertThat(loans).as("loans of " + book).hasSize(machine.loans(book) + (change.loan() ? 1 : 0));
        try (Questions questions = new Questions(house)) {
            assertThat(questions.lent(book)).isEqualTo(change.loan());
            assertThat(questions.charged(VendorMachine.CARD, VendorMachine.PIN).contains(book))
                    .isEqualTo(change.loan());
        }
    }

    // ---- staff see it ------------------------------------------------------------------------------------

    @Test
    void staffSeeAFaultWithinTwoSecondsWithoutReload() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                Kiosk kiosk = new Kiosk(KioskConfiguration.parse(
                        "kiosk",
                        house.terminals("watched-kiosk")
                                .kiosk(
                                        "TURKU",
                                        desk.pad().address(),
                                        desk.printer().address(),
                                        desk.scanner().address())));
                StaffScreen screen = new StaffScreen(house)) {
            kiosk.start();
            House.await("the kiosk is idle", () -> kiosk.state() instanceof KioskState.Idle);
            screen.awaitRow("kiosk-turku", "is-working");
            List<Duration> paper = new ArrayList<>();
            List<Duration> pad = new ArrayList<>();
            for (int round = 1; round <= 3; round++) {
                paper.add(screen.rowAfter(() -> desk.printer().setPaper(Paper.LOW), "kiosk-turku", "is-attention"));
                desk.printer().setPaper(Paper.ENOUGH);
                screen.awaitRow("kiosk-turku", "is-working");
                pad.add(screen.rowAfter(desk.pad()::unplug, "kiosk-turku", "is-fault"));
                desk.pad().replug();
                screen.awaitRow("kiosk-turku", "is-working");
            }
            House.say("from the fault to the changed row, in ms: paper low " + millis(paper) + ", pad lost "
                    + millis(pad));
            assertThat(Stream.concat(paper.stream(), pad.stream()))
                    .allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(SEEN_WITHIN));
            assertThat(screen.neverReloaded()).isTrue();
        }
    }

    private static List<Long> millis(List<Duration> times) {
        return times.stream().map(Duration::toMillis).toList();
    }

    // ---- staff have a tag written ------------------------------------------------------------------------

    @Test
    void aStaffPadWritesTheTagThatIsOrderedInTheBrowser() {
        house.store().addStaffPad("desk-turku", "TURKU");
        house.killGateway();
        house.restartGateway();
        String book = house.store().shelvedBooks(1, "TURKU").getFirst();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                StaffPad pad = new StaffPad(StaffPadConfiguration.parse("staff pad", """
                        {"login": "desk-turku", "password": "demo-desk-turku",
                         "gateway": {"http": "http://127.0.0.1:%d"}, "devices": {"pad": "%s"}}
                        """.formatted(
                                house.ports().of(Ports.Use.HTTP), desk.pad().address())));
                StaffScreen screen = new StaffScreen(house)) {
            desk.pad().lay(new VirtualTag(Uid.parse("E004015000000001"), 0, 0, new byte[112]));
            pad.start();
            screen.awaitRow("desk-turku", "is-working");
            Duration time = screen.tagWritten(book, "desk-turku");
            House.say("from the button to the written tag: " + time.toMillis() + " ms");
            VirtualTag tag = desk.snapshot().pad().tags().getFirst();
            assertThat(TagCodec.decode(tag.dsfid(), tag.memory()))
                    .isEqualTo(new TagContent.Decoded(ItemTag.single(book, "FI-Turku", TagModel.ISO_28560_2), false));
            assertThat(tag.afi()).isEqualTo(AfiPair.STANDARD.secured());
        }
    }

    // ---- nonsense over the wire --------------------------------------------------------------------------

    private static final String LOGIN = "9300CNkiosk-turku|COdemo-kiosk-turku|CPTURKU|";
    private static final String STATUS = "9900302.00";
    private static final String BOOK = "3000000011";

    @Test
    void asksAgainWhenTheChecksumIsWrong() throws IOException {
        try (RawLine line = new RawLine(house)) {
            assertThat(line.ask(STATUS + "AY1AZFCA6")).isEqualTo("96AZFEF6");
            assertThat(line.ask(STATUS + "AY1AZFCA5")).startsWith("98Y").contains("AY1AZ");
        }
    }

    @Test
    void keepsSilentAtAnUnknownCommand() throws IOException {
        try (RawLine line = new RawLine(house)) {
            assertThat(line.ask(LOGIN)).isEqualTo("941");
            line.say("9Z00");
            line.say("XY");
            assertThat(line.ask(STATUS)).startsWith("98Y");
        }
    }

    @Test
    void refusesACutCommandByItsOwnType() throws IOException {
        try (RawLine line = new RawLine(house)) {
            assertThat(line.ask(LOGIN)).isEqualTo("941");
            assertThat(line.ask("11YN2026")).startsWith("120NUN");
            assertThat(line.ask("09N")).startsWith("100NUY");
            assertThat(line.ask("63007")).startsWith("64YYYY");
            assertThat(line.ask("17")).startsWith("18010101");
            assertThat(line.ask(STATUS)).startsWith("98Y");
        }
    }

    @Test
    void refusesAndDoesNothingBeforeTheLogin() throws IOException {
        try (RawLine line = new RawLine(house);
                Questions questions = new Questions(house)) {
            assertThat(line.ask("11YN20261124    193000                  AOTURKU|AA2000012345|AB" + BOOK
                            + "|AC|AD1234|BON|BIN|"))
                    .startsWith("120NUN");
            assertThat(line.ask("6300720261124    193000  Y       AOTURKU|AA2000012345|AC|AD1234|"))
                    .startsWith("64YYYY")
                    .doesNotContain("Mäkelä");
            assertThat(questions.lent(BOOK)).isFalse();
        }
    }

    @Test
    void closesTheConnectionOfAnOversizedLineAndNoOther() throws IOException {
        try (RawLine line = new RawLine(house);
                RawLine bystander = new RawLine(house)) {
            assertThat(bystander.ask(LOGIN)).isEqualTo("941");
            assertThat(line.ask(LOGIN)).isEqualTo("941");
            line.say("63" + "x".repeat(70_000));
            assertThat(line.hungUp()).as("the gateway hangs up").isTrue();
            assertThat(bystander.ask(STATUS)).startsWith("98Y");
        }
    }
}
