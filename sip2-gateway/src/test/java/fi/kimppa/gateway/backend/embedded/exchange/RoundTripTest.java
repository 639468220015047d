package fi.kimppa.gateway.backend.embedded.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.consortium.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything out of one store and into an empty one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
    private BackHalf from;
    private BackHalf to;

    @BeforeAll
    void start() {
        from = ExchangeHand.house(ExchangeHand.demo());
        to = ExchangeHand.house(ExchangeHand.demo());
        fill();
    }

    @AfterAll
    void stop() {
        from.close();
        to.close();
    }

    /** Of the demonstration as much as is quick, and beside it what it does not have. */
    private void fill() {
        sql(from, """
                delete from loans where id % 20 > 0;
                delete from holds where id % 4 > 0 and card <> '2000012395';
                delete from items where number > '3000100800' and number not in (select item from loans)
                   and number not in (select trapped_item from holds where trapped_item is not null)
                   and number not in (select item from holds where item is not null);
                delete from holds where title_id not in (select title_id from items);
                delete from titles where id not in (select title_id from items);
                delete from patrons where card > '2000100400' and card not in (select card from loans)
                   and card not in (select card from holds) and card not in (select card from fees);
                update patrons set email = 'a@example.fi', phone = '+358 40 123', language = 'sv'
                 where card = '2000012345';
                update patrons set pickup_name = '=1+1', reported_lost = true where card = '2000012353';
                insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                values ('2000012353', 'desk', 'TURKU', 'Ask, "please"', false, '2026-11-20 12:00+02');
                insert into fees (card, fee_type, amount, item, created_at, paid, creditor)
                values ('2000012345', '06', 5.50, '3000000011', '2026-11-20 12:00:00.123456+02', 2.00, 'LIETO');
                insert into payments (card, terminal, transaction_id, amount, payment_type, paid_at)
                values ('2000012345', 'kiosk-turku', 't1', 2.00, '00', '2026-11-21 12:00+02');
                update items set destination = 'LIETO', properties = 'parts=2', collection = 'LOCAL', parts = 2
                 where number = '3000000028'
                """);
    }

    private static void sql(BackHalf house, String statements) {
        for (String statement : statements.split(";\n", -1)) {
            house.jdbc().sql(statement).update();
        }
    }

    private static void empty(BackHalf house) {
        sql(house, """
                delete from card_blocks;
                delete from payments;
                delete from fees;
                delete from holds;
                delete from loans;
                delete from items;
                delete from titles;
                delete from patrons
                """);
    }

    private static String file(Map<String, String> files, String name) {
        return files.getOrDefault(name, "no such file");
    }

    private void bring(Kind kind, String file) throws Exception {
        ImportJob job = new ExchangeHand(to).doAll(kind, false, file);
        assertThat(new ExchangeHand(to).findings(job)).as(kind + "").isEmpty();
        assertThat(job.state()).isEqualTo(State.DONE);
    }

    @Test
    void whatIsExportedCanBeImportedAgain() throws Exception {
        Map<String, String> files = new ExchangeHand(from).export(Optional.empty());
        for (Kind items : List.of(Kind.ITEMS, Kind.MARC)) {
            empty(to);
            bring(Kind.PATRONS, file(files, "patrons.csv"));
            bring(items, file(files, items == Kind.ITEMS ? "items.csv" : "titles.xml"));
            bring(Kind.LOANS, file(files, "loans.csv"));
            bring(Kind.HOLDS, file(files, "holds.csv"));
            bring(Kind.FEES, file(files, "fees.csv"));

            Map<String, String> again = new ExchangeHand(to).export(Optional.empty());
            for (String name : files.keySet()) {
                boolean marcSaysLess = items == Kind.MARC && name.equals("items.csv");
                if (!List.of(StoreExport.README, "payments.csv").contains(name) && !marcSaysLess) {
                    assertThat(file(again, name)).as(items + " " + name).isEqualTo(file(files, name));
                }
            }
        }
        assertThat(file(files, "patrons.csv").lines().count()).isGreaterThan(100);
        assertThat(file(files, "loans.csv").lines().count()).isGreaterThan(100);
        assertThat(file(files, "holds.csv").lines().count()).isGreaterThan(10);
        assertThat(file(files, "fees.csv"))
                .contains("2000012345,2026-11-20T10:00:00.123456Z,06,5.50,3000000011,2.00,LIETO");
        assertThat(file(files, "patrons.csv")).contains("'+358 40 123", "'=1+1", "\"Ask, \"\"please\"\"\"");
    }

    @Test
    void theReadmeSaysWhatIsInIt() throws Exception {
        Map<String, String> files = new ExchangeHand(from).export(Optional.of("LIETO"));
        String readme = file(files, StoreExport.README);

        for (String name : files.keySet()) {
            if (!name.equals(StoreExport.README)) {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(file(files, name).getBytes(StandardCharsets.UTF_8));
                assertThat(readme).contains(name).contains(HexFormat.of().formatHex(hash));
            }
        }
        assertThat(from.bean(Settings.class).changes(Optional.empty(), 10)).anySatisfy(change -> {
            assertThat(change.key()).isEqualTo("store.export");
            assertThat(change.scope().name()).isEqualTo("LIETO");
            assertThat(change.after().orElse("")).contains("patrons.csv ");
        });
    }

    @Test
    void aMunicipalityTakesItsOwnAndWhatGoesAcrossApart() throws Exception {
        Map<String, String> files = new ExchangeHand(from).export(Optional.of("LIETO"));

        assertThat(file(files, "patrons.csv").lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",LIETO,"));
        assertThat(file(files, "items.csv").lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",LIETO,"));
        int touching = from.value(Integer.class, """
                select count(*) from loans l join patrons p on p.card = l.card join items i on i.number = l.item
                 where l.returned_at is null and 'LIETO' in (p.home_branch, i.home_branch)
                """);
        int within = from.value(Integer.class, """
                select count(*) from loans l join patrons p on p.card = l.card join items i on i.number = l.item
                 where l.returned_at is null and p.home_branch = 'LIETO' and i.home_branch = 'LIETO'
                """);
        assertThat(file(files, "loans.csv").lines().skip(1)).hasSize(within);
        assertThat(file(files, "loans-across.csv").lines().skip(1)).hasSize(touching - within);
        assertThat(touching).isGreaterThan(within);
        assertThat(file(files, "fees-across.csv")).contains("LIETO");
        assertThat(file(files, "payments.csv")).doesNotContain("2000012345");
    }
}
