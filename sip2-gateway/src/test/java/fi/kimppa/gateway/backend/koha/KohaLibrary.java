package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.backend.Adapter;
import fi.kimppa.gateway.backend.Library;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.circulation.TestSessions;
import fi.kimppa.gateway.consortium.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A Koha with both its doors, REST and SIP2, over one memory; the adapter is started from its settings. */
@NullUnmarked // JSON has nulls.
final class KohaLibrary implements Library {
    private static final String HERE = "TKU";
    private static final String ELSEWHERE = "LIE";
    private static final Map<String, String> OURS = Map.of(HERE, "TURKU", ELSEWHERE, "LIETO");

    private final MovableClock clock = new MovableClock();
    private final KohaStub koha;
    private final KohaSip sip;
    private final KohaRules rules;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Map<String, Integer> patrons = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();
    private int last = 10_000;

    KohaLibrary() {
        try {
            koha = new KohaStub();
            sip = new KohaSip(koha, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        koha.users.put("kimppa-lie", ELSEWHERE);
        rules = new KohaRules(koha, clock);
        koha.rules = Optional.of(rules);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings()));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(PatronSessions.class, () -> TestSessions.at(clock));
        context.scan("fi.kimppa.gateway.backend.sip2", "fi.kimppa.gateway.backend.koha");
        context.refresh();
    }

    private Map<String, Object> settings() {
        String rest = "kimppa.backends.koha.vaski.";
        String line = "kimppa.backends.sip2.vaski-sip2.";
        Map<String, Object> settings = new HashMap<>(Map.of(
                rest + "rest.url", koha.http.url("/api/v1").toString(),
                rest + "clients.TURKU.id", "kimppa-tku",
                rest + "clients.TURKU.secret", "kimppa-tku-secret",
                rest + "clients.TURKU.library", HERE,
                rest + "clients.LIETO.id", "kimppa-lie",
                rest + "clients.LIETO.secret", "kimppa-lie-secret",
                rest + "clients.LIETO.library", ELSEWHERE,
                rest + "fee-limit", "20.00",
                rest + "sip2", "vaski-sip2"));
        settings.putAll(Map.of(
                line + "address", sip.address(),
                line + "preset", "koha",
                line + "accounts.TURKU.user", "kimppa-turku",
                line + "accounts.TURKU.password", "s",
                line + "accounts.TURKU.institution", HERE,
                line + "accounts.LIETO.user", "kimppa-lieto",
                line + "accounts.LIETO.password", "s",
                line + "accounts.LIETO.institution", ELSEWHERE));
        return settings;
    }

    @Override
    public Adapter adapter() {
        return Adapter.KOHA;
    }

    @Override
    public CirculationBackend backend() {
        return context.getBean("koha-vaski", CirculationBackend.class);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Terminal here() {
        return BackHalf.TURKU;
    }

    @Override
    public String elsewhere() {
        return "LIETO";
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private Map<String, Object> patronRow(String card) {
        return koha.one("patrons", row -> row.get("cardnumber").equals(card)).orElseThrow();
    }

    private Map<String, Object> itemRow(String number) {
        return koha.one("items", row -> row.get("external_id").equals(number)).orElseThrow();
    }

    private Optional<Map<String, Object>> loanRow(String number) {
        return koha.one("checkouts", row -> row.get("item_id").equals(items.get(number)));
    }

    // ---- patrons -----------------------------------------------------------------------------------------

    @Override
    public void patron(String card, String pin) {
        int id = ++last;
        patrons.put(card, id);
        koha.pins.put(id, pin);
        koha.patron(id, card, HERE).put("surname", FAMILY_NAME);
    }

    @Override
    public void block(String card) {
        patronRow(card).put("restricted", true);
    }

    @Override
    public void expire(String card) {
        patronRow(card).put("expiry_date", today().minusDays(1).toString());
    }

    @Override
    public void lose(String card) {
        patronRow(card).put("patron_card_lost", true);
    }

    @Override
    public void makeAChild(String card) {
        patronRow(card).put("date_of_birth", today().minusYears(7).toString());
    }

    @Override
    public void fillWithLoans(String card, String number) {
        rules.maxLoans.put(patrons.get(card), 1);
        lend(number, card);
    }

    @Override
    public void fillWithHolds(String card, String number) {
        rules.maxHolds.put(patrons.get(card), 1);
        want(number, card, true);
    }

    @Override
    public void overdueTooMuch(String card, String number) {
        lendLongAgo(number, card);
    }

    @Override
    public String owe(String card, String amount) {
        return koha.debt(++last, patrons.get(card), amount, null)
                .get("account_line_id")
                .toString();
    }

    @Override
    public BigDecimal debt(String card) {
        return koha.all("debits").stream()
                .filter(row -> row.get("patron_id").equals(patrons.get(card)))
                .map(row -> (BigDecimal) row.get("amount_outstanding"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
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

    private void item(String number, String title, String library) {
        int id = ++last;
        int biblio = ++last;
        items.put(number, id);
        Map<String, Object> row = koha.item(id, biblio, number, title);
        row.put("home_library_id", library);
        row.put("holding_library_id", library);
        row.put("biblio", KohaRows.row("biblio_id", biblio, "title", title, "author", null));
    }

    @Override
    public void forTheHouseOnly(String number) {
        itemRow(number).put("not_for_loan_status", 1);
        itemRow(number).put("effective_not_for_loan_status", 1);
    }

    @Override
    public void forGrownUpsOnly(String number) {
        rules.ages.put(items.get(number), 18);
    }

    @Override
    public String record(String number) {
        return itemRow(number).get("biblio_id").toString();
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
        koha.loan(
                ++last,
                patrons.get(card),
                items.get(number),
                due.atTime(23, 59).atZone(clock.getZone()).toOffsetDateTime().toString());
    }

    @Override
    public void renewedEnough(String number) {
        koha.renewalErrors.put((Integer) loanRow(number).orElseThrow().get("checkout_id"), "too_many");
    }

    /** Koha charges by the type of the thing, and asks nobody over REST. */
    @Override
    public void dearToRenew(String number) {
        rules.rentalCharges.put(items.get(number), "1.50");
    }

    @Override
    public void want(String number, String card, boolean here) {
        koha.hold(++last, patrons.get(card), (Integer) itemRow(number).get("biblio_id"), null, null)
                .put("pickup_library_id", here ? HERE : ELSEWHERE);
    }

    @Override
    public void ready(String number, String card) {
        koha.hold(++last, patrons.get(card), (Integer) itemRow(number).get("biblio_id"), items.get(number), "W");
    }

    @Override
    public Optional<String> borrower(String number) {
        return loanRow(number)
                .flatMap(loan -> koha.one("patrons", row -> row.get("patron_id").equals(loan.get("patron_id"))))
                .map(row -> row.get("cardnumber").toString());
    }

    @Override
    public Optional<String> lentAt(String number) {
        return loanRow(number).map(loan -> OURS.get(loan.get("library_id").toString()));
    }

    @Override
    public int holds(String card) {
        return (int) koha.all("holds").stream()
                .filter(row -> row.get("patron_id").equals(patrons.get(card)))
                .count();
    }

    @Override
    public void close() {
        context.close();
        try {
            sip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        koha.close();
    }
}
