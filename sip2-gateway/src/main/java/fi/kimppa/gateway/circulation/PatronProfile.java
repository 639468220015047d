package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a 64 to a door says about a patron beyond the standard. Only terminals of kind DOOR are given these fields,
 * and only with a right PIN.
 *
 * @param birthDate PB, {@code YYYYMMDD} (Koha's form)
 * @param expires PX, end of the card's validity (Polaris's form, 18 characters)
 * @param selfService PA, {@code 1} when the patron may enter after hours (Koha-Suomi's form)
 * @param noEntry PW, why not
 * @param homeLibrary AQ, branch code (Evergreen's form)
 */
public record PatronProfile(
        Optional<LocalDate> birthDate,
        Optional<Instant> expires,
        Optional<Boolean> selfService,
        Optional<NoEntry> noEntry,
        Optional<String> homeLibrary) {

    /** Reads the extras of a 64; what is absent or unreadable is empty. */
    public static PatronProfile of(PatronInformationResponse response, ZoneId zone) {
        return new PatronProfile(
                extra(response, "PB").flatMap(PatronProfile::date),
                extra(response, "PX")
                        .filter(text -> text.length() == 18)
                        .flatMap(text -> new Timestamp(text).instant(zone)),
                extra(response, "PA").map(text -> text.equals("1")),
                extra(response, NoEntry.FIELD).flatMap(NoEntry::parse),
                extra(response, "AQ"));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> extra(PatronInformationResponse response, String code) {
        return response.extras().stream()
                .filter(CodedField.Text.class::isInstance)
                .map(CodedField.Text.class::cast)
                .filter(field -> field.code().equals(code))
                .map(CodedField.Text::value)
                .findFirst();
    }
}
