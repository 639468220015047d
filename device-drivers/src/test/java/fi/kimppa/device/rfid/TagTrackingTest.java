package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTrackingTest {
    private static final Uid TAG = Uid.parse("E00401500A1B2C3D");

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seen or missed; arrives and leaves; by the standard settings of two of three and three misses
        xx,          -A
        x.x,         --A
        x..x,        ----
        .x.x,        ---A
        xx.x..x,     -A-----
        xx...,       -A--L
        xx...x,      -A--L-
        xx...xx,     -A--L-A
        ......,      ------
        """)
    void settlesDoubt(String inventories, String expected) {
        var told = new StringBuilder();
        TagTracking tracking = TagTracking.start(TagTracking.Settings.STANDARD);
        for (int i = 0; i < inventories.length(); i++) {
            TagTracking.Step step = tracking.observe(inventories.charAt(i) == 'x' ? Set.of(TAG) : Set.of());
            tracking = step.next();
            told.append(!step.arrived().isEmpty() ? 'A' : !step.left().isEmpty() ? 'L' : '-');
        }
        assertThat(told).hasToString(expected);
        assertThat(tracking.present().contains(TAG)).isEqualTo(expected.lastIndexOf('A') > expected.lastIndexOf('L'));
    }

    @Test
    void followsEachTagByItself() {
        Uid other = Uid.parse("E00401500A1B2C3E");
        TagTracking tracking = TagTracking.start(new TagTracking.Settings(1, 1, 1));
        TagTracking.Step step = tracking.observe(Set.of(TAG, other));
        assertThat(step.arrived()).containsExactly(TAG, other);
        step = step.next().observe(Set.of(other));
        assertThat(step.left()).containsExactly(TAG);
        assertThat(step.next().present()).containsExactly(other);
    }

    @Test
    void forgetsTagsThatOnlyPassedBy() {
        TagTracking tracking = TagTracking.start(TagTracking.Settings.STANDARD);
        List<Uid> arrived = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            TagTracking.Step step = tracking.observe(Set.of(new Uid(i)));
            arrived.addAll(step.arrived());
            tracking = step.next();
        }
        assertThat(arrived).isEmpty();
        assertThat(tracking.remembered()).isLessThanOrEqualTo(3);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new TagTracking.Settings(3, 2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TagTracking.Settings(2, 3, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
