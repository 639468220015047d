package fi.kimppa.kiosk.session;

import java.math.BigDecimal;

/**
 * A sum.
 *
 * @param currency ISO 4217, for example EUR
 */
public record Money(BigDecimal amount, String currency) {}
