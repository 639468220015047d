package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.cutover.NumberMaps;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call of a library system comes to, and what it says about the next one. */
class LibrarySystemTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CirculationBackend backend = mock(CirculationBackend.class);
    private final LibrarySystem system = new LibrarySystem(
            new TranslatedBackend(
                    new GuardedBackend(backend, mock(PinGuard.class), mock(PatronSessions.class), Clock.systemUTC()),
                    mock(NumberMaps.class)),
            Duration.ofSeconds(8),
            threads);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void oneWithoutRoomForOneQuestionIsStillAskedTheNext() {
        Outcome<String> outcome = system.call(_ -> {
            throw new BackendBusyException("test: no room within 6 s");
        });

        assertThat(outcome).isEqualTo(new Outcome.NotDone<String>());
        assertThat(system.speaking()).isTrue();
        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
    }

    @Test
    void aSilentOneIsNotAskedAgainBeforeItHasAnsweredAProbe() {
        Outcome<String> outcome = system.call(_ -> {
            throw new BackendSilentException("test: no connection", true, new TimeoutException());
        });

        assertThat(outcome).isEqualTo(new Outcome.NotDone<String>());
        assertThat(system.speaking()).isFalse();
        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.NotDone<String>());
        when(backend.online()).thenReturn(true);
        assertThat(system.probe()).isTrue();
        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
    }
}
