package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.SipServerStub;
import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/**
 * The SIP2 server of the same Koha: returns, with the alert types of backends.md section 4 (C4/SIP/ILS/Transaction/Checkin.pm),
 * and what was lent off-line, which it books without looking at the patron (bug 32934).
 */
@NullUnmarked // JSON has nulls.
final class KohaSip implements AutoCloseable {
    private final KohaStub koha;
    private final Clock clock;
    private final SipServerStub server = new SipServerStub();
    private int last = 900_000;

    KohaSip(KohaStub koha, Clock clock) throws IOException {
        this.koha = koha;
        this.clock = clock;
        server.on("09", new Reply.Worked(this::worked));
        server.on("11", new Reply.Worked(this::worked));
    }

    String address() {
        return server.address();
    }

    private String worked(Request request) {
        synchronized (koha) {
            return switch (request) {
                case Checkin checkin -> takeBack(checkin);
                case Checkout checkout -> record(checkout);
                default -> throw new IllegalArgumentException(request.type().title());
            };
        }
    }

    private Optional<Map<String, Object>> item(String barcode) {
        return koha.one("items", row -> row.get("external_id").toString().equalsIgnoreCase(barcode));
    }

    private String now() {
        return Timestamp.of(clock.instant(), clock.getZone()).text();
    }

    // ---- 09 ----------------------------------------------------------------------------------------------

    private String takeBack(Checkin asked) {
        Optional<Map<String, Object>> found = item(asked.itemIdentifier());
        String branch = asked.currentLocation().isBlank() ? asked.institutionId() : asked.currentLocation();
        if (found.isEmpty()) {
            return "100NUY" + now() + "AO" + branch + "|AB" + asked.itemIdentifier() + "|AQ|CV99|AFInvalid Item|";
        }
        Map<String, Object> item = found.get();
        boolean lent = koha.all("checkouts").removeIf(row -> row.get("item_id").equals(item.get("item_id")));
        item.put("checked_out_date", null);
        item.put("holding_library_id", branch);
        String way = way(item, branch);
        String home = item.get("home_library_id").toString();
        // What was not on loan is ok where a hold was caught (seen with Koha-Suomi 3.16).
        boolean ok = lent || way.startsWith("CV01") || way.startsWith("CV02");
        return "10"
                + (ok ? "1YU" : "0NU")
                + (ok && way.isEmpty() ? "N" : "Y")
                + now()
                + "AO" + branch
                + "|AB" + item.get("external_id")
                + "|AQ" + home
                + "|AJ" + ((Map<?, ?>) item.get("biblio")).get("title")
                + "|" + way
                + (lent ? "" : "AFItem not checked out|");
    }

    /** CV and CT; the hold is caught by the return itself. */
    private String way(Map<String, Object> item, String branch) {
        Optional<Map<String, Object>> hold = koha.one(
                        "holds", row -> item.get("item_id").equals(row.get("item_id")))
                .or(() -> koha.one(
                        "holds",
                        row -> row.get("biblio_id").equals(item.get("biblio_id")) && row.get("status") == null));
        if (hold.isPresent()) {
            String pickup = hold.get().get("pickup_library_id").toString();
            boolean here = pickup.equals(branch);
            hold.get().put("item_id", item.get("item_id"));
            hold.get().put("status", here ? "W" : "T");
            return "CV" + (here ? "01" : "02") + "|CT" + pickup + "|";
        }
        Object home = item.get("home_library_id");
        return home.equals(branch) ? "" : "CV04|CT" + home + "|";
    }

    // ---- 11 ----------------------------------------------------------------------------------------------

    private String record(Checkout asked) {
        Optional<Map<String, Object>> item = item(asked.itemIdentifier());
        Optional<Map<String, Object>> patron =
                koha.one("patrons", row -> row.get("cardnumber").equals(asked.patronIdentifier()));
        if (!asked.noBlock() || item.isEmpty() || patron.isEmpty()) {
            return "120NUN" + now() + "AO|AA" + asked.patronIdentifier() + "|AB" + asked.itemIdentifier()
                    + "|AJ|AH|AFNot lent|";
        }
        OffsetDateTime due = asked.nbDueDate()
                .instant(clock.getZone())
                .orElseThrow()
                .atZone(clock.getZone())
                .toOffsetDateTime();
        int number = (Integer) item.get().get("item_id");
        koha.all("checkouts").removeIf(row -> row.get("item_id").equals(number));
        Map<String, Object> loan = koha.loan(++last, (Integer) patron.get().get("patron_id"), number, due.toString());
        loan.put("library_id", asked.institutionId());
        // Not when it was lent, but when it is told (C4/SIP).
        KohaRows.issued(loan, OffsetDateTime.now(clock), "kimppa-turku");
        koha.fulfil((Integer) patron.get().get("patron_id"), number);
        return "121NUY" + now() + "AO|AA" + asked.patronIdentifier() + "|AB" + asked.itemIdentifier() + "|AJ"
                + ((Map<?, ?>) item.get().get("biblio")).get("title") + "|AH"
                + asked.nbDueDate().text() + "|";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
