package fi.kimppa.kiosk.door;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.card.KeypadKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorSessionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T17:30:00Z");
    private static final EntryAnswer GRANTED = new EntryAnswer(true, "GRANTED", 8000, Map.of());

    private DoorScene scene = new DoorScene.Idle();
    private final List<DoorEffect> effects = new ArrayList<>();

    @Test
    void asksThePinBeforeAnybodyIsAsked() {
        happens(new DoorEvent.CardRead("2000012395", NOW));
        assertThat(scene).isInstanceOf(DoorScene.AskingPin.class);
        assertThat(effects).isEmpty();
    }

    @Test
    void opensForAGrantAndForAsLongAsItSays() {
        identify("246810");
        assertThat(effects).hasAtLeastOneElementOfType(DoorEffect.Ask.class);
        happens(new DoorEvent.Decided(GRANTED, NOW));
        assertThat(effects).contains(new DoorEffect.Unlock(Duration.ofSeconds(8)));
        happens(new DoorEvent.LockAnswered(true, NOW.plusSeconds(8), NOW));
        assertThat(scene).isInstanceOf(DoorScene.Welcome.class);
        happens(new DoorEvent.Tick(NOW.plusSeconds(8)));
        assertThat(scene).isEqualTo(new DoorScene.Idle());
    }

    @ParameterizedTest
    @CsvSource({
        "CARD_OR_PIN, CARD_OR_PIN",
        "BRANCH_CLOSED, CLOSED",
        "LENDING_BAN, NO_RIGHT",
        "FEES, NO_RIGHT",
        "CARD_EXPIRED, CARD_EXPIRED",
        "SOMETHING_NEW, FAULT",
    })
    void saysOneSentenceAndOpensNothing(String reason, DoorScene.Refusal sentence) {
        identify("1234");
        happens(new DoorEvent.Decided(new EntryAnswer(false, reason, 0, Map.of()), NOW));
        assertThat(scene)
                .isInstanceOfSatisfying(
                        DoorScene.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(sentence));
        assertThat(effects).noneMatch(DoorEffect.Unlock.class::isInstance);
    }

    @Test
    void aGrantThatComesTooLateOpensNothing() {
        identify("1234");
        happens(new DoorEvent.Tick(NOW.plusSeconds(15)));
        assertThat(scene).isInstanceOf(DoorScene.Refused.class);
        happens(new DoorEvent.Decided(GRANTED, NOW.plusSeconds(16)));
        assertThat(effects).noneMatch(DoorEffect.Unlock.class::isInstance);
    }

    @Test
    void aPinThatIsNotFinishedIsForgotten() {
        happens(new DoorEvent.CardRead("2000012395", NOW));
        press("12");
        happens(new DoorEvent.Tick(NOW.plusSeconds(40)));
        assertThat(scene).isEqualTo(new DoorScene.Idle());
        assertThat(effects).last().isInstanceOf(DoorEffect.Erase.class);
    }

    @Test
    void aShortPinIsNotSent() {
        happens(new DoorEvent.CardRead("2000012395", NOW));
        press("123");
        happens(new DoorEvent.KeyPressed(new KeypadKey.Enter(), NOW));
        assertThat(effects).noneMatch(DoorEffect.Ask.class::isInstance);
    }

    @Test
    void nothingThatIsPrintedNamesACardOrAPin() {
        identify("246810");
        assertThat(scene + effects.toString() + new DoorEvent.CardRead("2000012395", NOW))
                .doesNotContain("2000012395")
                .doesNotContain("246810");
    }

    @Test
    void neverUnlocksWithoutAGrantThatWasAskedForWhateverHappens() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            DoorScene at = new DoorScene.Idle();
            Instant now = NOW;
            for (int i = 0; i < 60; i++) {
                now = now.plusMillis(random.nextInt(6_000));
                DoorEvent event = switch (random.nextInt(8)) {
                    case 0 -> new DoorEvent.CardRead("2000012395", now);
                    case 1, 2 -> new DoorEvent.KeyPressed(new KeypadKey.Digit(random.nextInt(10)), now);
                    case 3 -> new DoorEvent.KeyPressed(new KeypadKey.Enter(), now);
                    case 4 ->
                        new DoorEvent.Decided(
                                random.nextBoolean() ? GRANTED : new EntryAnswer(false, "AGE", 0, Map.of()), now);
                    case 5 -> new DoorEvent.Devices(random.nextBoolean(), now);
                    case 6 -> new DoorEvent.LockAnswered(random.nextBoolean(), now.plusSeconds(8), now);
                    default -> new DoorEvent.Tick(now);
                };
                DoorStep step = DoorSession.step(at, event);
                if (step.effects().stream().anyMatch(DoorEffect.Unlock.class::isInstance)) {
                    assertThat(at).as("seed %d", seed).isInstanceOf(DoorScene.Deciding.class);
                    assertThat(event).as("seed %d", seed).isEqualTo(new DoorEvent.Decided(GRANTED, now));
                }
                at = step.next();
            }
        }
    }

    private void identify(String pin) {
        happens(new DoorEvent.CardRead("2000012395", NOW));
        press(pin);
        happens(new DoorEvent.KeyPressed(new KeypadKey.Enter(), NOW));
    }

    private void press(String digits) {
        digits.chars().forEach(digit -> happens(new DoorEvent.KeyPressed(new KeypadKey.Digit(digit - '0'), NOW)));
    }

    private void happens(DoorEvent event) {
        DoorStep step = DoorSession.step(scene, event);
        scene = step.next();
        effects.addAll(step.effects());
    }
}
