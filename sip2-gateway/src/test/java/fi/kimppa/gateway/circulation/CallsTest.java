package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.circulation.Calls.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call of a backend comes to, and what it says about the next one. */
class CallsTest {
    private final Calls calls =
            new Calls(new Deadlines(Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(15)));

    @AfterEach
    void end() {
        calls.destroy();
    }

    @Test
    void aBackendWithoutRoomForOneQuestionIsStillAskedTheNext() {
        Outcome<String> outcome = calls.call(() -> {
            throw new BackendBusyException("test: no room within 6 s");
        });

        assertThat(outcome).isEqualTo(new Outcome.NotDone<String>());
        assertThat(calls.speaking()).isTrue();
        assertThat(calls.call(() -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
    }

    @Test
    void aSilentBackendIsNotAskedAgain() {
        Outcome<String> outcome = calls.call(() -> {
            throw new BackendSilentException("test: no connection", true, new TimeoutException());
        });

        assertThat(outcome).isEqualTo(new Outcome.NotDone<String>());
        assertThat(calls.speaking()).isFalse();
        assertThat(calls.call(() -> "answer")).isEqualTo(new Outcome.NotDone<String>());
    }
}
