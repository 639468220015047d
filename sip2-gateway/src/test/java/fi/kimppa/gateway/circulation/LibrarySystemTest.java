package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.cutover.NumberMaps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
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
    private final CirculationBackend backend = named();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LibrarySystem system = new LibrarySystem(
            new TranslatedBackend(
                    new GuardedBackend(backend, mock(PinGuard.class), mock(PatronSessions.class), Clock.systemUTC()),
                    mock(NumberMaps.class)),
            Duration.ofSeconds(8),
            new BreakerSettings(3, Duration.ofSeconds(30), Duration.ofSeconds(10)),
            failure -> failure.toString().contains("the transaction failed"),
            threads,
            meters);

    private static CirculationBackend named() {
        CirculationBackend backend = mock(CirculationBackend.class);
        when(backend.name()).thenReturn("test");
        return backend;
    }

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

    /** A slow answer about one thing is not the system being away. */
    @Test
    void oneThatIsThereIsAskedOnAfterOneQuestionWithoutAnswer() {
        when(backend.online()).thenReturn(true);

        Outcome<String> lost = lose();

        assertThat(lost).isInstanceOf(Outcome.Unknown.class);
        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
        assertThat(meters.get("kimppa.backend.failures").counter().count()).isEqualTo(1);
        assertThat(meters.get("kimppa.backend.breaker").gauge().value()).isZero();
    }

    @Test
    void oneThatAnswersNoQuestionIsLeftAloneAlthoughItSaysThatItIsThere() {
        when(backend.online()).thenReturn(true);
        lose();
        lose();
        lose();

        assertThat(system.speaking()).isFalse();
        assertThat(meters.get("kimppa.backend.breaker").gauge().value()).isEqualTo(2);
        assertThat(system.probe()).as("one question goes first").isTrue();
        assertThat(meters.get("kimppa.backend.breaker").gauge().value()).isEqualTo(1);
        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
        assertThat(meters.get("kimppa.backend.breaker").gauge().value()).isZero();
    }

    @Test
    void oneIsToldUntilWhenItsAnswerIsOfUse() {
        Duration day = Duration.ofDays(1);

        assertThat(system.call(_ -> TimeLeft.atMost(day)))
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        outcome -> assertThat((Duration) outcome.answer())
                                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8)));
        assertThat(TimeLeft.atMost(day)).isEqualTo(day);
    }

    /** However often: it has nothing to do with the system. */
    @Test
    void oneIsNotTakenForSilentWhenOurOwnDatabaseCannotWrite() {
        for (int turn = 0; turn < 5; turn++) {
            assertThat(system.<String>call(_ -> {
                        throw new BackendSilentException(
                                "embedded: the transaction failed", true, new SQLException("disk full"));
                    }))
                    .isEqualTo(new Outcome.NotDone<String>());
        }

        assertThat(system.call(_ -> "answer")).isEqualTo(new Outcome.Answered<>("answer"));
        assertThat(meters.get("kimppa.backend.failures").counter().count()).isZero();
    }

    private Outcome<String> lose() {
        return system.call(_ -> {
            throw new BackendSilentException("test: no answer within 7 s", false, new TimeoutException());
        });
    }
}
