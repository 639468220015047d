package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.koha.Found.Account;
import fi.kimppa.gateway.backend.koha.Found.Debt;
import fi.kimppa.gateway.backend.koha.Found.Hold;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The six counts and the one list of a 64. Holds that wait are hold items, the rest are unavailable, as in Koha's SIP2. */
final class PatronLists {
    private final Lookup lookup;
    private final Answers answers;

    PatronLists(Lookup lookup, Answers answers) {
        this.lookup = lookup;
        this.answers = answers;
    }

    /** How long each list is; recalls are not asked about, so their count is unknown. */
    Map<ItemList, Integer> counts(List<Loan> loans, Optional<List<Hold>> holds, Optional<Account> account) {
        Map<ItemList, Integer> counts = new EnumMap<>(ItemList.class);
        counts.put(ItemList.CHARGED, loans.size());
        counts.put(ItemList.OVERDUE, overdue(loans).size());
        holds.ifPresent(all -> {
            counts.put(ItemList.HOLD, waiting(all, true).size());
            counts.put(ItemList.UNAVAILABLE_HOLDS, waiting(all, false).size());
        });
        account.ifPresent(owed -> counts.put(ItemList.FINE, owed.debts().size()));
        return counts;
    }

    /** The entries of the wanted list from BP to BQ. */
    Map<ItemList, List<String>> entries(
            PatronInformation request, Visit visit, List<Loan> loans, List<Hold> holds, Optional<Account> account) {
        Optional<ItemList> wanted = request.wantedList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<String> entries = switch (wanted.get()) {
            case CHARGED -> numbers(visit, page(loans, request));
            case OVERDUE -> numbers(visit, page(overdue(loans), request));
            case HOLD -> held(visit, page(waiting(holds, true), request));
            case UNAVAILABLE_HOLDS -> held(visit, page(waiting(holds, false), request));
            case FINE -> fees(visit, page(account.map(Account::debts).orElse(List.of()), request));
            case RECALL -> List.of();
        };
        return entries.isEmpty() ? Map.of() : Map.of(wanted.get(), entries);
    }

    private List<Loan> overdue(List<Loan> loans) {
        return loans.stream()
                .filter(loan -> loan.due()
                        .filter(due -> answers.day(due).isBefore(answers.today()))
                        .isPresent())
                .toList();
    }

    private static List<Hold> waiting(List<Hold> holds, boolean waiting) {
        return holds.stream().filter(hold -> hold.waiting() == waiting).toList();
    }

    private List<String> numbers(Visit visit, List<Loan> loans) {
        Map<Long, Item> items =
                lookup.items(visit, loans.stream().map(Loan::item).toList());
        return loans.stream()
                .flatMap(loan -> Optional.ofNullable(items.get(loan.item())).stream())
                .map(Item::barcode)
                .toList();
    }

    /** The thing that is held, or its title while no copy is chosen, or the record's number where nobody says more. */
    private List<String> held(Visit visit, List<Hold> holds) {
        Map<Long, Item> items =
                lookup.items(visit, holds.stream().map(Hold::item).toList());
        Map<Long, String> titles = lookup.titles(
                visit,
                holds.stream()
                        .filter(hold -> !items.containsKey(hold.item()))
                        .map(Hold::biblio)
                        .toList());
        return holds.stream()
                .map(hold -> Optional.ofNullable(items.get(hold.item()))
                        .map(Item::barcode)
                        .orElseGet(() -> titles.getOrDefault(hold.biblio(), Long.toString(hold.biblio()))))
                .toList();
    }

    private List<String> fees(Visit visit, List<Debt> debts) {
        Map<Long, Item> items =
                lookup.items(visit, debts.stream().map(Debt::item).toList());
        return debts.stream()
                .map(debt -> Optional.ofNullable(items.get(debt.item()))
                                .map(Item::barcode)
                                .orElse(debt.type())
                        + " " + debt.open())
                .toList();
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
}
