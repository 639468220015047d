package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.sip2.wire.MessageType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After an evening of patrons nothing of them is left: not on the glass, not in what the idle kiosk's process can reach, not in its
 * log and not in its folder. Looked for are card numbers, PINs, addresses, titles and item numbers that stand nowhere else, in every
 * form in which Java or SQLite keep text.
 */
class PrivacyTest {
    private static final String CARD = "2977310468";
    private static final String PIN = "90417326";
    private static final String OTHER_CARD = "2955120873";
    private static final String OTHER_PIN = "61583094";
    private static final String WRONG_PIN = "83650271";
    /** A title of Latin letters, and one that Java keeps as UTF-16. */
    private static final Map<String, String> TITLES = Map.of(
            "3900000011", "Qvantzärin kirja",
            "3900000028", "Žuxqŋari vázzá",
            "3900000035", "Gwendulfina",
            "3900000042", "Hrotsvitolla");

    /** What somebody looks for, and what they find. */
    private static final String LOOKED_FOR = "kvyzumaxed";

    private static final String FOUND = "Xylofonistin öinen vaellus";

    /** AFI of a tag that the doors hear (ISO 28560-1). */
    private static final int SECURED = 0x07;

    private static final List<Charset> FORMS = List.of(
            StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private static final String MAILBOX = "xanthippa.vrtilek@quelhanke.fi";

    private final ModelLibrary library =
            new ModelLibrary().patron(CARD, PIN).patron(OTHER_CARD, OTHER_PIN).mailbox(CARD, MAILBOX);
    private final LibraryServer server = new LibraryServer(library);
    private final ReportServer reports = new ReportServer();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger pressed = new AtomicInteger();

    @TempDir
    private Path folder;

    private Process kiosk;
    private PrintWriter tell;

    @AfterEach
    void switchOff() throws InterruptedException {
        kiosk.destroyForcibly().waitFor();
        desk.close();
        reports.close();
        server.close();
    }

    @Test
    void leavesNothingOfAPatronBehind() throws IOException {
        looksForSomething();
        borrowsTwoAndTakesAReceipt();
        mistypesAndGoesAway();
        borrowsWhileAnAnswerIsLost();
        returnsWithoutACardAndSaysHowItWas();
        returnsWhileNobodyAnswers();
        Path dump = folder.resolve("heap.hprof");
        tell("dump " + dump);
        happens("the heap is on disk", () -> said.contains("subject dumped"));
        assertThat(leftInMemory(dump)).as("in memory").isEmpty();
        assertThat(leftInLog()).as("in the log").isEmpty();
        // The ledger is tidied once nobody is here.
        happens(
                "the kiosk's folder is clean",
                () -> leftOnDisk("").isEmpty(),
                () -> leftOnDisk("") + " "
                        + log.stream().filter(line -> line.contains("SECURITY")).toList());
    }

    // ---- the evening -------------------------------------------------------------------------------------

    private void looksForSomething() {
        reports.catalogue("titles", 200, """
                {"titles": [{"id": "1", "title": "%s", "author": "", "subjects": [], "formats": [],
                  "copies": {"all": 1, "onShelf": 1}}], "total": 1, "more": false, "near": false}""".formatted(FOUND));
        reports.catalogue("title", 200, """
                {"title": {"id": "1", "title": "%s"}, "itemIdentifier": "1", "waiting": 0, "places": []}""".formatted(FOUND));
        press("search");
        shows("Searching");
        LOOKED_FOR.chars().forEach(letter -> press("letter-" + (char) letter));
        press("search-go");
        press("open-1");
        press("search-back");
        press("finish");
        shows("Idle []");
        assertThat(reports.catalogueAsked).anyMatch(asked -> asked.contains(LOOKED_FOR));
    }

    private void borrowsTwoAndTakesAReceipt() {
        press("borrow");
        shows("AskingCard");
        scan(CARD);
        shows("AskingPin 0");
        type(PIN);
        lay(TagSecurity.SECURED, "3900000011", "3900000028");
        shows("Borrowing 2 of 2");
        press("finish");
        shows("OfferingReceipt");
        press("print-receipt");
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        assertThat(desk.printer().slips().getFirst().text()).contains("Qvantz");
        leaves();
    }

    private void mistypesAndGoesAway() {
        press("language-sv");
        scan(OTHER_CARD);
        shows("AskingPin 0");
        type(WRONG_PIN);
        shows("AskingPin 1");
        press("cancel");
        shows("Idle []");
    }

    /** With the first card: a scanner sends the same code again only after a while. */
    private void borrowsWhileAnAnswerIsLost() {
        scan(CARD);
        shows("AskingPin 0");
        type(PIN);
        shows("Borrowing 0 of 0");
        server.hangUpAfter(MessageType.CHECKOUT);
        lay(TagSecurity.SECURED, "3900000035");
        shows("Borrowing 1 of 1");
        press("finish");
        shows("OfferingReceipt");
        press("mail-receipt");
        happens("the receipt is with the gateway", () -> !reports.receipts.isEmpty());
        assertThat(reports.receipts.getFirst().get("text").asString()).contains("Gwendulfina");
        leaves();
    }

    private void returnsWithoutACardAndSaysHowItWas() {
        press("return");
        lay(TagSecurity.UNSECURED, "3900000011");
        shows("Returning 1");
        isSecured();
        press("stars-1-5");
        leavesAfterReturning();
    }

    private void returnsWhileNobodyAnswers() {
        server.stop();
        shows("Idle [OFFLINE]");
        press("return");
        lay(TagSecurity.UNSECURED, "3900000042");
        shows("Returning 1");
        assertThat(leftOnDisk("returns"))
                .as("in the spool, while a return waits")
                .isEmpty();
        server.restart();
        happens(
                "the library has heard of it",
                () -> library.holder("3900000042").isEmpty());
        isSecured();
        leavesAfterReturning();
    }

    /** Takes everything along and does not look back. */
    private void leaves() {
        desk.pad().clear();
        shows("Idle []");
    }

    private void leavesAfterReturning() {
        desk.pad().clear();
        press("finish");
        happens("the end of returning", () -> !said.getLast().startsWith("subject Returning"));
        if (said.getLast().equals("subject OfferingReceipt")) {
            press("no-receipt");
        }
        leaves();
    }

    private void lay(TagSecurity security, String... numbers) {
        for (String number : numbers) {
            desk.pad().lay(DemoTags.tag(ItemTag.single(number, "FI-Turku", TagModel.ISO_28560_2), security));
        }
    }

    /** Written and read back: who takes a thing away before leaves a row for staff. */
    private void isSecured() {
        happens(
                "security of the tag",
                () -> desk.snapshot().pad().tags().stream().allMatch(tag -> tag.afi() == SECURED));
        happens("a ledger in which nothing is owed", () -> owed() == 0);
    }

    private int owed() {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("security.db"));
                Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pending_security")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void type(String pin) {
        pin.chars().forEach(digit -> press("pin-" + (char) digit));
        press("ok");
    }

    // ---- the process -------------------------------------------------------------------------------------

    @BeforeEach
    void switchOn() throws IOException {
        TITLES.forEach(library::item);
        library.lend("3900000042", OTHER_CARD);
        Path file = folder.resolve("kiosk.json");
        Files.writeString(file, """
                {
                  "login": "kiosk-turku", "password": "long-and-random", "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1},
                  "devices": {"pad": "%s", "printer": "%s", "scanner": "%s"},
                  "data": "%s", "library": {"name": "Turun kaupunginkirjasto"}
                }""".formatted(
                        server.address(),
                        reports.address(),
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address(),
                        data()));
        kiosk = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrivacySubject.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        tell = new PrintWriter(kiosk.outputWriter(StandardCharsets.UTF_8), true);
        Thread.ofVirtual().start(this::listen);
        shows("Idle []");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void listen() {
        try (BufferedReader in = kiosk.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                log.add(line);
                if (line.equals("subject pressed")) {
                    pressed.incrementAndGet();
                } else if (line.startsWith("subject ")) {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String line) {
        tell.println(line);
    }

    private void press(String node) {
        int before = pressed.get();
        tell("press " + node);
        happens("a press of " + node, () -> pressed.get() > before);
    }

    private void shows(String state) {
        happens(state, () -> !said.isEmpty() && said.getLast().equals("subject " + state));
    }

    private void happens(String what, BooleanSupplier condition) {
        happens(what, condition, () -> log.subList(Math.max(0, log.size() - 12), log.size()));
    }

    private void scan(String card) {
        KioskAtDesk.scan(desk, card, () -> log.subList(Math.max(0, log.size() - 12), log.size()));
    }

    private static void happens(String what, BooleanSupplier condition, Supplier<Object> instead) {
        Eventually.eventually(what, condition, instead);
    }

    // ---- looking for what is left ------------------------------------------------------------------------

    /** Who was here, and what they read. */
    private static Stream<String> ofPatrons() {
        return Stream.concat(
                Stream.of(
                        CARD,
                        OTHER_CARD,
                        PIN,
                        OTHER_PIN,
                        WRONG_PIN,
                        MAILBOX,
                        "xanthippa",
                        "quelhanke",
                        LOOKED_FOR,
                        FOUND),
                TITLES.values().stream());
    }

    /** And the numbers of things, of which staff are told where a tag could not be written. In memory and log they say nothing of a patron. */
    private static Stream<String> secrets() {
        return Stream.concat(ofPatrons(), TITLES.keySet().stream());
    }

    /** Each secret in every form that can hold it. */
    private static List<byte[]> forms(String secret) {
        return FORMS.stream()
                .filter(form -> form.newEncoder().canEncode(secret))
                .map(secret::getBytes)
                .toList();
    }

    private static List<String> leftInMemory(Path file) {
        HeapDump dump = HeapDump.read(file);
        List<String> left = new ArrayList<>();
        ofPatrons()
                .forEach(secret -> forms(secret).stream()
                        .flatMap(form -> dump.places(form).stream())
                        .distinct()
                        .limit(3)
                        .forEach(place -> left.add(secret + ": " + dump.holders(place))));
        return left;
    }

    private List<String> leftInLog() {
        return log.stream().filter(line -> ofPatrons().anyMatch(line::contains)).toList();
    }

    /** In the files whose names begin so. */
    private List<String> leftOnDisk(String prefix) {
        List<String> left = new ArrayList<>();
        OnDisk.in(data()).forEach((file, held) -> {
            if (file.getFileName().toString().startsWith(prefix)) {
                secretsIn(held).forEach(secret -> left.add(secret + " in " + file.getFileName()));
            }
        });
        return left;
    }

    private static List<String> secretsIn(String held) {
        return secrets()
                .filter(secret -> forms(secret).stream()
                        .anyMatch(form -> held.contains(new String(form, StandardCharsets.ISO_8859_1))))
                .toList();
    }
}
