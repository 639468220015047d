package fi.kimppa.gateway.sip;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that answers and has no room for what is written: PostgreSQL raises what it raises on a full disk. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseFullTest extends GatewayTest {
    private static final String LOGIN = "9300CNkiosk-turku|COdemo-kiosk-turku|";
    private static final String RETURN = "09N20261124    19360020261124    193600APTURKU|AOTURKU|AB3000000042|AC|BIN|";
    private static final String LOAN = "11NN20261124    19350020261124    193500AOTURKU|AA2000012345|AB%s|AC|AD1234|";

    @Autowired
    Sip2Server server;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    HealthIndicator journalHealth;

    @AfterEach
    void makeRoom() {
        jdbc.sql("drop function if exists full_disk() cascade").update();
        await(() -> status().equals(Status.UP));
    }

    @Test
    void isTakenForAnAbsentOneAndTerminalsAreServedAgainWhenThereIsRoom(CapturedOutput log) throws Exception {
        String loan = LOAN.formatted(item());
        try (Peer borrowing = loggedIn();
                Peer returning = loggedIn()) {
            fill("journal");

            assertThat(borrowing.ask(loan)).as("nothing was begun").startsWith("98NNN");
            assertThat(returning.ask(RETURN)).startsWith("98NNN");
            assertThat(returning.ask("9900302.00")).startsWith("98NNN");
            assertThat(status()).isEqualTo(Status.DOWN);
            assertThat(rows(loan)).isZero();

            makeRoom();

            assertThat(returning.ask("9900302.00")).startsWith("98Y");
            assertThat(borrowing.ask(loan)).startsWith("121");
            assertThat(borrowing.ask(loan)).as("a repeat").startsWith("121");
            assertThat(rows(loan)).isOne();
            assertThat(returning.ask(RETURN)).startsWith("101");
        }
        assertThat(log.getOut()).containsOnlyOnce("cannot write").containsOnlyOnce("writes again");
        assertThat(log.getOut()).doesNotContain(" ERROR ");
    }

    /** The journal's own pages have room, and others have not: whoever finds that out hears that the library is off-line. */
    @Test
    void isFoundOutAnewWhereTheJournalAloneHasRoom() throws Exception {
        String loan = LOAN.formatted(item());
        try (Peer borrowing = loggedIn()) {
            fill("loans");

            assertThat(borrowing.ask(loan)).startsWith("98NNN");
            await(() -> status().equals(Status.UP));
            assertThat(borrowing.ask(loan)).startsWith("98NNN");

            makeRoom();

            assertThat(borrowing.ask(loan)).startsWith("121");
            assertThat(rows(loan)).isOne();
        }
    }

    private Status status() {
        return Objects.requireNonNull(journalHealth.health()).getStatus();
    }

    /** A thing of Turku that nobody waits for. */
    private String item() {
        return jdbc.sql("""
                        select number from items i
                         where number >= '3000100000' and home_branch = 'TURKU' and current_branch = 'TURKU'
                           and for_loan and destination is null
                           and not exists (select from loans l where l.item = i.number)
                           and not exists (select from holds h where h.title_id = i.title_id)
                         order by number desc limit 1
                        """).query(String.class).single();
    }

    private int rows(String loan) {
        String item = loan.replaceFirst(".*\\|AB(\\d+)\\|.*", "$1");
        return jdbc.sql("select count(*) from journal where item = :item")
                .param("item", item)
                .query(Integer.class)
                .single();
    }

    private void fill(String table) {
        jdbc.sql("""
                        create or replace function full_disk() returns trigger language plpgsql as
                        'begin raise exception ''could not extend file: No space left on device'' using errcode = ''53100''; end'
                        """).update();
        jdbc.sql("create trigger full_disk before insert on " + table + " execute function full_disk()")
                .update();
    }

    private Peer loggedIn() throws IOException {
        Peer peer = new Peer(server.plainPort().orElseThrow());
        assertThat(peer.ask(LOGIN)).isEqualTo("941");
        return peer;
    }
}
