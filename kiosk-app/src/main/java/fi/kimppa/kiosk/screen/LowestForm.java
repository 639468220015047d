package fi.kimppa.kiosk.screen;

import java.util.Comparator;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/** Says the same in several forms and shows the one that is lowest in the width there is; one that needs more width is not there. FX thread. */
final class LowestForm extends Region {
    private final List<Region> forms;

    /**
     * The forms.
     *
     * @param forms of equally low ones the first is shown; the last is narrow enough for every place
     */
    LowestForm(List<? extends Region> forms) {
        this.forms = List.copyOf(forms);
        getChildren().addAll(forms);
        setMinSize(0, 0);
    }

    private Region lowest(double width) {
        return forms.stream()
                .filter(form -> form.minWidth(-1) <= width)
                .min(Comparator.comparingDouble(form -> form.prefHeight(width)))
                .orElseGet(forms::getLast);
    }

    @Override
    protected void layoutChildren() {
        Region chosen = lowest(getWidth());
        forms.forEach(form -> form.setVisible(form.equals(chosen)));
        chosen.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return lowest(width).prefHeight(width);
    }
}
