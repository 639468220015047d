package fi.kimppa.gateway.backend.embedded.catalogue;

import fi.kimppa.gateway.catalogue.Availability.Place;
import fi.kimppa.gateway.consortium.GatewayClock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A copy with what is known of where it is; nobody's name is in it.
 *
 * @param destination code of the branch to which it travels
 * @param dueAt of its loan, if it is lent
 */
record CopyRow(
        String number,
        String homeBranch,
        String currentBranch,
        @Nullable String destination,
        String callNumber,
        boolean forLoan,
        @Nullable OffsetDateTime dueAt,
        boolean onHoldShelf) {
    /** Where a copy can be. */
    enum State {
        ON_SHELF,
        ON_LOAN,
        IN_TRANSIT,
        ON_HOLD_SHELF,
        IN_HOUSE
    }

    /** What is true of it first: who has it, who is about to, where it travels, whether it is lent at all. */
    State state() {
        if (dueAt != null) {
            return State.ON_LOAN;
        }
        if (onHoldShelf) {
            return State.ON_HOLD_SHELF;
        }
        if (destination != null) {
            return State.IN_TRANSIT;
        }
        return forLoan ? State.ON_SHELF : State.IN_HOUSE;
    }

    /** The branch below which people look for it: where it is or will be next, and its home while somebody has it. */
    String branch() {
        return switch (state()) {
            case ON_LOAN -> homeBranch;
            case IN_TRANSIT -> destination == null ? homeBranch : destination;
            case ON_SHELF, ON_HOLD_SHELF, IN_HOUSE -> currentBranch;
        };
    }

    private Optional<LocalDate> due() {
        return Optional.ofNullable(dueAt)
                .map(moment -> moment.atZoneSameInstant(GatewayClock.ZONE).toLocalDate());
    }

    /**
     * Copies by branch, those branches first from which something can be taken now, then by name.
     *
     * @param names from the code of a branch to its name
     */
    static List<Place> places(List<CopyRow> copies, UnaryOperator<String> names) {
        Map<String, List<CopyRow>> byBranch =
                copies.stream().collect(Collectors.groupingBy(CopyRow::branch, TreeMap::new, Collectors.toList()));
        return byBranch.entrySet().stream()
                .map(entry -> place(entry.getKey(), names.apply(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((Place place) -> place.onShelf() == 0)
                        .thenComparing(Place::name))
                .toList();
    }

    private static Place place(String branch, String name, List<CopyRow> copies) {
        return new Place(
                branch,
                name,
                copies.stream()
                        .filter(copy -> copy.homeBranch.equals(branch))
                        .map(CopyRow::callNumber)
                        .filter(number -> !number.isEmpty())
                        .distinct()
                        .sorted()
                        .toList(),
                count(copies, State.ON_SHELF),
                count(copies, State.ON_LOAN),
                copies.stream().map(CopyRow::due).flatMap(Optional::stream).min(Comparator.naturalOrder()),
                count(copies, State.IN_TRANSIT),
                count(copies, State.ON_HOLD_SHELF),
                count(copies, State.IN_HOUSE));
    }

    private static int count(List<CopyRow> copies, State state) {
        return Math.toIntExact(
                copies.stream().filter(copy -> copy.state() == state).count());
    }
}
