package fi.kimppa.kiosk.session;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A sum.
 *
 * @param currency ISO 4217, for example EUR
 */
public record Money(BigDecimal amount, String currency) {
    /** What something costs, by an answer of the library's; empty where it costs nothing. Without BH it is in euros. */
    static Optional<Money> fee(Optional<BigDecimal> amount, Optional<String> currency) {
        return amount.filter(sum -> sum.signum() > 0)
                .map(sum -> new Money(
                        sum,
                        currency.map(String::strip)
                                .filter(code -> !code.isEmpty())
                                .orElse("EUR")));
    }
}
