package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.Adapter;
import fi.kimppa.gateway.backend.Library;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** The embedded store, arranged with SQL: before its own adapter, or behind another gateway's SIP2 server. */
public final class StoreLibrary implements Library {
    private static final String HERE = "TURKU";
    private static final String ELSEWHERE = "LIETO";

    /** Municipality and branch of a partner by agreement. */
    private static final String PARTNER = "AURA";

    /** Of a kind that may have one loan, one hold and nothing overdue. */
    private static final String NARROW = "CONTRACT";

    /** As weak as a hash can be, for the sake of time; it carries its own parameters. */
    private static final Argon2PasswordEncoder WEAK = new Argon2PasswordEncoder(16, 32, 1, 64, 1);

    private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

    private final Adapter adapter;
    private final CirculationBackend backend;
    private final Terminal here;
    private final Consortium consortium;
    private final JdbcClient jdbc;
    private final Clock clock;

    /**
     * The store in this database.
     *
     * @param backend what stands before it
     * @param here a terminal in Turku
     */
    public StoreLibrary(
            Adapter adapter,
            CirculationBackend backend,
            Terminal here,
            Consortium consortium,
            JdbcClient jdbc,
            Clock clock) {
        this.adapter = adapter;
        this.backend = backend;
        this.here = here;
        this.consortium = consortium;
        this.jdbc = jdbc;
        this.clock = clock;
        jdbc.sql("""
                        insert into patron_categories (code, loan_limit, hold_limit, overdue_limit, fee_limit)
                        values (:code, 1, 1, 0, 30.00) on conflict do nothing
                        """).param("code", NARROW).update();
    }

    @Override
    public Adapter adapter() {
        return adapter;
    }

    @Override
    public CirculationBackend backend() {
        return backend;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Terminal here() {
        return here;
    }

    @Override
    public String elsewhere() {
        return ELSEWHERE;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    // ---- patrons -----------------------------------------------------------------------------------------

    @Override
    public void patron(String card, String pin) {
        jdbc.sql("""
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                        values (:card, :name, 'Kim', '1990-05-17', 'ADULT', :branch, :pin, '2031-01-01')
                        """)
                .param("card", card)
                .param("name", FAMILY_NAME)
                .param("branch", HERE)
                .param("pin", HASHES.computeIfAbsent(pin, WEAK::encode))
                .update();
    }

    /** The store has one block, which machines set and staff see. */
    @Override
    public void block(String card) {
        jdbc.sql("""
                        insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                        values (:card, 'desk', :branch, 'by staff', false, :now)
                        """)
                .param("card", card)
                .param("branch", HERE)
                .param("now", now())
                .update();
    }

    @Override
    public void expire(String card) {
        change("update patrons set expires_on = :value where card = :key", card, today().minusDays(1));
    }

    @Override
    public void lose(String card) {
        change("update patrons set reported_lost = :value where card = :key", card, true);
    }

    @Override
    public void makeAChild(String card) {
        change("update patrons set birth_date = :value where card = :key", card, today().minusYears(7));
    }

    private void narrow(String card) {
        change("update patrons set category = :value where card = :key", card, NARROW);
    }

    private void change(String sql, String key, Object value) {
        jdbc.sql(sql).param("key", key).param("value", value).update();
    }

    @Override
    public void fillWithLoans(String card, String number) {
        narrow(card);
        lend(number, card);
    }

    @Override
    public void fillWithHolds(String card, String number) {
        narrow(card);
        want(number, card, true);
    }

    @Override
    public void overdueTooMuch(String card, String number) {
        narrow(card);
        lendLongAgo(number, card);
    }

    @Override
    public String owe(String card, String amount) {
        return Long.toString(jdbc.sql("""
                        insert into fees (card, fee_type, amount, created_at)
                        values (:card, '01', :amount, :now) returning id
                        """)
                .param("card", card)
                .param("amount", new BigDecimal(amount))
                .param("now", now())
                .query(Long.class)
                .single());
    }

    @Override
    public BigDecimal debt(String card) {
        return jdbc.sql("select coalesce(sum(amount - paid), 0) from fees where card = :card and paid_at is null")
                .param("card", card)
                .query(BigDecimal.class)
                .single();
    }

    // ---- things ------------------------------------------------------------------------------------------

    @Override
    public void item(String number, String title) {
        item(number, title, HERE);
    }

    @Override
    public void itemOfElsewhere(String number, String title) {
        item(number, title, ELSEWHERE);
    }

    private void item(String number, String title, String branch) {
        jdbc.sql("""
                        with work as (insert into titles (title, author) values (:title, '') returning id)
                        insert into items (number, title_id, type, home_branch, current_branch)
                        select :number, id, 'BOOK', :branch, :branch from work
                        """)
                .param("number", number)
                .param("title", title)
                .param("branch", branch)
                .update();
    }

    @Override
    public void forTheHouseOnly(String number) {
        change("update items set for_loan = :value where number = :key", number, false);
    }

    @Override
    public void forGrownUpsOnly(String number) {
        change(
                "update titles set age_limit = :value where id = (select title_id from items where number = :key)",
                number,
                18);
    }

    @Override
    public String record(String number) {
        return jdbc.sql("select t.title from titles t join items i on i.title_id = t.id where i.number = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }

    // ---- loans and holds ---------------------------------------------------------------------------------

    @Override
    public void lend(String number, String card) {
        lend(number, card, today().plusDays(14));
    }

    @Override
    public void lendLongAgo(String number, String card) {
        lend(number, card, today().minusDays(7));
    }

    private void lend(String number, String card, LocalDate due) {
        jdbc.sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values (:item, :card, :lent, :branch, :due)
                        """)
                .param("item", number)
                .param("card", card)
                .param("lent", now().minusDays(14))
                .param("branch", HERE)
                .param(
                        "due",
                        due.atTime(LocalTime.of(23, 59)).atZone(clock.getZone()).toOffsetDateTime())
                .update();
    }

    @Override
    public void renewedEnough(String number) {
        change(
                "update loans set renewals = 5, renewed_at = :value where item = :key and returned_at is null",
                number,
                now().minusDays(2));
    }

    /** It is a partner's, with whom that was agreed. */
    @Override
    public void dearToRenew(String number) {
        jdbc.sql("insert into agreements (municipality, renewal_fee) values (:partner, 150) on conflict do nothing")
                .param("partner", PARTNER)
                .update();
        consortium.refresh();
        change("update items set home_branch = :value where number = :key", number, PARTNER);
    }

    @Override
    public void want(String number, String card, boolean here) {
        jdbc.sql("""
                        insert into holds (card, title_id, pickup_branch, placed_at, state)
                        select :card, title_id, :branch, :now, 'WAITING' from items where number = :number
                        """)
                .param("card", card)
                .param("branch", here ? HERE : ELSEWHERE)
                .param("now", now().minusDays(3))
                .param("number", number)
                .update();
    }

    @Override
    public void ready(String number, String card) {
        jdbc.sql("""
                        insert into holds (card, title_id, pickup_branch, placed_at, state, trapped_item, ready_at)
                        select :card, title_id, :branch, :now, 'READY', number, :now from items where number = :number
                        """)
                .param("card", card)
                .param("branch", HERE)
                .param("now", now().minusDays(1))
                .param("number", number)
                .update();
    }

    @Override
    public Optional<String> borrower(String number) {
        return ofLoan("card", number);
    }

    @Override
    public Optional<String> lentAt(String number) {
        return ofLoan("lent_branch", number);
    }

    private Optional<String> ofLoan(String column, String number) {
        return jdbc.sql("select " + column + " from loans where item = :number and returned_at is null")
                .param("number", number)
                .query(String.class)
                .optional();
    }

    @Override
    public int holds(String card) {
        return jdbc.sql("select count(*) from holds where card = :card and state <> 'FULFILLED'")
                .param("card", card)
                .query(Integer.class)
                .single();
    }

    /** The database may be other tests' as well. */
    @Override
    public void close() {
        for (String sql : List.of(
                "delete from holds where card like '29%'",
                "delete from loans where card like '29%'",
                "delete from fees where card like '29%'",
                "delete from items where number like '39%'",
                "delete from titles where title like 'Case 39%'",
                "delete from patrons where card like '29%'",
                "delete from agreements where municipality = '" + PARTNER + "'")) {
            jdbc.sql(sql).update();
        }
        consortium.refresh();
    }
}
