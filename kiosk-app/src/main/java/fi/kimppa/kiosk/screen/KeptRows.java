package fi.kimppa.kiosk.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import javafx.scene.layout.Region;

/** Rows as they were built: one of which nothing changed keeps its node, and so a touch that began on it. FX thread. */
final class KeptRows {
    /** What a row is made of; equal ones look the same. */
    record Made(Object of, Object with) {}

    private final Map<Made, Region> nodes = new HashMap<>();

    /** The nodes of these rows in their order; what is not there yet is built, and all others are forgotten. */
    List<Region> of(SequencedMap<Made, Supplier<Region>> wanted) {
        nodes.keySet().retainAll(wanted.keySet());
        List<Region> rows = new ArrayList<>();
        wanted.forEach((made, build) -> rows.add(nodes.computeIfAbsent(made, _ -> build.get())));
        return rows;
    }

    /** Forgets them all. */
    List<Region> none() {
        nodes.clear();
        return List.of();
    }
}
