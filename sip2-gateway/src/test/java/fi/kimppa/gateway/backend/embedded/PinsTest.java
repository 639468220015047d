package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.sip2.wire.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.Test;

/** Verifying a PIN takes a core and 9 MiB for a while: a crowd must queue for it. */
class PinsTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void verifiesNoMorePinsAtOnceThanThereAreCores() throws Exception {
        try (BackHalf house = BackHalf.start()) {
            Pins pins = house.bean(Pins.class);
            Store store = house.bean(Store.class);
            List<PatronRow> patrons = house
                    .jdbc()
                    .sql("select card from patrons order by card limit ?")
                    .param(CORES + 6)
                    .query((row, _) -> row.getString(1))
                    .list()
                    .stream()
                    .map(card -> store.patron(card, house.clock().instant()).orElseThrow())
                    .toList();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> crowd = new ArrayList<>();
            for (PatronRow patron : patrons) {
                crowd.add(Thread.ofPlatform().start(() -> {
                    await(start);
                    for (String pin : List.of("90909", "80808", "70707")) {
                        pins.check(BackHalf.TURKU, patron, Optional.of(Secret.of(pin)));
                    }
                }));
            }
            start.countDown();

            long most = 0;
            while (crowd.stream().anyMatch(Thread::isAlive)) {
                most = Math.max(most, verifying());
            }

            assertThat(crowd).hasSizeGreaterThan(CORES);
            assertThat(most).as("verifications at once").isBetween(1L, (long) CORES);
        }
    }

    /** All stacks are taken at one moment. */
    private static long verifying() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Argon2BytesGenerator.class.getName())))
                .count();
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
