package fi.kimppa.kiosk.screen;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/** Says the same in several ways and shows the first that has room, or else the last. FX thread. */
final class FirstThatFits extends Region {
    private final List<Region> ways;

    /**
     * The ways.
     *
     * @param ways the fullest first
     */
    FirstThatFits(List<? extends Region> ways) {
        this.ways = List.copyOf(ways);
        getChildren().addAll(ways);
        Asking.in(this.ways.getFirst()).ifPresent(asking -> asking.on(this));
        setMinSize(0, 0);
    }

    /** Height of the shortest way whose letters are as large as the person wants them, pixels. */
    double leastHeight(double width) {
        return ways.stream()
                .filter(way -> !Words.isDense(way))
                .mapToDouble(way -> way.prefHeight(width))
                .min()
                .orElseGet(() -> prefHeight(width));
    }

    @Override
    protected void layoutChildren() {
        Region chosen = ways.stream()
                .filter(way -> way.prefHeight(getWidth()) <= getHeight() + 0.5)
                .findFirst()
                .orElseGet(ways::getLast);
        ways.forEach(way -> way.setVisible(way.equals(chosen)));
        chosen.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return ways.getFirst().prefHeight(width);
    }
}
