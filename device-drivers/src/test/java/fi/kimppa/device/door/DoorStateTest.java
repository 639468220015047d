package fi.kimppa.device.door;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.door.DoorState.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorStateTest {
    private static final Instant START = Instant.parse("2026-11-24T17:30:00Z");
    private static final Duration HELD = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seconds:event, where releases and requests to leave count for 8 s; the states after each event
        '0:tick 1:tick',                                  LOCKED LOCKED
        '0:release 3:tick 9:tick',                        UNLOCKED UNLOCKED LOCKED
        '0:release 3:open 5:close 9:tick',                UNLOCKED OPEN UNLOCKED LOCKED
        '0:release 3:open 12:close',                      UNLOCKED OPEN LOCKED
        '0:release 3:open 32:tick 33:tick 40:close',      UNLOCKED OPEN OPEN HELD_OPEN LOCKED
        '0:release 3:open 33:open 34:open',               UNLOCKED OPEN HELD_OPEN HELD_OPEN
        '0:release 8:open',                               UNLOCKED OPEN
        '0:release 9:open',                               UNLOCKED FORCED
        '0:open 1:tick 90:tick 99:close',                 FORCED FORCED FORCED LOCKED
        '0:open 1:release 2:close 3:open 4:close',        FORCED FORCED UNLOCKED OPEN UNLOCKED
        '0:open 1:release 10:close 11:open',              FORCED FORCED LOCKED FORCED
        '0:release 5:release 12:open 13:close 14:tick',   UNLOCKED UNLOCKED OPEN LOCKED LOCKED
        '0:release 3:open 5:release 12:close 14:tick',    UNLOCKED OPEN OPEN UNLOCKED LOCKED
        '0:release 3:open 40:tick 41:release 42:close',   UNLOCKED OPEN HELD_OPEN HELD_OPEN UNLOCKED
        '0:release 3:open 40:tick 42:close',              UNLOCKED OPEN HELD_OPEN LOCKED
        # who leaves is never an intruder
        '0:exit 1:open 2:close 20:tick',                  UNLOCKED OPEN UNLOCKED LOCKED
        '0:exit 60:open',                                 UNLOCKED FORCED
        # switched off early, with the door shut and open
        '0:release 1:relock 2:open',                      UNLOCKED LOCKED FORCED
        '0:release 1:open 2:relock 3:close 4:open',       UNLOCKED OPEN OPEN LOCKED FORCED
        # tampering is told whatever the door does, and ends only when the contact says so
        '0:tamper 1:close 2:untamper 3:close',            FORCED FORCED LOCKED LOCKED
        '0:release 1:tamper 2:open 3:untamper 4:open',    UNLOCKED FORCED FORCED UNLOCKED OPEN
        '0:open 1:tamper 2:close 3:untamper',             FORCED FORCED FORCED LOCKED
        '0:close 1:close',                                LOCKED LOCKED
        """)
    void followsTheDoor(String events, String states) {
        DoorState state = new DoorState.Locked();
        var names = new StringBuilder();
        for (String event : events.split(" ", -1)) {
            String[] parts = event.split(":", -1);
            Instant now = START.plusSeconds(Integer.parseInt(parts[0]));
            state = DoorState.next(state, input(parts[1], now), now, HELD);
            names.append(names.isEmpty() ? "" : " ").append(name(state));
        }
        assertThat(names).hasToString(states);
        assertThat(state.alarming())
                .isEqualTo(name(state).equals("HELD_OPEN") || name(state).equals("FORCED"));
    }

    /** Every state with every input; a plus is a grant that counts for 5 s more, a minus one that was over 9 s ago. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # state      release   exit      relock    open      close     tamper    untamper  tick
        LOCKED     UNLOCKED* UNLOCKED* LOCKED    FORCED    LOCKED    TAMPERED  LOCKED    LOCKED
        UNLOCKED+  UNLOCKED* UNLOCKED* LOCKED    OPEN+     UNLOCKED+ TAMPERED+ UNLOCKED+ UNLOCKED+
        UNLOCKED-  UNLOCKED* UNLOCKED* LOCKED    FORCED-   LOCKED    TAMPERED- UNLOCKED- LOCKED
        OPEN+      OPEN*     OPEN*     OPEN0     OPEN+     UNLOCKED+ TAMPERED+ OPEN+     OPEN+
        OPEN-      OPEN*     OPEN*     OPEN-     OPEN-     LOCKED    TAMPERED- OPEN-     OPEN-
        LONG-      LONG*     LONG*     LONG-     HELD-     LOCKED    TAMPERED- LONG-     HELD-
        HELD+      HELD*     HELD*     HELD0     HELD+     UNLOCKED+ TAMPERED+ HELD+     HELD+
        HELD-      HELD*     HELD*     HELD-     HELD-     LOCKED    TAMPERED- HELD-     HELD-
        FORCED     FORCED*   FORCED*   FORCED    FORCED    LOCKED    TAMPERED  FORCED    FORCED
        FORCED+    FORCED*   FORCED*   FORCED0   FORCED+   UNLOCKED+ TAMPERED+ FORCED+   FORCED+
        TAMPERED   TAMPERED* TAMPERED* TAMPERED  TAMPERED  TAMPERED  TAMPERED  LOCKED    TAMPERED
        TAMPERED+  TAMPERED* TAMPERED* TAMPERED0 TAMPERED+ TAMPERED+ TAMPERED+ UNLOCKED+ TAMPERED+
        TAMPERED-  TAMPERED* TAMPERED* TAMPERED- TAMPERED- TAMPERED- TAMPERED- LOCKED    TAMPERED-
        """)
    void knowsWhatEveryInputMeansInEveryState(String row) {
        List<String> names = List.of(row.split(" +", -1));
        DoorState before = state(names.getFirst());
        List<String> inputs = List.of("release", "exit", "relock", "open", "close", "tamper", "untamper", "tick");
        assertThat(names).hasSize(inputs.size() + 1);
        for (int i = 0; i < inputs.size(); i++) {
            DoorState after = DoorState.next(before, input(inputs.get(i), START), START, HELD);
            assertThat(shortName(after))
                    .as("%s, %s", names.getFirst(), inputs.get(i))
                    .isEqualTo(names.get(i + 1));
            assertThat(after.alarming())
                    .isEqualTo(after instanceof DoorState.HeldOpen || after instanceof DoorState.Forced);
        }
    }

    private static Input input(String name, Instant now) {
        return switch (name) {
            case "release" -> new Input.Released(now.plusSeconds(8));
            case "exit" -> new Input.ExitRequested(now.plusSeconds(8));
            case "relock" -> new Input.Relocked();
            case "open" -> new Input.Contact(true);
            case "close" -> new Input.Contact(false);
            case "tamper" -> new Input.Tamper(true);
            case "untamper" -> new Input.Tamper(false);
            case "tick" -> new Input.Tick();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static DoorState state(String name) {
        Instant until =
                name.endsWith("+") ? START.plusSeconds(5) : name.endsWith("-") ? START.minusSeconds(9) : Instant.MIN;
        Instant since = START.minusSeconds(15);
        return switch (name.replaceAll("[-+]", "")) {
            case "LOCKED" -> new DoorState.Locked();
            case "UNLOCKED" -> new DoorState.Unlocked(until);
            case "OPEN" -> new DoorState.Open(since, until);
            case "LONG" -> new DoorState.Open(START.minusSeconds(30), until);
            case "HELD" -> new DoorState.HeldOpen(START.minusSeconds(40), until);
            case "FORCED" -> new DoorState.Forced(since, DoorState.Cause.OPENED, until);
            case "TAMPERED" -> new DoorState.Forced(since, DoorState.Cause.TAMPERED, until);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** As in the table; a star is the grant of the input itself, a zero one that ends now. */
    private static String shortName(DoorState state) {
        long left = state.until().equals(Instant.MIN)
                ? Long.MIN_VALUE
                : Duration.between(START, state.until()).toSeconds();
        String grant = left == Long.MIN_VALUE ? "" : left == 8 ? "*" : left == 5 ? "+" : left == 0 ? "0" : "-";
        return grant.isEmpty() ? base(state) : base(state) + grant;
    }

    private static String base(DoorState state) {
        return switch (state) {
            case DoorState.Locked() -> "LOCKED";
            case DoorState.Unlocked _ -> "UNLOCKED";
            case DoorState.Open open -> open.since().equals(START.minusSeconds(30)) ? "LONG" : "OPEN";
            case DoorState.HeldOpen _ -> "HELD";
            case DoorState.Forced forced -> forced.cause() == DoorState.Cause.OPENED ? "FORCED" : "TAMPERED";
        };
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
