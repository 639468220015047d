package fi.kimppa.gateway.backend.embedded.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How files come into the embedded store.
 *
 * @param maxFile the largest file
 * @param keep how long the report of an import is kept after its end, and a file that nobody confirms
 * @param cardCheck check digit of card numbers; a row with a wrong one is refused
 * @param itemCheck the same of things
 * @param holdings by name: fields of MARC in which things stand, beside 952 and 852
 */
@ConfigurationProperties("kimppa.exchange")
record ExchangeSettings(
        @DefaultValue("512MB") DataSize maxFile,
        @DefaultValue("7d") Duration keep,
        @DefaultValue("NONE") CheckDigit cardCheck,
        @DefaultValue("NONE") CheckDigit itemCheck,
        @DefaultValue Map<String, HoldingsField> holdings) {
    ExchangeSettings {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("kimppa.exchange.keep is not negative");
        }
        Map<String, HoldingsField> all = new TreeMap<>(Map.of("952", HoldingsField.KOHA, "852", HoldingsField.MARC));
        all.putAll(holdings);
        holdings = all;
    }
}
