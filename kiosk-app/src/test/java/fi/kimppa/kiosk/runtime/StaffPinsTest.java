package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.sip2.wire.Secret;
import org.junit.jupiter.api.Test;

class StaffPinsTest {
    @Test
    void knowsThePinAgainFromTheLineAlone() {
        StaffCard card = StaffPins.card("kortti 3.", "4900000017", Secret.of("654321"));
        StaffCard read = StaffCard.parse(card.line());
        assertThat(read).isEqualTo(card);
        assertThat(StaffPins.right(read, Secret.of("654321"))).isTrue();
        assertThat(StaffPins.right(read, Secret.of("654322"))).isFalse();
        assertThat(card.line()).doesNotContain("4900000017").doesNotContain("654321");
    }

    @Test
    void makesAnotherLineEachTime() {
        assertThat(StaffPins.card("kortti 3", "4900000017", Secret.of("654321")).line())
                .isNotEqualTo(StaffPins.card("kortti 3", "4900000017", Secret.of("654321"))
                        .line());
    }

    @Test
    void refusesALineThatNobodyMade() {
        for (String line : new String[] {"kortti 3", "kortti 3$1$00$11$22", "$1$$$", "kortti 3$x$" + "0".repeat(160)}) {
            assertThatThrownBy(() -> StaffCard.parse(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("staff-card");
        }
    }
}
