package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says a terminal's request in the server's words, and the server's answer in the terminal's: institution and branch
 * codes, and what only a Kimppa gateway is told. Everything else passes as it is, fields that nobody knows included.
 */
final class Words {
    /** How our kiosks name the owner on an item's tag, in CH. */
    private static final String OWNER = "owner=";

    /** How they ask our own store for what the standard has no field for. */
    private static final String TELL = "tell=";

    /** CV for "nothing", which Koha sends with {@code cv_send_00_on_success} and Evergreen with a refusal. */
    private static final String NO_ALERT = "00";

    private final Map<String, String> institutionOf;
    private final Map<String, String> branchOf;
    private final boolean currentLocation;
    private final Preset preset;
    private final Clock clock;

    /**
     * The words of one server.
     *
     * @param institutionOf what it calls our branches, by our code
     * @param currentLocation whether a return says in AP where it happens
     * @param preset what it is known to do
     */
    Words(Map<String, String> institutionOf, boolean currentLocation, Preset preset, Clock clock) {
        this.institutionOf = institutionOf;
        this.branchOf = institutionOf.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (first, _) -> first));
        this.currentLocation = currentLocation;
        this.preset = preset;
        this.clock = clock;
    }

    /**
     * What the server is asked. The terminal's own password is no business of its; nothing has come back in the future, where Koha would
     * count the days until then as late.
     *
     * @param institution AO of the account that asks
     */
    Request outward(Request request, String institution) {
        Frame frame = (request instanceof Checkin returned ? notInTheFuture(returned) : request).toFrame();
        List<CodedField> fields = frame.fields().stream()
                .filter(field -> !field.code().equals(Field.AC.code()))
                .map(field -> field instanceof CodedField.Text text ? outward(text, institution) : Optional.of(field))
                .flatMap(Optional::stream)
                .toList();
        Frame said = frame.withFields(fields);
        return Request.from(
                preset.hearsNoBlock() || !said.type().fixedFields().contains(FixedField.NO_BLOCK)
                        ? said
                        : said.with(FixedField.NO_BLOCK, "N"));
    }

    private Checkin notInTheFuture(Checkin returned) {
        Instant now = clock.instant();
        return returned.returnDate()
                        .instant(clock.getZone())
                        .filter(now::isBefore)
                        .isPresent()
                ? returned.returnedAt(Timestamp.of(now, clock.getZone()))
                : returned;
    }

    private Optional<CodedField> outward(CodedField.Text field, String institution) {
        return Field.of(field.code())
                .map(known -> switch (known) {
                    case AO -> Optional.of(institution);
                    case AP -> Optional.of(currentLocation ? institution : "");
                    case BS -> Optional.of(institutionOf.getOrDefault(field.value(), field.value()));
                    case CH -> withoutOurWords(field.value());
                    default -> Optional.of(field.value());
                })
                .orElseGet(() -> Optional.of(field.value()))
                .map(value -> new CodedField.Text(field.code(), value));
    }

    private static Optional<String> withoutOurWords(String properties) {
        return Optional.of(Arrays.stream(properties.split("[;,\\s]+"))
                        .filter(property -> !property.startsWith(OWNER) && !property.startsWith(TELL))
                        .collect(Collectors.joining(";")))
                .filter(rest -> !rest.isEmpty());
    }

    /** What the terminal hears. */
    Response inward(Response response, Terminal terminal) {
        Frame frame = (preset.countsAllHolds() && response instanceof PatronInformationResponse patron
                        ? readyAlone(patron)
                        : response)
                .toFrame();
        boolean nameless = response instanceof ItemInformationResponse item && unknown(item);
        boolean quiet = response instanceof CheckinResponse returned && returned.ok() && !returned.alert();
        List<CodedField> fields = frame.fields().stream()
                .map(field -> nameless && field.code().equals(Field.AJ.code())
                        ? new CodedField.Text(field.code(), "")
                        : field)
                .map(field ->
                        field instanceof CodedField.Text text ? inward(text, terminal, quiet) : Optional.of(field))
                .flatMap(Optional::stream)
                .toList();
        return Response.from(frame.withFields(fields));
    }

    /** Of what it does not have edge-sip2 says that its title is "Unknown" ({@code ItemRepository.java}); we go by a title that is blank. */
    private static boolean unknown(ItemInformationResponse item) {
        return item.titleIdentifier().strip().equalsIgnoreCase("unknown")
                && item.circulationStatus() == CirculationStatus.OTHER
                && item.permanentLocation().filter(home -> !home.isBlank()).isEmpty()
                && item.dueDate().filter(due -> !due.isBlank()).isEmpty();
    }

    /** Where the server does not say how many are not ready yet, nobody knows how many are. */
    private static Response readyAlone(PatronInformationResponse patron) {
        Map<ItemList, Integer> counts = new EnumMap<>(ItemList.class);
        counts.putAll(patron.counts());
        Integer all = counts.remove(ItemList.HOLD);
        Integer waiting = counts.get(ItemList.UNAVAILABLE_HOLDS);
        if (all != null && waiting != null) {
            counts.put(ItemList.HOLD, Math.max(0, all - waiting));
        }
        return patron.withCounts(counts);
    }

    private Optional<CodedField> inward(CodedField.Text field, Terminal terminal, boolean quiet) {
        return Field.of(field.code())
                .map(known -> switch (known) {
                    case AO -> Optional.of(terminal.institutionId());
                    case AQ, CT, BS -> Optional.of(branchOf.getOrDefault(field.value(), field.value()));
                    case CV -> Optional.of(field.value()).filter(code -> !(quiet && code.equals(NO_ALERT)));
                    default -> Optional.of(field.value());
                })
                .orElseGet(() -> Optional.of(field.value()))
                .map(value -> new CodedField.Text(field.code(), value));
    }
}
