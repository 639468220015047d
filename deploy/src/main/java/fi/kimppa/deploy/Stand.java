package fi.kimppa.deploy;

import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.kiosk.Kiosk;
import fi.kimppa.kiosk.KioskConfiguration;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.ReturnRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One kiosk with its real screens, on a virtual desk that a script lays books on. Threads: one script's. */
final class Stand implements AutoCloseable {
    private final String branch;
    private final Album album;
    private final VirtualDesk desk;
    private final Kiosk kiosk;
    private final KioskWindow window;
    private int slipsKept;

    /**
     * Sets up a desk and a kiosk that is connected to it.
     *
     * @param branch code of the branch
     * @param files how its configuration is written
     * @param album where its pictures go
     */
    Stand(String branch, Configurations files, Album album) {
        this.branch = branch;
        this.album = album;
        this.desk = VirtualDesk.start(DeskPorts.any());
        KioskConfiguration configuration = KioskConfiguration.parse(
                "kiosk " + branch,
                files.kiosk(
                        branch,
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address()));
        this.kiosk = new Kiosk(configuration);
        this.window = KioskWindow.offScreen(DeviceProfile.MIDDLE, kiosk::offer);
        kiosk.addListener(window::show);
        window.show(kiosk.state());
        kiosk.start();
    }

    VirtualDesk desk() {
        return desk;
    }

    Kiosk kiosk() {
        return kiosk;
    }

    KioskState state() {
        return kiosk.state();
    }

    boolean shows(Class<? extends KioskState> state) {
        return state.isInstance(kiosk.state());
    }

    /** Touches something on the glass, as soon as it can be touched: the glass follows the touch before it a moment later. */
    void press(String nodeId) {
        Checks.until(() -> window.canPress(nodeId));
        window.press(nodeId);
    }

    /** Whether it could be touched now. */
    boolean canPress(String nodeId) {
        return window.canPress(nodeId);
    }

    void typePin(String pin) {
        pin.chars().forEach(digit -> press("pin-" + (char) digit));
        press("ok");
    }

    void scan(String code) {
        desk.scanner().scan(code);
    }

    /** Lays all tags of these items on the pad. */
    void lay(String... identifiers) {
        for (String identifier : identifiers) {
            item(identifier).tags().forEach(desk.pad()::lay);
        }
    }

    /** Lays one part of a set on the pad, counted from 1. */
    void layPart(String identifier, int part) {
        desk.pad().lay(item(identifier).tags().get(part - 1));
    }

    void clearPad() {
        desk.pad().clear();
    }

    static DemoItem item(String identifier) {
        return DemoTags.items().stream()
                .filter(item -> item.identifier().equals(identifier))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no demo item " + identifier));
    }

    /** AFI of every tag of an item that lies on the pad. */
    List<Integer> afis(String identifier) {
        List<Uid> uids = item(identifier).tags().stream().map(VirtualTag::uid).toList();
        return desk.snapshot().pad().tags().stream()
                .filter(tag -> uids.contains(tag.uid()))
                .map(VirtualTag::afi)
                .toList();
    }

    Optional<LoanRow> loan(String identifier) {
        return kiosk.state() instanceof KioskState.Borrowing pile
                ? pile.rows().stream()
                        .filter(row -> row.item()
                                .filter(item -> item.identifier().equals(identifier))
                                .isPresent())
                        .findFirst()
                : Optional.empty();
    }

    Optional<ReturnRow> returned(String identifier) {
        return kiosk.state() instanceof KioskState.Returning pile
                ? pile.rows().stream()
                        .filter(row -> row.item()
                                .filter(item -> item.identifier().equals(identifier))
                                .isPresent())
                        .findFirst()
                : Optional.empty();
    }

    /** Keeps a picture of what the window shows. */
    void picture(String what) {
        // The glass follows the state a moment later; the picture shall show what was just checked.
        window.show(kiosk.state());
        window.snapshot(album.picture(branch + "-" + what));
    }

    /** The slips that were cut since the last call, kept as picture and text. */
    List<PrintedSlip> newSlips() {
        List<PrintedSlip> all = desk.printer().slips();
        List<PrintedSlip> fresh = all.subList(Math.min(slipsKept, all.size()), all.size());
        fresh.forEach(slip -> album.slip(branch, slip));
        slipsKept = all.size();
        return fresh;
    }

    @Override
    public void close() {
        window.close();
        kiosk.close();
        desk.close();
    }

    /** Where pictures and slips are kept, numbered in the order of the evening. */
    static final class Album {
        private final Path directory;
        private int pictures;
        private int slips;

        Album(Path directory) {
            this.directory = directory;
        }

        synchronized Path picture(String name) {
            pictures++;
            return directory.resolve("screens/%02d-%s.png".formatted(pictures, name));
        }

        synchronized void slip(String branch, PrintedSlip slip) {
            slips++;
            Path base = directory.resolve("slips");
            String name = "%02d-%s".formatted(slips, branch);
            try {
                Files.createDirectories(base);
                Files.write(base.resolve(name + ".png"), slip.png());
                Files.writeString(base.resolve(name + ".txt"), slip.text());
            } catch (IOException e) {
                throw new UncheckedIOException("could not keep a slip in " + base, e);
            }
        }
    }
}
