package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** The part of the stub that is about money: it books what it is told, as often as it is told. */
@NullUnmarked // JSON has nulls.
final class KohaCash {
    private final KohaRows koha;
    private final IntSupplier numbers;

    /** On which payments are made; null for a release that does not say. */
    String day;

    KohaCash(KohaRows koha, IntSupplier numbers) {
        this.koha = koha;
        this.numbers = numbers;
    }

    /** What a patron owes. */
    Reply account(int patron) {
        List<Map<String, Object>> debts = koha.all("debits").stream()
                .filter(row -> row.get("patron_id").equals(patron))
                .filter(row -> ((BigDecimal) row.get("amount_outstanding")).signum() > 0)
                .toList();
        BigDecimal total = debts.stream()
                .map(row -> (BigDecimal) row.get("amount_outstanding"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return KohaRows.said(
                200,
                KohaRows.row(
                        "balance",
                        total,
                        "outstanding_debits",
                        KohaRows.row("total", total, "lines", debts),
                        "outstanding_credits",
                        KohaRows.row("total", 0, "lines", List.of())));
    }

    /** What a patron has paid. */
    Reply payments(String patron) {
        return KohaRows.said(
                200,
                koha.all("credits").stream()
                        .filter(row -> row.get("patron_id").toString().equals(patron))
                        .toList());
    }

    /** Books a payment: on the debts that are named, or on the oldest. */
    Reply pay(JsonNode body, int patron) {
        BigDecimal left = body.path("amount").asDecimal(BigDecimal.ZERO);
        List<String> named = StreamSupport.stream(body.path("account_lines_ids").spliterator(), false)
                .map(id -> id.asString(""))
                .toList();
        for (Map<String, Object> debt : koha.all("debits")) {
            boolean meant = debt.get("patron_id").equals(patron)
                    && (named.isEmpty()
                            || named.contains(debt.get("account_line_id").toString()));
            BigDecimal open = (BigDecimal) debt.get("amount_outstanding");
            if (meant) {
                debt.put("amount_outstanding", open.subtract(left.min(open)));
                left = left.subtract(left.min(open));
            }
        }
        return KohaRows.said(
                201,
                koha.add(
                        "credits",
                        KohaRows.row(
                                "account_line_id",
                                numbers.getAsInt(),
                                "patron_id",
                                patron,
                                "internal_note",
                                body.has("note") ? body.path("note").asString("") : null,
                                "amount",
                                body.path("amount").asDecimal(BigDecimal.ZERO).negate(),
                                "date",
                                day,
                                "interface",
                                "api",
                                "library_id",
                                body.path("library_id").asString(""))));
    }
}
