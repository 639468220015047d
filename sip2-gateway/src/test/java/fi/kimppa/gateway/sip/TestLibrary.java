package fi.kimppa.gateway.sip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cards and items of the demonstration for one golden conversation; the next one gets others. */
final class TestLibrary {
    private static final AtomicInteger TURN = new AtomicInteger();

    /** A patron who has nothing, owes nothing and waits for nothing. */
    private static final String CARDS = """
            select card from patrons p
             where card >= '2000100000' and category = 'ADULT' and expires_on > '2027-01-01'
               and not exists (select from loans l where l.card = p.card)
               and not exists (select from fees f where f.card = p.card)
               and not exists (select from holds h where h.card = p.card)
             order by card limit 2 offset :offset
            """;

    /** A patron with one loan, which is not overdue and for which nobody waits. */
    private static final String LOANS = """
            select min(l.card) card, min(l.item) item from loans l join patrons p on p.card = l.card
             where l.card >= '2000100000' and p.category = 'ADULT' and p.expires_on > '2027-01-01'
               and not exists (select from fees f where f.card = l.card)
               and not exists (select from holds h where h.card = l.card or h.item = l.item)
             group by l.card having count(*) = 1 and min(l.due_at) > '2026-12-01' and max(l.returned_at) is null
             order by l.card limit 1 offset :offset
            """;

    /** A book that stands where it belongs and for which nobody waits. */
    private static final String ITEMS = """
            select number from items i
             where number >= '3000100000' and type = 'BOOK' and home_branch = :branch and current_branch = :branch
               and destination is null
               and not exists (select from loans l where l.item = i.number)
               and not exists (select from holds h where h.title_id = i.title_id)
             order by number limit 3 offset :offset
            """;

    /** A patron who waits for one thing. */
    private static final String WAITING = """
            select min(h.card) from holds h join patrons p on p.card = h.card
             where h.card >= '2000100000' and p.category = 'ADULT' and p.expires_on > '2027-01-01'
               and h.state = 'WAITING' and not exists (select from fees f where f.card = h.card)
             group by h.card having count(*) = 1
             order by h.card limit 1 offset :offset
            """;

    /** A patron with one fee, of which nothing has been paid. */
    private static final String FEES = """
            select min(f.card) card, min(f.amount)::text amount from fees f join patrons p on p.card = f.card
             where f.card >= '2000100000' and p.category = 'ADULT' and p.expires_on > '2027-01-01'
             group by f.card having count(*) = 1 and min(f.amount) > 2 and max(f.paid) = 0
             order by f.card limit 1 offset :offset
            """;

    private final JdbcClient jdbc;

    TestLibrary(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What these variables stand for, and those that need no search. */
    Map<String, String> variables(Set<String> needed) {
        int turn = TURN.getAndIncrement();
        Map<String, String> all = new HashMap<>(Map.of(
                "LOGIN", "kiosk-turku",
                "PASSWORD", "demo-kiosk-turku",
                "AO", "TURKU",
                "LOCATION", "TURKU",
                "PIN", "1234",
                "WRONG_PIN", "9999",
                "UNKNOWN_CARD", "2999999999",
                "UNKNOWN_ITEM", "3999999999",
                "REFERENCE_ITEM", "3000000073",
                "ADULT_ITEM", "3000000080"));
        all.putAll(Map.of(
                "FEE_CARD", "2000012353",
                "FEE_PIN", "4321",
                "FEE", "45.00",
                "EXPIRED_CARD", "2000012387",
                "EXPIRED_PIN", "3333",
                "CHILD_CARD", "2000012361",
                "CHILD_PIN", "1111"));
        // The queries leave out what a conversation has touched, so a turn of its own is needed only within a page.
        if (needsOne(needed, "CARD", "CARD2")) {
            List<String> cards = list(CARDS, turn % 50, "");
            all.put("CARD", cards.get(0));
            all.put("CARD2", cards.get(1));
        }
        if (needsOne(needed, "ITEM", "ITEM2", "ITEM3")) {
            List<String> items = list(ITEMS, 3 * turn % 300, "TURKU");
            all.put("ITEM", items.get(0));
            all.put("ITEM2", items.get(1));
            all.put("ITEM3", items.get(2));
        }
        if (needsOne(needed, "AWAY_ITEM", "AWAY_BRANCH")) {
            all.put("AWAY_ITEM", list(ITEMS, turn % 30, "LIETO").getFirst());
            all.put("AWAY_BRANCH", "LIETO");
        }
        if (needsOne(needed, "LENT_CARD", "LENT_ITEM", "LENT_PIN")) {
            Loan loan = jdbc.sql(LOANS)
                    .param("offset", turn % 50)
                    .query(new DataClassRowMapper<>(Loan.class))
                    .single();
            all.put("LENT_CARD", loan.card());
            all.put("LENT_ITEM", loan.item());
            all.put("LENT_PIN", "1234");
        }
        if (needsOne(needed, "OWES", "OWES_CARD", "OWES_PIN")) {
            all.putAll(fee("OWES", turn));
        }
        if (needsOne(needed, "SETTLED", "SETTLED_CARD", "SETTLED_PIN")) {
            all.putAll(fee("SETTLED", turn + 1));
        }
        all.put("NAMED_CARD", "2000012345");
        all.put("NAMED_PIN", "1234");
        all.put("NAME", "Mäkelä, Åke");
        all.put("NAME_IN_ASCII", "Makela, Ake");
        if (needsOne(needed, "WAITING_CARD", "WAITING_PIN")) {
            all.put("WAITING_CARD", list(WAITING, turn % 20, "").getFirst());
            all.put("WAITING_PIN", "1234");
        }
        return all;
    }

    private static boolean needsOne(Set<String> needed, String... of) {
        return Arrays.stream(of).anyMatch(needed::contains);
    }

    private Map<String, String> fee(String name, int turn) {
        Fee fee = jdbc.sql(FEES)
                .param("offset", turn % 10)
                .query(new DataClassRowMapper<>(Fee.class))
                .single();
        return Map.of(name, fee.amount(), name + "_CARD", fee.card(), name + "_PIN", "1234");
    }

    private List<String> list(String sql, int offset, String branch) {
        return jdbc.sql(sql)
                .param("offset", offset)
                .param("branch", branch)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private record Loan(String card, String item) {}

    private record Fee(String card, String amount) {}
}
