package fi.kimppa.gateway.backend.koha;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Koha's rows, as far as they matter here; the names are Koha's ({@code api/v1/swagger/definitions}). */
sealed interface Found {
    /**
     * A patron.
     *
     * @param name first name and surname
     * @param expires last day of the card
     * @param restricted whether a restriction is in force
     * @param mail the first address for e-mail
     * @param language a tag such as {@code fi-FI}; {@code default} where the patron has chosen none
     */
    record Patron(
            long id,
            String card,
            String name,
            String library,
            String category,
            Optional<LocalDate> expires,
            Optional<LocalDate> born,
            boolean lost,
            boolean restricted,
            boolean withoutAddress,
            Optional<String> mail,
            Optional<String> language)
            implements Found {
        static Patron of(JsonNode row) {
            String first =
                    text(row, "preferred_name").or(() -> text(row, "firstname")).orElse("");
            return new Patron(
                    row.path("patron_id").asLong(0),
                    row.path("cardnumber").asString(""),
                    (first + " " + text(row, "surname").orElse("")).strip(),
                    text(row, "library_id").orElse(""),
                    text(row, "category_id").orElse(""),
                    date(row, "expiry_date"),
                    date(row, "date_of_birth"),
                    row.path("patron_card_lost").asBoolean(false),
                    row.path("restricted").asBoolean(false),
                    row.path("incorrect_address").asBoolean(false),
                    text(row, "email"),
                    text(row, "lang"));
        }

        boolean expired(LocalDate today) {
            return expires.filter(day -> day.isBefore(today)).isPresent();
        }
    }

    /**
     * An item.
     *
     * @param barcode external_id
     * @param title of its record with the author; empty if it was not embedded
     */
    record Item(
            long id,
            long biblio,
            String barcode,
            String title,
            String home,
            String holding,
            String callNumber,
            boolean lent,
            boolean lost,
            boolean withdrawn,
            boolean forLoan)
            implements Found {
        static Item of(JsonNode row) {
            return new Item(
                    row.path("item_id").asLong(0),
                    row.path("biblio_id").asLong(0),
                    text(row, "external_id").orElse(""),
                    titleOf(row.path("biblio")),
                    text(row, "home_library_id").orElse(""),
                    text(row, "holding_library_id").orElse(""),
                    text(row, "callnumber").orElse(""),
                    text(row, "checked_out_date").isPresent(),
                    row.path("lost_status").asInt(0) != 0,
                    row.path("withdrawn").asInt(0) != 0,
                    row.path("effective_not_for_loan_status")
                                    .asInt(row.path("not_for_loan_status").asInt(0))
                            == 0);
        }
    }

    /**
     * A loan that is open.
     *
     * @param library where it was lent
     * @param lent when; for what was lent off-line it is when Koha heard of it
     * @param issuer the user under whom it was lent; empty if it was not embedded
     */
    record Loan(
            long id,
            long item,
            String library,
            Optional<Instant> lent,
            Optional<String> issuer,
            Optional<Instant> due,
            Optional<Instant> renewed)
            implements Found {
        static Loan of(JsonNode row) {
            return new Loan(
                    row.path("checkout_id").asLong(0),
                    row.path("item_id").asLong(0),
                    text(row, "library_id").orElse(""),
                    moment(row, "checkout_date"),
                    text(row.path("issuer"), "userid"),
                    moment(row, "due_date"),
                    moment(row, "last_renewed_date"));
        }
    }

    /**
     * A hold.
     *
     * @param item zero if it is for any copy and none is there yet
     * @param status W waiting, T in transit, P being processed; empty in the queue
     */
    record Hold(long id, long biblio, long item, String status, int priority, Optional<LocalDate> until)
            implements Found {
        static Hold of(JsonNode row) {
            return new Hold(
                    row.path("hold_id").asLong(0),
                    row.path("biblio_id").asLong(0),
                    row.path("item_id").asLong(0),
                    text(row, "status").orElse(""),
                    row.path("priority").asInt(0),
                    date(row, "expiration_date"));
        }

        boolean waiting() {
            return status.equals("W");
        }
    }

    /** One debt. */
    record Debt(long id, BigDecimal open, long item, String type) implements Found {
        static Debt of(JsonNode row) {
            return new Debt(
                    row.path("account_line_id").asLong(0),
                    amount(row.path("amount_outstanding")),
                    row.path("item_id").asLong(0),
                    text(row, "debit_type").orElse(""));
        }
    }

    /**
     * What a patron owes.
     *
     * @param balance debts without what was paid ahead
     * @param credits the payments that are not used up
     */
    record Account(BigDecimal balance, List<Debt> debts, List<Credit> credits) implements Found {
        static Account of(JsonNode body) {
            return new Account(
                    amount(body.path("balance")),
                    rows(body.path("outstanding_debits").path("lines"))
                            .map(Debt::of)
                            .toList(),
                    Credit.list(body.path("outstanding_credits").path("lines")));
        }
    }

    /**
     * What a patron has paid.
     *
     * @param amount of the whole payment, positive
     * @param day empty if Koha does not say
     */
    record Credit(String note, BigDecimal amount, Optional<LocalDate> day) implements Found {
        /** Those of these account lines that have a note. */
        static List<Credit> list(JsonNode lines) {
            return rows(lines)
                    .flatMap(line -> text(line, "internal_note").stream()
                            .map(note -> new Credit(
                                    note, Found.amount(line.path("amount")).abs(), date(line, "date"))))
                    .toList();
        }
    }

    /** A record's title and author. */
    static String titleOf(JsonNode biblio) {
        String title = text(biblio, "title").orElse("");
        return text(biblio, "author")
                .filter(_ -> !title.isEmpty())
                .map(author -> title + " / " + author)
                .orElse(title);
    }

    /** A text that is there and not empty. */
    static Optional<String> text(JsonNode row, String name) {
        JsonNode value = row.path(name);
        return value.isNull() || value.isMissingNode()
                ? Optional.empty()
                : Optional.of(value.asString("").strip()).filter(text -> !text.isEmpty());
    }

    private static Stream<JsonNode> rows(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** An amount in euros; numbers and texts of numbers. */
    private static BigDecimal amount(JsonNode value) {
        return value.asDecimal(BigDecimal.ZERO).setScale(2, RoundingMode.HALF_UP);
    }

    private static Optional<LocalDate> date(JsonNode row, String name) {
        try {
            return text(row, name).map(text -> LocalDate.parse(text.substring(0, Math.min(10, text.length()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(JsonNode row, String name) {
        try {
            return text(row, name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
