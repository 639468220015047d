package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.database.TestPostgres.Database;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kills a gateway, a process of its own, with signal 9 between its journal and its answer. */
class KilledGatewayTest {
    private static final String MAKELA = "2000012345";

    private static BackHalf survivor;
    private static Asking turku;

    @BeforeAll
    static void start() {
        survivor = BackHalf.start(FaultyBackend.Wiring.class);
        turku = new Asking(survivor.circulation(), BackHalf.TURKU, survivor.clock());
    }

    @AfterAll
    static void stop() {
        survivor.close();
    }

    @Test
    void keepsTheLoanThatWasMadeAndAnswersTheRepeat() throws Exception {
        Request checkout = turku.checkout(MAKELA, "3000000011", turku.tick());
        kill(Fault.HANGS_AFTER, checkout);

        CheckoutResponse repeat = (CheckoutResponse) serve(checkout);

        assertThat(repeat.ok()).isTrue();
        assertThat(repeat.dueDate()).isEqualTo("20261222    235900");
        assertThat(loans("3000000011")).isOne();
        assertThat(rows("3000000011")).isEqualTo("SETTLED");
    }

    @Test
    void lendsOnTheRepeatWhatWasNotLentBefore() throws Exception {
        Request checkout = turku.checkout(MAKELA, "3000000028", turku.tick());
        kill(Fault.HANGS_BEFORE, checkout);

        assertThat(loans("3000000028")).isZero();
        assertThat(((CheckoutResponse) serve(checkout)).itemProperties())
                .as("what the killed gateway has sent may still be on its way")
                .contains(Circulation.OUTCOME_UNKNOWN);

        survivor.pass(Duration.ofMinutes(1));
        assertThat(((CheckoutResponse) serve(checkout)).ok()).isTrue();
        assertThat(loans("3000000028")).isOne();
    }

    @Test
    void takesBackOnceWhatWasReturnedWhenItDied() throws Exception {
        Request checkin = turku.checkin("3000000042", turku.tick());
        kill(Fault.HANGS_AFTER, checkin);

        CheckinResponse repeat = (CheckinResponse) serve(checkin);

        assertThat(repeat.ok()).isTrue();
        assertThat(repeat.destinationLocation()).contains("NAANTALI");
        assertThat(repeat.sortBin()).contains("3");
        assertThat(survivor.value(
                        Integer.class, "select count(*) from loans where item = '3000000042' and returned_at is null"))
                .isZero();
        assertThat(survivor.value(Integer.class, "select count(*) from transits where item = '3000000042'"))
                .isOne();
    }

    private static Response serve(Request request) {
        return survivor.circulation().serve(request, BackHalf.TURKU);
    }

    private static int loans(String item) {
        return survivor.value(Integer.class, "select count(*) from loans where item = ?", item);
    }

    private static String rows(String item) {
        return survivor.value(
                String.class, "select string_agg(state, ' ' order by id) from journal where item = ?", item);
    }

    private static void kill(Fault fault, Request request) throws Exception {
        Database database = survivor.database();
        String wire = new String(
                        new FrameCodec(WireProfile.DEFAULT).encode(request.toFrame(), false), StandardCharsets.UTF_8)
                .replace("\r", "");
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledGateway.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        fault.name(),
                        wire)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = gateway.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().anyMatch("REACHED"::equals)).isTrue();
            gateway.destroyForcibly();
            assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            gateway.destroyForcibly();
        }
    }
}
