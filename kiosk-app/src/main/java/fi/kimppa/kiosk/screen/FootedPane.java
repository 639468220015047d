package fi.kimppa.kiosk.screen;

import java.util.List;
import java.util.Optional;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Something to touch or to greet with, and below it something to read by the way. The latter takes one of a few heights and keeps
 * it whatever it says, so that nothing moves when it says something else; where the former would get less than its least, it is not
 * there. FX thread.
 */
final class FootedPane extends Pane {
    private final Region main;
    private final Region foot;
    private final double leastMain;
    private final double gap;
    private final List<Double> heights;
    private boolean wanted;

    /**
     * The two.
     *
     * @param leastMain pixels
     * @param gap between them, pixels
     * @param heights of the foot, pixels, the one that is tried first in front
     */
    FootedPane(Region main, double leastMain, Region foot, double gap, List<Double> heights) {
        this.main = main;
        this.foot = foot;
        this.leastMain = leastMain;
        this.gap = gap;
        this.heights = List.copyOf(heights);
        getChildren().setAll(main, foot);
        setMinSize(0, 0);
    }

    /** Sets whether there is anything to read. */
    void want(boolean anything) {
        if (anything != wanted) {
            wanted = anything;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double room = getHeight() - leastMain - gap;
        Optional<Double> height =
                heights.stream().filter(high -> wanted && high <= room + 0.5).findFirst();
        double below = height.map(high -> high + gap).orElse(0.0);
        foot.setVisible(height.isPresent());
        main.resizeRelocate(0, 0, getWidth(), getHeight() - below);
        height.ifPresent(high -> foot.resizeRelocate(0, getHeight() - high, getWidth(), high));
    }
}
