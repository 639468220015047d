package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.wire.CodedField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Answers 23 and 63: who this is and how it stands. A wrong PIN gets no word about the patron. */
final class PatronDesk {
    /** The position of summary with which FOLIO's edge-sip2 asks for fees; the standard leaves it undefined. */
    private static final int FEES = 6;

    private final Okapi okapi;
    private final Patrons patrons;
    private final Answers answers;
    private final String currency;

    PatronDesk(Okapi okapi, Patrons patrons, Answers answers, FolioSettings settings) {
        this.okapi = okapi;
        this.patrons = patrons;
        this.answers = answers;
        this.currency = settings.payments().currency();
    }

    // ---- 23 ----------------------------------------------------------------------------------------------

    PatronStatusResponse status(PatronStatusRequest request, Terminal terminal) {
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger ->
                PatronStatusResponse.bare(
                        PatronStatus.UNKNOWN_CARD,
                        request.language(),
                        answers.now(),
                        terminal.institutionId(),
                        request.patronIdentifier(),
                        Optional.of(stranger.card()),
                        stranger.pin(),
                        List.of(answers.text(Language.of(request.language()), stranger.sentence())));
            case Who.Known known -> status(folio, request, terminal, known);
        };
    }

    private PatronStatusResponse status(
            Conversation folio, PatronStatusRequest request, Terminal terminal, Who.Known known) {
        Standing standing = standing(folio, known.patron(), false);
        return new PatronStatusResponse(
                standing.blocks.status(),
                request.language(),
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                known.patron().personalName(),
                Optional.of(true),
                known.identified() ? Optional.of(true) : Optional.empty(),
                Optional.of(currency),
                Optional.of(Account.sum(standing.accounts)),
                screen(standing, request.language()),
                List.of(),
                List.of());
    }

    // ---- 63 ----------------------------------------------------------------------------------------------

    PatronInformationResponse information(PatronInformation request, Terminal terminal) {
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger ->
                PatronInformationResponse.bare(
                        PatronStatus.UNKNOWN_CARD,
                        request.language(),
                        answers.now(),
                        terminal.institutionId(),
                        request.patronIdentifier(),
                        Optional.of(stranger.card()),
                        stranger.pin(),
                        List.of(answers.text(Language.of(request.language()), stranger.sentence())));
            case Who.Known known -> information(folio, request, terminal, known);
        };
    }

    private PatronInformationResponse information(
            Conversation folio, PatronInformation request, Terminal terminal, Who.Known known) {
        Standing standing = standing(folio, known.patron(), true);
        Map<ItemList, List<String>> lists = lists(standing);
        Map<ItemList, Integer> counts = new EnumMap<>(ItemList.class);
        lists.forEach((list, entries) -> counts.put(list, entries.size()));
        Optional<ItemList> wanted = request.wantedList()
                .filter(list ->
                        !page(lists.getOrDefault(list, List.of()), request).isEmpty());
        return new PatronInformationResponse(
                standing.blocks.status(),
                request.language(),
                answers.now(),
                counts,
                terminal.institutionId(),
                request.patronIdentifier(),
                known.patron().personalName(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(true),
                known.identified() ? Optional.of(true) : Optional.empty(),
                Optional.of(currency),
                Optional.of(Account.sum(standing.accounts)),
                Optional.empty(),
                wanted.map(list -> Map.of(list, page(lists.getOrDefault(list, List.of()), request)))
                        .orElse(Map.of()),
                Optional.empty(),
                // For the gateway's own mails alone: it asks without a PIN, and of such a 64 no machine hears anything.
                known.patron().mail().filter(_ -> !known.identified()),
                Optional.empty(),
                screen(standing, request.language()),
                List.of(),
                known.identified() ? beyondTheStandard(known.patron(), standing, request) : List.of());
    }

    private Map<ItemList, List<String>> lists(Standing standing) {
        List<JsonNode> loans = standing.loans;
        Map<ItemList, List<String>> lists = new EnumMap<>(ItemList.class);
        lists.put(
                ItemList.HOLD,
                standing.requests.stream()
                        .filter(FolioRequest::ready)
                        .map(FolioRequest::entry)
                        .toList());
        lists.put(
                ItemList.OVERDUE, barcodes(loans.stream().filter(this::overdue).toList()));
        lists.put(ItemList.CHARGED, barcodes(loans));
        lists.put(ItemList.FINE, standing.accounts.stream().map(Account::entry).toList());
        lists.put(
                ItemList.RECALL,
                barcodes(loans.stream().filter(PatronDesk::recalled).toList()));
        lists.put(
                ItemList.UNAVAILABLE_HOLDS,
                standing.requests.stream()
                        .filter(request -> !request.ready())
                        .map(FolioRequest::entry)
                        .toList());
        return lists;
    }

    private static List<String> barcodes(List<JsonNode> loans) {
        return loans.stream()
                .map(loan -> Json.text(loan, "item", "barcode").orElse(""))
                .toList();
    }

    private boolean overdue(JsonNode loan) {
        return Json.moment(loan, "dueDate").filter(answers.instant()::isAfter).isPresent();
    }

    private static boolean recalled(JsonNode loan) {
        return Json.yes(loan, "dueDateChangedByRecall")
                || Json.text(loan, "action").equals(Optional.of("recallrequested"));
    }

    /** For doors and for machines whose profile names it; the rim of the session drops it for all others. */
    private List<CodedField> beyondTheStandard(Patron patron, Standing standing, PatronInformation request) {
        boolean fees = request.wantedList().isEmpty() && (request.summary().charAt(FEES) | 0x20) == 'y';
        List<CodedField> fields = new ArrayList<>();
        if (fees) {
            page(standing.accounts, request).forEach(account -> fields.addAll(account.fields()));
        }
        patron.birthDate().ifPresent(day -> fields.add(new CodedField.Text("PB", day.replace("-", ""))));
        patron.expires()
                .ifPresent(end ->
                        fields.add(new CodedField.Text("PX", answers.moment(end).text())));
        return fields;
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

    // ---- both --------------------------------------------------------------------------------------------

    private record Standing(Blocks blocks, List<Account> accounts, List<JsonNode> loans, List<FolioRequest> requests) {}

    private Standing standing(Conversation folio, Patron patron, boolean whole) {
        List<Call> questions = new ArrayList<>(Blocks.questions(patron.id()));
        questions.add(Items.accounts(patron.id()));
        if (whole) {
            questions.add(Items.loans("userId", patron.id()));
            questions.add(Items.requests("requesterId", patron.id()));
        }
        List<JsonNode> said = folio.readAll(questions);
        Blocks blocks = patron.valid(answers.instant())
                ? Blocks.of(said.get(0), Json.list(said.get(1), "manualblocks"), answers.instant())
                : Blocks.CARD_EXPIRED;
        return new Standing(
                blocks,
                Account.list(said.get(2)),
                whole ? Json.list(said.get(3), "loans") : List.of(),
                whole
                        ? Json.list(said.get(4), "requests").stream()
                                .map(FolioRequest::new)
                                .toList()
                        : List.of());
    }

    private List<String> screen(Standing standing, String language) {
        return standing.blocks.sentence().stream()
                .map(sentence -> answers.text(Language.of(language), sentence))
                .toList();
    }
}
