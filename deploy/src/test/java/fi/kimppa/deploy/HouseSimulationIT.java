package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Evenings in the whole house: a gateway as a process of its own, three kiosks at once, patrons with piles, devices that fail, and in every
 * other round a gateway that is killed, while kiosks lend without it. After each: what patrons were told is so, no thing passes the gate without a loan, every
 * accepted return is in the library once, receipts list the loans, and nobody is known. {@code -Dkimppa.evenings} says how many,
 * {@code -Dkimppa.seed} which.
 */
class HouseSimulationIT {
    private static final List<String> BRANCHES = List.of("TURKU", "NAANTALI", "LIETO");
    private static final int EVENINGS = Integer.getInteger("kimppa.evenings", 20);
    private static final long SEED = Long.getLong("kimppa.seed", 1);
    private static final int MOST_BOOKS = 4;
    private static final Duration A_VISIT = Duration.ofMillis(1_500);

    @Test
    void whatPatronsWereToldIsSo() throws InterruptedException {
        House.say("evenings with seed " + SEED);
        Random random = new Random(SEED);
        try (House house = House.build("evenings");
                ExecutorService patrons = Executors.newVirtualThreadPerTaskExecutor()) {
            house.store().lendOffLine();
            house.killGateway();
            house.restartGateway();
            List<SeenKiosk> kiosks = new ArrayList<>();
            try {
                BRANCHES.forEach(branch -> kiosks.add(new SeenKiosk(house, branch)));
                kiosks.forEach(SeenKiosk::awaitPermit);
                int loans = 0;
                int withoutConnection = 0;
                long returns = 0;
                for (int round = 1, played = 0; played < EVENINGS; round++, played += BRANCHES.size()) {
                    List<PatronsEvening> evenings = evenings(house, round, random);
                    visit(house, patrons, kiosks, evenings, PatronsEvening::borrow, round % 4 == 2, random);
                    House.await(
                            "the journal is settled",
                            SeenKiosk.PATIENCE,
                            () -> house.store().unsettled() == 0);
                    House.await(
                            "the library has what was lent",
                            SeenKiosk.PATIENCE,
                            () -> evenings.stream().allMatch(PatronsEvening::recorded));
                    evenings.forEach(PatronsEvening::assertLent);
                    // What one machine has lent, the next takes back.
                    kiosks.addLast(kiosks.removeFirst());
                    visit(house, patrons, kiosks, evenings, PatronsEvening::bringBack, round % 4 == 0, random);
                    House.await(
                            "the library has what was brought back",
                            SeenKiosk.PATIENCE,
                            () -> evenings.stream().allMatch(PatronsEvening::settled));
                    evenings.forEach(PatronsEvening::assertReturned);
                    loans += evenings.stream().mapToInt(PatronsEvening::loans).sum();
                    withoutConnection += evenings.stream()
                            .mapToInt(PatronsEvening::loansWithoutConnection)
                            .sum();
                    returns +=
                            evenings.stream().mapToLong(PatronsEvening::returns).sum();
                }
                House.say(EVENINGS + " evenings: " + loans + " loans, " + withoutConnection
                        + " of them without connection, " + returns + " returns");
                assertThat(loans)
                        .as("evenings on which nothing happens prove nothing")
                        .isGreaterThan(EVENINGS);
                assertThat(returns).isGreaterThan(EVENINGS);
            } finally {
                kiosks.forEach(SeenKiosk::close);
            }
        }
    }

    private static List<PatronsEvening> evenings(House house, int round, Random random) {
        List<PatronsEvening> evenings = new ArrayList<>();
        for (int n = 0; n < BRANCHES.size(); n++) {
            String card = house.store().addPatron(round * BRANCHES.size() + n);
            List<String> books = house.store().shelvedBooks(1 + random.nextInt(MOST_BOOKS), "TURKU");
            evenings.add(new PatronsEvening(house, card, VendorMachine.PIN, books, random.nextLong()));
        }
        return evenings;
    }

    /** Each patron at a machine of their own, all at once; and perhaps the gateway dies meanwhile. */
    private static void visit(
            House house,
            ExecutorService patrons,
            List<SeenKiosk> kiosks,
            List<PatronsEvening> evenings,
            BiConsumer<PatronsEvening, SeenKiosk> visit,
            boolean gatewayDies,
            Random random)
            throws InterruptedException {
        List<Future<?>> visits = new ArrayList<>();
        for (int n = 0; n < evenings.size(); n++) {
            PatronsEvening evening = evenings.get(n);
            SeenKiosk kiosk = kiosks.get(n);
            visits.add(patrons.submit(() -> visit.accept(evening, kiosk)));
        }
        if (gatewayDies) {
            House.moment(random, A_VISIT);
            house.killGateway();
            house.restartGateway();
        }
        for (Future<?> one : visits) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }
}
