package fi.kimppa.gateway.backend.folio;

import fi.kimppa.sip2.wire.CodedField;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Something a patron owes: an open account (mod-feesfines : ramls/accountdata.json).
 *
 * @param id UUID, CG on the wire
 * @param remaining what is left of it
 * @param day ISO date of the charge
 * @param fee UUID of its kind
 */
record Account(String id, BigDecimal remaining, String barcode, String day, String title, String fee, String feeType) {
    /** The accounts of an answer of which something is left. */
    static List<Account> list(JsonNode answer) {
        return Json.list(answer, "accounts").stream()
                .map(account -> new Account(
                        Json.text(account, "id").orElse(""),
                        Json.amount(account, "remaining").orElse(BigDecimal.ZERO),
                        Json.text(account, "barcode").orElse(""),
                        Json.text(account, "dateCreated")
                                .or(() -> Json.text(account, "metadata", "createdDate"))
                                .filter(date -> date.length() >= 10)
                                .map(date -> date.substring(0, 10))
                                .orElse(""),
                        Json.text(account, "title").orElse(""),
                        Json.text(account, "feeFineId").orElse(""),
                        Json.text(account, "feeFineType").orElse("")))
                .filter(account -> account.remaining.signum() > 0)
                .toList();
    }

    /** What is left of all of them, two decimals. */
    static BigDecimal sum(List<Account> accounts) {
        return accounts.stream().map(Account::remaining).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** AV of a 64. */
    String entry() {
        return (barcode.isEmpty() ? feeType : barcode) + ' ' + remaining.toPlainString();
    }

    /** The group of fields of FOLIO's own edge-sip2: account, amount left, item, date, title, fee, its type. */
    List<CodedField> fields() {
        return List.of(
                new CodedField.Text("CG", id),
                new CodedField.Text("FA", remaining.toPlainString()),
                new CodedField.Text("FB", barcode),
                new CodedField.Text("FC", day),
                new CodedField.Text("FD", title),
                new CodedField.Text("FE", fee),
                new CodedField.Text("FF", feeType));
    }
}
