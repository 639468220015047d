package fi.kimppa.device.tool;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceHistory;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code kimppa-devices} and {@code kimppa-desk}, at the virtual desk. */
class ToolsTest {
    private static final String ITEM = "853N06240600";
    private static final VirtualTag BOOK =
            DemoTags.tag(ItemTag.single(ITEM, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);
    private static final VirtualTag CARD = DemoTags.tag(
            new ItemTag(
                    "22853000123456",
                    Optional.of("FI-Turku"),
                    1,
                    1,
                    Optional.of(TypeOfUsage.PATRON),
                    TagModel.ISO_28560_2),
            TagSecurity.SECURED);

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        desk.close();
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return DevicesTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String pad() {
        return "--device=" + desk.pad().address();
    }

    @Test
    void listsWhatLiesOnAPadAndNamesNoCard() {
        desk.pad().lay(BOOK);
        desk.pad().lay(CARD);
        assertThat(run("inventory", pad())).isZero();
        assertThat(said())
                .contains(BOOK.uid() + "  " + ITEM)
                .contains("(a patron's card)")
                .doesNotContain("22853000");
        assertThat(run("inventory", pad(), "--json")).isZero();
        assertThat(said()).startsWith("[{\"uid\":\"").contains("\"security\":\"SECURED\"");
        assertThat(run("inventory", pad(), "--seconds=0.6")).isZero();
        assertThat(said()).contains("arrived  " + BOOK.uid()).contains("stable   " + BOOK.uid() + "  " + ITEM);
    }

    @Test
    void readsDumpsWritesAndSecuresATag() {
        desk.pad().lay(BOOK);
        String uid = BOOK.uid().toString();
        assertThat(run("tag", "read", uid, pad())).isZero();
        assertThat(said()).contains("content   " + ITEM).contains("FI-Turku");
        assertThat(run("tag", "dump", uid, pad())).isZero();
        assertThat(said()).contains("DSFID 06, AFI 07 (SECURED)").contains("  0  ");
        assertThat(run("security", "off", uid, pad())).isZero();
        assertThat(said()).isEqualToIgnoringNewLines("UNSECURED, written and read back.");
        assertThat(run("security", "off", uid, pad())).isZero();
        assertThat(said()).isEqualToIgnoringNewLines("UNSECURED already.");
        assertThat(run("tag", "write", uid, "--item=12345", pad())).isEqualTo(Exit.REFUSED);
        assertThat(said()).contains("--overwrite");
        assertThat(run("tag", "write", uid, "--item=12345", "--part=2/3", "--overwrite", pad()))
                .isZero();
        assertThat(run("tag", "read", uid, pad(), "--json")).isZero();
        assertThat(said()).contains("12345").contains("2/3");
        assertThat(run("tag", "read", "E004015000000001", pad())).isEqualTo(Exit.REFUSED);
    }

    @Test
    void showsWhatDevicesHaveDone(@TempDir Path folder) {
        Path file = folder.resolve("devices.history");
        assertThat(run("history", file.toString())).isEqualTo(Exit.REFUSED);
        try (DeviceHistory history = DeviceHistory.open(file);
                ReceiptPrinter printer = ReceiptPrinter.open(desk.printer().address())) {
            history.follow(printer);
            eventually("ready", () -> printer.status() instanceof DeviceStatus.Ready);
            printer.print(Receipt.builder().text("kuitti").cut().build());
        }
        assertThat(run("history", file.toString())).isZero();
        assertThat(said()).contains("prints 1, cuts 1");
        assertThat(run("history", file.toString(), "--json")).isZero();
        assertThat(said()).contains("\"connections\":\"1\"");
    }

    /** Vector 6 of the specification's tags: fixed model, Finnish 32 bytes. */
    @Test
    void decodesWithoutADevice() {
        assertThat(
                        run(
                                "tag",
                                "decode",
                                "11 01 01 38 35 33 4E 30 36 32 34 30 36 30 30 00 00 00 00 9A 75 46 49 54 75 72 6B 75 00 00 00 00"))
                .isZero();
        assertThat(said()).contains(ITEM).contains("FI-Turku").contains("FINNISH_2005");
        assertThat(run("tag", "decode", "5A5A5A5A")).isEqualTo(Exit.REFUSED);
        assertThat(run("tag", "decode", "hello")).isEqualTo(Exit.USAGE);
    }

    @Test
    void printsPulsesAndTests() {
        String printer = "--device=" + desk.printer().address();
        assertThat(run("print", "--sample", printer)).isZero();
        assertThat(desk.printer().slips())
                .singleElement()
                .satisfies(slip -> assertThat(slip.text()).contains("åäö ÅÄÖ").doesNotContain("?"));
        desk.printer().setPaper(Paper.OUT);
        assertThat(run("print", "--sample", printer)).isEqualTo(Exit.REFUSED);
        assertThat(said()).contains("Not printed: PAPER_OUT");
        assertThat(run("door", "pulse", "--seconds=1", "--device=" + desk.door().address()))
                .isZero();
        assertThat(said()).contains("Released for 1 s");
        assertThat(run("selftest", "--level=works", pad())).isZero();
        assertThat(said()).contains("answers").contains("passed");
        assertThat(run("selftest", printer)).isEqualTo(Exit.REFUSED);
        assertThat(said()).contains("PAPER_OUT");
    }

    @Test
    void namesPortAndCauseOfWhatFails() {
        assertThat(run("inventory", "--device=feig:tcp:127.0.0.1:1", "--wait=0.3"))
                .isEqualTo(Exit.AWAY);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("feig:tcp:127.0.0.1:1")
                .contains("refused");
        assertThat(run("inventory", "--device=feig:serial:/dev/no-such-port", "--wait=0.3"))
                .isEqualTo(Exit.AWAY);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("/dev/no-such-port");
        assertThat(run("list")).isZero();
        assertThat(run("inventory", "--device=nonsense")).isEqualTo(Exit.USAGE);
        assertThat(run("inventory", "--device=nedap:tcp:127.0.0.1:1")).isEqualTo(Exit.USAGE);
        assertThat(run("fly")).isEqualTo(Exit.USAGE);
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("inventory").contains("selftest");
    }

    @Test
    void tracesIntoAFileThatTheDeskPlaysAgain(@TempDir Path folder) throws Exception {
        desk.pad().lay(BOOK);
        Path file = folder.resolve("trace.txt");
        assertThat(run("trace", pad(), "--seconds=0.1", "--out=" + file)).isZero();
        assertThat(Files.readString(file)).contains(" > 02 00 07 FF 65 6E 61");
        String talk = talk("", "--pad=0", "--printer=0", "--scanner=0", "--door=0", "--replay=" + file);
        assertThat(talk).contains("frames of a trace");
    }

    @Test
    void takesOrdersAtTheDesk() {
        String talk = talk("""
                lay 853N06240600 --model FINNISH_2005
                lay 22853000123456 --card
                show
                scan 12345
                paper low
                cover open
                cover closed
                door pull
                door force
                unplug pad
                replug pad
                cutter jam
                show
                cutter free
                card 04A1B2C3
                card 04A1B2C3 --seconds=0.5
                card off
                door exit
                door tamper
                device-id 0A0B0C01
                faults scanner 7
                faults scanner off
                unplug scanner
                lift all
                lift E004015000000001
                fly
                tear
                show
                quit
                show
                """, "--pad=0", "--printer=0", "--scanner=0", "--door=0", "--vpcd=1", "--make=bibliotheca");
        assertThat(talk)
                .contains("bibliotheca:tcp:127.0.0.1:")
                .contains("No reader of vsmartcard-vpcd waits for cards")
                .contains("AFI 07  853N06240600")
                .contains("(a patron's card)")
                .contains("Nobody is connected to the scanner")
                .contains("It is locked.")
                .contains("No tag E004015000000001 lies there.")
                .contains("Unmatched argument")
                .contains("cutter stopped")
                .contains("lock locked, somebody leaves, box open")
                .contains("scanner: its plug is pulled");
    }

    @Test
    void standsOnSerialPortsToo(@TempDir Path folder) {
        assertThat(talk("", "--pad=0", "--printer=0", "--scanner=0", "--door=0", "--slow", "--serial=" + folder))
                .contains("feig:serial:" + folder.resolve("pad"))
                .contains("modbus:serial:" + folder.resolve("door"));
        assertThat(folder).isEmptyDirectory();
    }

    private String talk(String lines, String... args) {
        out.reset();
        assertThat(DeskTool.run(
                        new BufferedReader(new StringReader(lines)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        args))
                .isZero();
        return said();
    }
}
