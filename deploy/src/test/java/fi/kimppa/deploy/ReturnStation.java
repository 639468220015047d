package fi.kimppa.deploy;

import fi.kimppa.device.rfid.AfiPair;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A machine that only takes returns, as a process of its own without a window, at a virtual desk of this process: killing it does not
 * lift the books. What it has promised is seen on the desk: a tag whose security is on again is a book whose bin was named.
 */
final class ReturnStation implements AutoCloseable {
    private final House house;
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final Path configuration;
    private final Map<Uid, String> laid = new LinkedHashMap<>();
    private Child kiosk;

    /** Starts the machine of a branch; what it keeps lies under the name. */
    ReturnStation(House house, String branch, String name) {
        this.house = house;
        JsonMapper json = new JsonMapper();
        ObjectNode file = (ObjectNode) json.readTree(house.terminals(name)
                .kiosk(
                        branch,
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address()));
        file.put("returnOnly", true);
        configuration = house.logs().resolveSibling(name + ".json");
        try {
            Files.writeString(configuration, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kiosk = run();
    }

    private Child run() {
        return Child.java(
                "return-station",
                house.logs(),
                Map.of(),
                List.of(
                        house.programs().argumentFile("kiosk"),
                        "fi.kimppa.kiosk.KioskMain",
                        "--windowless",
                        configuration.toString()));
    }

    /** Whether it has found its pad. */
    boolean atWork() {
        return desk.snapshot().pad().hosts() > 0;
    }

    /** Kills it at once. */
    void kill() {
        kiosk.kill();
    }

    /** Starts it again after it was killed. */
    void restart() {
        kiosk = run();
    }

    /** Lays books on the pad as their borrowers bring them: with their security off. */
    void lay(List<String> items) {
        for (String item : items) {
            VirtualTag tag =
                    DemoTags.tag(ItemTag.single(item, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.UNSECURED);
            laid.put(tag.uid(), item);
            desk.pad().lay(tag);
        }
    }

    /** Lifts everything. */
    void clear() {
        desk.pad().clear();
    }

    /** The books on the pad that were taken back as far as a person can tell. */
    Set<String> promised() {
        return desk.snapshot().pad().tags().stream()
                .filter(tag -> tag.afi() == AfiPair.STANDARD.secured())
                .flatMap(tag -> Optional.ofNullable(laid.get(tag.uid())).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        kiosk.close();
        desk.close();
    }
}
