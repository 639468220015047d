package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTrackingTest {
    private static final Uid TAG = Uid.parse("E00401500A1B2C3D");

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seen or missed; arrives, is stable, leaves; by the standard settings of two of three and three misses
        xx,          AS
        x.x,         A-S
        x..x,        A---
        x...,        A--L
        .x.x,        -A-S
        xx.x..x,     AS-----
        xx...,       AS--L
        xx...x,      AS--LA
        xx...xx,     AS--LAS
        ......,      ------
        """)
    void settlesDoubt(String inventories, String expected) {
        var told = new StringBuilder();
        TagTracking tracking = TagTracking.start(TagTracking.Settings.STANDARD);
        for (int i = 0; i < inventories.length(); i++) {
            TagTracking.Step step = tracking.observe(inventories.charAt(i) == 'x' ? Set.of(TAG) : Set.of());
            tracking = step.next();
            told.append(
                    !step.stable().isEmpty()
                            ? 'S'
                            : !step.left().isEmpty() ? 'L' : !step.arrived().isEmpty() ? 'A' : '-');
        }
        assertThat(told).hasToString(expected);
        assertThat(tracking.present().contains(TAG)).isEqualTo(expected.lastIndexOf('S') > expected.lastIndexOf('L'));
    }

    @Test
    void followsEachTagByItself() {
        Uid other = Uid.parse("E00401500A1B2C3E");
        TagTracking tracking = TagTracking.start(new TagTracking.Settings(1, 1, 1));
        TagTracking.Step step = tracking.observe(Set.of(TAG, other));
        assertThat(step.arrived()).containsExactly(TAG, other);
        assertThat(step.stable()).containsExactly(TAG, other);
        step = step.next().observe(Set.of(other));
        assertThat(step.left()).containsExactly(TAG);
        assertThat(step.next().present()).containsExactly(other);
    }

    @Test
    void forgetsTagsThatOnlyPassedBy() {
        TagTracking tracking = TagTracking.start(TagTracking.Settings.STANDARD);
        List<Uid> stable = new ArrayList<>();
        List<Uid> left = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            TagTracking.Step step = tracking.observe(Set.of(new Uid(i)));
            stable.addAll(step.stable());
            left.addAll(step.left());
            tracking = step.next();
        }
        assertThat(stable).isEmpty();
        assertThat(left).hasSizeGreaterThan(990).doesNotHaveDuplicates();
        assertThat(tracking.remembered()).isLessThanOrEqualTo(3);
    }

    /** Twenty books of which every inventory misses some, as a real field does at its edges. */
    @Test
    void holdsTwentyTagsThroughDropOuts() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            List<Uid> pile = LongStream.range(0, 20).mapToObj(Uid::new).toList();
            TagTracking tracking = TagTracking.start(new TagTracking.Settings(2, 3, 5));
            Set<Uid> stable = new HashSet<>();
            for (int round = 0; round < 60; round++) {
                Set<Uid> seen =
                        pile.stream().filter(_ -> random.nextInt(100) >= 5).collect(Collectors.toSet());
                TagTracking.Step step = tracking.observe(seen);
                stable.addAll(step.stable());
                // Five misses in a row at one in twenty each are one in three million.
                if (!Collections.disjoint(step.left(), stable)) {
                    throw new AssertionError("seed " + seed + ", round " + round + ": left " + step.left());
                }
                tracking = step.next();
            }
            assertThat(stable).as("seed %d", seed).hasSize(20);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new TagTracking.Settings(3, 2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TagTracking.Settings(2, 3, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
