package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Pins.Check;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.circulation.Tell;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** Answers 23 and 63: who this is and how it stands. A wrong PIN gets no word about the patron. */
@Component
class PatronDesk {
    /** The position of summary with which FOLIO's edge-sip2 asks for fees; the standard leaves it undefined. */
    private static final int FEES = 6;

    private final Store store;
    private final Fees fees;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Clock clock;

    PatronDesk(Store store, Fees fees, Pins pins, PatronSessions sessions, Answers answers, Clock clock) {
        this.store = store;
        this.fees = fees;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.clock = clock;
    }

    PatronStatusResponse status(PatronStatusRequest request, Terminal terminal) {
        Known known = look(request.patronIdentifier(), request.patronPassword(), request.language(), terminal);
        Optional<PatronRow> shown = known.shown();
        return new PatronStatusResponse(
                known.status(today()),
                request.language(),
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                shown.map(PatronRow::personalName).orElse(""),
                Optional.of(known.patron.isPresent()),
                known.pinWasRight(),
                shown.map(_ -> "EUR"),
                shown.map(PatronRow::fees),
                screen(known),
                List.of(),
                List.of());
    }

    PatronInformationResponse information(PatronInformation request, Terminal terminal) {
        Known known = look(request.patronIdentifier(), request.patronPassword(), request.language(), terminal);
        Optional<PatronRow> shown = known.shown();
        return new PatronInformationResponse(
                known.status(today()),
                language(known, request),
                answers.now(),
                shown.map(PatronDesk::counts).orElse(Map.of()),
                terminal.institutionId(),
                request.patronIdentifier(),
                shown.map(PatronRow::personalName).orElse(""),
                limit(shown.map(PatronRow::holdLimit)),
                limit(shown.map(PatronRow::overdueLimit)),
                limit(shown.map(PatronRow::loanLimit)),
                Optional.of(known.patron.isPresent()),
                known.pinWasRight(),
                shown.map(_ -> "EUR"),
                shown.map(PatronRow::fees),
                shown.map(PatronRow::feeLimit),
                shown.map(patron -> items(patron, request)).orElse(Map.of()),
                Optional.empty(),
                mailAddress(known),
                Optional.empty(),
                screen(known),
                List.of(),
                shown.filter(_ -> known.check == Check.RIGHT)
                        .map(patron -> beyondTheStandard(patron, request))
                        .orElse(List.of()));
    }

    /** For the gateway's own mails alone: where no PIN was asked for, nothing of a 64 leaves the gateway. Machines are not told. */
    private static Optional<String> mailAddress(Known known) {
        return known.patron
                .filter(_ -> known.check == Check.NOT_ASKED)
                .map(PatronRow::email)
                .filter(address -> !address.isEmpty());
    }

    /** FOLIO's extension: position 6 of summary asks for fees, each as a group of fields, paged like the lists. */
    private List<CodedField> fees(PatronRow patron, PatronInformation request) {
        boolean wanted = request.wantedList().isEmpty() && (request.summary().charAt(FEES) | 0x20) == 'y';
        return wanted ? fees.fields(page(fees.open(patron.card()), request)) : List.of();
    }

    private Known look(String card, Optional<Secret> pin, String languageCode, Terminal terminal) {
        Language language = Language.of(languageCode);
        Optional<PatronRow> patron = store.patron(card, clock.instant());
        if (patron.isEmpty()) {
            return new Known(patron, Check.NOT_ASKED, language);
        }
        sessions.speak(terminal, card, language);
        return new Known(patron, pins.check(terminal, patron.get(), pin), language);
    }

    private List<String> screen(Known known) {
        if (known.patron.isEmpty() || known.check == Check.WRONG) {
            return List.of(answers.text(known.language, "card.unknown"));
        }
        if (known.check == Check.PAUSED) {
            return List.of(answers.text(known.language, "card.paused"));
        }
        PatronRow patron = known.patron.get();
        if (known.check == Check.RIGHT
                && patron.owesTooMuch()
                && LoanRules.againstCard(patron, today()).isEmpty()) {
            return List.of(answers.text(
                    known.language,
                    "fees.over",
                    Answers.money(patron.fees(), known.language),
                    Answers.money(patron.feeLimit(), known.language)));
        }
        return LoanRules.againstPatron(patron, today())
                .map(refused -> answers.screen(known.language, refused))
                .orElse(List.of());
    }

    private static Map<ItemList, Integer> counts(PatronRow patron) {
        Map<ItemList, Integer> counts = new EnumMap<>(ItemList.class);
        counts.put(ItemList.HOLD, patron.holdsReady());
        counts.put(ItemList.OVERDUE, patron.overdue());
        counts.put(ItemList.CHARGED, patron.loans());
        counts.put(ItemList.FINE, patron.feeCount());
        counts.put(ItemList.RECALL, patron.recalled());
        counts.put(ItemList.UNAVAILABLE_HOLDS, patron.holdsWaiting());
        return counts;
    }

    private Map<ItemList, List<String>> items(PatronRow patron, PatronInformation request) {
        Optional<ItemList> wanted = request.wantedList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<String> entries = page(store.entries(wanted.get(), patron.card(), clock.instant()), request);
        return entries.isEmpty() ? Map.of() : Map.of(wanted.get(), entries);
    }

    /** From BP to BQ, both included. */
    private static <T> List<T> page(List<T> all, PatronInformation request) {
        int first = Math.max(1, position(request.startItem(), 1));
        int last = Math.min(all.size(), position(request.endItem(), all.size()));
        return first > last ? List.of() : all.subList(first - 1, last);
    }

    /** BP and BQ: counted from 1; what is no number counts as absent. */
    private static int position(Optional<String> text, int otherwise) {
        return text.map(String::strip)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    /** Who is it: for doors and for machines whose profile names it; the rim of the session drops it for all others. */
    private List<CodedField> beyondTheStandard(PatronRow patron, PatronInformation request) {
        Timestamp expires = Timestamp.of(patron.expiresOn().atTime(LocalTime.of(23, 59, 59)));
        List<CodedField> fields = new ArrayList<>(fees(patron, request));
        fields.addAll(List.of(
                new CodedField.Text("PB", DateTimeFormatter.BASIC_ISO_DATE.format(patron.birthDate())),
                new CodedField.Text("PX", expires.text()),
                new CodedField.Text("PA", patron.selfService() ? "1" : "0"),
                new CodedField.Text("PC", patron.category()),
                new CodedField.Text("AQ", patron.homeBranch())));
        if (Tell.PICKUP_NAME.isAskedBy(request) && patron.pickupName() != null) {
            fields.add(new CodedField.Text("PN", patron.pickupName()));
        }
        return fields;
    }

    /** That of the patron for a kiosk of ours that offers it to them; for others the one in which they asked. */
    private static String language(Known known, PatronInformation request) {
        return known.patron
                .filter(_ -> known.check == Check.RIGHT && Tell.LANGUAGE.isAskedBy(request))
                .map(PatronRow::language)
                .map(Language::tagged)
                .map(Language::code)
                .orElse(request.language());
    }

    private static OptionalInt limit(Optional<Integer> limit) {
        return limit.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private record Known(Optional<PatronRow> patron, Check check, Language language) {
        /** The patron, unless a wrong PIN was given. */
        Optional<PatronRow> shown() {
            return check == Check.RIGHT || check == Check.NOT_ASKED ? patron : Optional.empty();
        }

        /** CQ: absent when nobody was asked. */
        Optional<Boolean> pinWasRight() {
            return check == Check.NOT_ASKED ? Optional.empty() : Optional.of(check == Check.RIGHT);
        }

        PatronStatus status(LocalDate today) {
            return shown().map(patron -> LoanRules.status(patron, today)).orElse(PatronStatus.UNKNOWN_CARD);
        }
    }
}
