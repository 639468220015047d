package fi.kimppa.gateway.backend.koha;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/**
 * What Koha has against a loan, a renewal or a hold, as far as it follows from its rows: {@code CanBookBeIssued} and
 * {@code CanBookBeRenewed} (C4/Circulation.pm), {@code CanBookBeReserved} (C4/Reserves.pm), and {@code can_place_holds}
 * (Koha/Patron.pm since bug 40101). Lost cards are renewed for: Koha does not look.
 */
@NullUnmarked // JSON has nulls.
final class KohaRules {
    /** Preference noissuescharge. */
    private static final BigDecimal MOST_OWED = new BigDecimal("20.00");

    /** Circulation rules and preferences, by patron, where they are narrower than anybody meets. */
    final Map<Integer, Integer> maxLoans = new HashMap<>();

    final Map<Integer, Integer> maxHolds = new HashMap<>();

    /** Age restrictions by item. */
    final Map<Integer, Integer> ages = new HashMap<>();

    /** What a loan or renewal costs, by item. */
    final Map<Integer, String> rentalCharges = new HashMap<>();

    private final KohaRows koha;
    private final Clock clock;

    KohaRules(KohaRows koha, Clock clock) {
        this.koha = koha;
        this.clock = clock;
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private Map<String, Object> patron(int id) {
        return koha.one("patrons", row -> row.get("patron_id").equals(id)).orElseThrow();
    }

    private Stream<Map<String, Object>> loansOf(int patron) {
        return koha.all("checkouts").stream().filter(row -> row.get("patron_id").equals(patron));
    }

    private Stream<Map<String, Object>> holdsOf(int patron) {
        return koha.all("holds").stream().filter(row -> row.get("patron_id").equals(patron));
    }

    private boolean waitedForByAnother(int patron, Object biblio) {
        return koha.all("holds").stream()
                .anyMatch(row -> row.get("biblio_id").equals(biblio)
                        && row.get("status") == null
                        && !row.get("patron_id").equals(patron));
    }

    private static boolean yes(Map<String, Object> row, String name) {
        return Boolean.TRUE.equals(row.get(name));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private boolean expired(Map<String, Object> patron) {
        return LocalDate.parse(patron.get("expiry_date").toString()).isBefore(today());
    }

    private boolean owesTooMuch(int patron) {
        return koha.all("debits").stream()
                        .filter(row -> row.get("patron_id").equals(patron))
                        .map(row -> (BigDecimal) row.get("amount_outstanding"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .compareTo(MOST_OWED)
                > 0;
    }

    private boolean tooYoung(Map<String, Object> patron, int item) {
        LocalDate born = LocalDate.parse(patron.get("date_of_birth").toString());
        return Period.between(born, today()).getYears() < ages.getOrDefault(item, 0);
    }

    // ---- what speaks against -----------------------------------------------------------------------------

    /** Of a loan: what cannot be confirmed. */
    Set<String> blockers(int patronId, int itemId) {
        Set<String> keys = new TreeSet<>();
        Map<String, Object> patron = patron(patronId);
        if (yes(patron, "patron_card_lost")) {
            keys.add("CARD_LOST");
        }
        if (expired(patron)) {
            keys.add("EXPIRED");
        }
        if (yes(patron, "restricted")) {
            keys.add("USERBLOCKEDNOENDDATE");
        }
        if (owesTooMuch(patronId)) {
            keys.add("DEBT");
        }
        if (loansOf(patronId)
                .anyMatch(loan -> OffsetDateTime.parse(loan.get("due_date").toString())
                        .toInstant()
                        .isBefore(clock.instant()))) {
            // Preference OverduesBlockCirc.
            keys.add("USERBLOCKEDOVERDUE");
        }
        koha.one("items", row -> row.get("item_id").equals(itemId))
                .filter(row -> !row.get("not_for_loan_status").equals(0))
                .ifPresent(_ -> keys.add("NOT_FOR_LOAN"));
        return keys;
    }

    /** Of a loan: what staff could confirm. */
    Set<String> questions(int patronId, int itemId) {
        Set<String> keys = new TreeSet<>();
        if (loansOf(patronId).count() >= maxLoans.getOrDefault(patronId, 100)) {
            keys.add("TOO_MANY");
        }
        if (tooYoung(patron(patronId), itemId)) {
            keys.add("AGE_RESTRICTION");
        }
        koha.one("items", row -> row.get("item_id").equals(itemId))
                .filter(row -> waitedForByAnother(patronId, row.get("biblio_id")))
                .ifPresent(_ -> keys.add("RESERVED"));
        return keys;
    }

    /** Of a renewal; preferences RestrictionBlockRenewing, OPACFineNoRenewals and BlockExpiredPatronOpacActions are on. */
    Optional<String> renewal(Map<String, Object> loan) {
        int patronId = (Integer) loan.get("patron_id");
        Map<String, Object> patron = patron(patronId);
        Object biblio = koha.one("items", row -> row.get("item_id").equals(loan.get("item_id")))
                .orElseThrow()
                .get("biblio_id");
        if (waitedForByAnother(patronId, biblio)) {
            return Optional.of("on_reserve");
        }
        if (yes(patron, "restricted")) {
            return Optional.of("restriction");
        }
        if (expired(patron)) {
            return Optional.of("card_expired");
        }
        return owesTooMuch(patronId) ? Optional.of("too_much_owing") : Optional.empty();
    }

    /** Of a hold: what lies with the patron, answered with 409. */
    Optional<String> holdByThePatron(int patronId) {
        Map<String, Object> patron = patron(patronId);
        if (expired(patron)) {
            return Optional.of("expired");
        }
        if (yes(patron, "incorrect_address")) {
            return Optional.of("bad_address");
        }
        if (yes(patron, "patron_card_lost")) {
            return Optional.of("card_lost");
        }
        if (yes(patron, "restricted")) {
            return Optional.of("restricted");
        }
        if (owesTooMuch(patronId)) {
            return Optional.of("debt_limit");
        }
        return holdsOf(patronId).count() >= maxHolds.getOrDefault(patronId, 50)
                ? Optional.of("hold_limit")
                : Optional.empty();
    }

    /** Of a hold: what lies with the copies, answered with 403. */
    Optional<String> holdByTheCopies(int patronId, int biblio) {
        List<Map<String, Object>> copies = koha.all("items").stream()
                .filter(row -> row.get("biblio_id").equals(biblio))
                .toList();
        if (loansOf(patronId)
                .anyMatch(loan ->
                        copies.stream().anyMatch(row -> row.get("item_id").equals(loan.get("item_id"))))) {
            return Optional.of("alreadypossession");
        }
        if (copies.stream().allMatch(row -> tooYoung(patron(patronId), (Integer) row.get("item_id")))) {
            return Optional.of("ageRestricted");
        }
        return copies.stream().noneMatch(row -> row.get("not_for_loan_status").equals(0))
                ? Optional.of("notReservable")
                : Optional.empty();
    }
}
