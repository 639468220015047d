package fi.kimppa.device.door;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.door.DoorState.Input;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorStateTest {
    private static final Instant START = Instant.parse("2026-11-24T17:30:00Z");
    private static final Duration HELD = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seconds:event, release for 8 s, open, close, tick; the states after each event
        '0:tick 1:tick',                                  LOCKED LOCKED
        '0:release 3:tick 9:tick',                        UNLOCKED UNLOCKED LOCKED
        '0:release 3:open 5:close 9:tick',                UNLOCKED OPEN UNLOCKED LOCKED
        '0:release 3:open 12:close',                      UNLOCKED OPEN LOCKED
        '0:release 3:open 32:tick 33:tick 40:close',      UNLOCKED OPEN OPEN HELD_OPEN LOCKED
        '0:release 3:open 33:open 34:open',               UNLOCKED OPEN HELD_OPEN HELD_OPEN
        '0:release 8:open',                               UNLOCKED OPEN
        '0:release 9:open',                               UNLOCKED FORCED
        '0:open 1:tick 90:tick 99:close',                 FORCED FORCED FORCED LOCKED
        '0:open 1:release 2:close 3:release 4:open',      FORCED FORCED LOCKED UNLOCKED OPEN
        '0:release 5:release 12:open 13:close 14:tick',   UNLOCKED UNLOCKED OPEN LOCKED LOCKED
        '0:release 3:open 5:release 12:close 14:tick',    UNLOCKED OPEN OPEN UNLOCKED LOCKED
        '0:release 3:open 40:tick 41:release 42:close',   UNLOCKED OPEN HELD_OPEN HELD_OPEN LOCKED
        '0:close 1:close',                                LOCKED LOCKED
        """)
    void followsTheDoor(String events, String states) {
        DoorState state = new DoorState.Locked();
        var names = new StringBuilder();
        for (String event : events.split(" ", -1)) {
            String[] parts = event.split(":", -1);
            Instant now = START.plusSeconds(Integer.parseInt(parts[0]));
            Input input = switch (parts[1]) {
                case "release" -> new Input.Released(now.plusSeconds(8));
                case "open" -> new Input.Contact(true);
                case "close" -> new Input.Contact(false);
                default -> new Input.Tick();
            };
            state = DoorState.next(state, input, now, HELD);
            names.append(names.isEmpty() ? "" : " ").append(name(state));
        }
        assertThat(names).hasToString(states);
        assertThat(state.alarming())
                .isEqualTo(name(state).equals("HELD_OPEN") || name(state).equals("FORCED"));
    }

    private static String name(DoorState state) {
        return switch (state) {
            case DoorState.Locked() -> "LOCKED";
            case DoorState.Unlocked _ -> "UNLOCKED";
            case DoorState.Open _ -> "OPEN";
            case DoorState.HeldOpen _ -> "HELD_OPEN";
            case DoorState.Forced _ -> "FORCED";
        };
    }
}
