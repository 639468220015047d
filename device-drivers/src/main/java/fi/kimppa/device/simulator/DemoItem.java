package fi.kimppa.device.simulator;

import java.util.List;

/**
 * A thing to lay on the virtual pad.
 *
 * @param identifier item number
 * @param owner ISIL
 * @param title as it stands on the cover
 * @param tags one per part
 */
public record DemoItem(String identifier, String owner, String title, List<VirtualTag> tags) {
    public DemoItem {
        tags = List.copyOf(tags);
    }
}
