package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.Found.Account;
import fi.kimppa.gateway.backend.koha.Found.Hold;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.gateway.backend.koha.KohaSettings.PinName;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.sip2.wire.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Reads Koha. Every filter is exact: without {@code _match=exact} Koha looks for rows that contain the value, so that card
 * 1234 would be 51234 as well, and {@code %} and {@code _} in a scanned value would stand for anything
 * (Koha/REST/Plugin/Query.pm).
 */
final class Lookup {
    /** So many rows are asked about at once. */
    private static final int AT_ONCE = 50;

    private final PinName pinName;
    private final PatronSessions sessions;

    Lookup(PinName pinName, PatronSessions sessions) {
        this.pinName = pinName;
        this.sessions = sessions;
    }

    /** Who a card belongs to. */
    sealed interface Holder {
        /** This patron. */
        record Known(Patron patron) implements Holder {}

        /** Nobody, or nobody can say whom of several. */
        record Nobody() implements Holder {}

        /** Somebody of whom this user may see nothing but the branch (Koha/Patron.pm, unredact_list). */
        record Hidden() implements Holder {}
    }

    /** Who this card belongs to. */
    Holder holder(Visit visit, String card) {
        if (card.isBlank()) {
            return new Holder.Nobody();
        }
        JsonNode rows = visit.read(exact(Call.get("patrons"), "cardnumber", card));
        if (rows.size() != 1) {
            return new Holder.Nobody();
        }
        JsonNode row = rows.get(0);
        if (Found.text(row, "patron_id").isEmpty()) {
            return new Holder.Hidden();
        }
        Patron patron = Patron.of(row);
        return patron.card().strip().equalsIgnoreCase(card) ? new Holder.Known(patron) : new Holder.Nobody();
    }

    /**
     * Whether this is the patron's PIN; empty when none was given. Asked once and never with an empty one: Koha counts
     * each wrong try and locks the account. One that was right at this terminal a moment ago is not asked about again.
     */
    Optional<Boolean> pinIsRight(Visit visit, Patron patron, Optional<Secret> given) {
        return given.filter(pin -> !pin.isEmpty())
                .map(pin -> sessions.knows(visit.terminal(), patron.card(), pin) || pinIsRight(visit, patron, pin));
    }

    private boolean pinIsRight(Visit visit, Patron patron, Secret pin) {
        char[] characters = pin.reveal();
        Call call = Call.post("auth", "password", "validation")
                .json(Map.of(
                        pinName == PinName.IDENTIFIER ? "identifier" : "userid", patron.card(), "password", characters))
                .reading();
        Answer answer;
        try {
            answer = visit.exchange(call);
        } finally {
            Arrays.fill(characters, '\0');
        }
        if (answer.ok()) {
            // The same word may be another patron's user name, and then it was that one's password.
            return answer.json()
                    .map(body -> body.path("patron_id").asLong(patron.id()) == patron.id())
                    .orElse(true);
        }
        boolean wrong = answer.status() == 400 && !Visit.error(answer).isEmpty();
        if (!wrong) {
            throw visit.senseless(call, answer);
        }
        return false;
    }

    /** The item with this number; empty if there is none, or more than one. */
    Optional<Item> item(Visit visit, String barcode) {
        if (barcode.isBlank()) {
            return Optional.empty();
        }
        JsonNode rows =
                visit.read(exact(Call.get("items"), "external_id", barcode).header("x-koha-embed", "biblio"));
        return rows.size() == 1
                ? Optional.of(Item.of(rows.get(0)))
                        .filter(item -> item.barcode().equalsIgnoreCase(barcode))
                : Optional.empty();
    }

    /** Items by Koha's number. */
    Map<Long, Item> items(Visit visit, Collection<Long> ids) {
        Map<Long, Item> found = new HashMap<>();
        for (String some : portions(ids)) {
            visit
                    .list(Call.get("items")
                            .query("q", "{\"item_id\":{\"-in\":[" + some + "]}}")
                            .header("x-koha-embed", "biblio"))
                    .stream()
                    .map(Item::of)
                    .forEach(item -> found.put(item.id(), item));
        }
        return found;
    }

    /** The open loans of a patron. */
    List<Loan> loans(Visit visit, Patron patron) {
        return visit
                .list(exact(Call.get("checkouts"), "patron_id", Long.toString(patron.id()))
                        .query("_order_by", "+due_date"))
                .stream()
                .map(Loan::of)
                .toList();
    }

    /** The open loan of an item. */
    Optional<Loan> loan(Visit visit, Item item) {
        return visit.list(Call.get("checkouts").query("q", "{\"item_id\":" + item.id() + "}")).stream()
                .map(Loan::of)
                .filter(loan -> loan.item() == item.id())
                .findFirst();
    }

    /** The same with who has issued it; empty also where this user may not see it, or this release does not tell. */
    Optional<Loan> issued(Visit visit, Item item) {
        Answer answer = visit.exchange(Call.get("checkouts")
                .query("q", "{\"item_id\":" + item.id() + "}")
                .header("x-koha-embed", "issuer"));
        return answer.json().filter(_ -> answer.ok()).stream()
                .flatMap(rows -> StreamSupport.stream(rows.spliterator(), false))
                .map(Loan::of)
                .filter(loan -> loan.item() == item.id())
                .findFirst();
    }

    /** The holds of a patron; empty if this user may not see holds. */
    Optional<List<Hold>> holds(Visit visit, Patron patron) {
        return visit.listIfAllowed(exact(Call.get("holds"), "patron_id", Long.toString(patron.id())))
                .map(rows -> rows.stream().map(Hold::of).toList());
    }

    /** The holds on a record; none if this user may not see holds. */
    List<Hold> holds(Visit visit, Item item) {
        return visit
                .listIfAllowed(exact(Call.get("holds"), "biblio_id", Long.toString(item.biblio())))
                .orElse(List.of())
                .stream()
                .map(Hold::of)
                .toList();
    }

    /** What a patron owes; empty if this user may not see it. */
    Optional<Account> account(Visit visit, Patron patron) {
        return visit.readIfAllowed(Call.get("patrons", Long.toString(patron.id()), "account"))
                .map(Account::of);
    }

    /** Titles and authors of records by Koha's number; none where Koha does not say. */
    Map<Long, String> titles(Visit visit, Collection<Long> biblios) {
        Map<Long, String> found = new HashMap<>();
        for (String some : portions(biblios)) {
            visit.listIfAllowed(Call.get("biblios").query("q", "{\"biblio_id\":{\"-in\":[" + some + "]}}"))
                    .orElse(List.of())
                    .forEach(row -> found.put(row.path("biblio_id").asLong(0), Found.titleOf(row)));
        }
        return found;
    }

    /** Numbers by the portion, for the sake of the address's length. */
    private static List<String> portions(Collection<Long> ids) {
        List<Long> wanted =
                ids.stream().filter(id -> id > 0).distinct().sorted().toList();
        List<String> portions = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            portions.add(wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE)).stream()
                    .map(id -> Long.toString(id))
                    .collect(Collectors.joining(",")));
        }
        return portions;
    }

    private static Call exact(Call call, String name, String value) {
        return call.query(name, value).query("_match", "exact");
    }
}
