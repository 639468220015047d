package fi.kimppa.gateway.statistics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import fi.kimppa.gateway.statistics.Deed.Kind;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The counts of some months from the sides that people look at them from. Pure.
 *
 * @param counts with the first day of each month
 */
record Report(List<Count> counts) {
    /**
     * Returned things that went on from one branch to another.
     *
     * @param from code of the branch where they came back
     * @param to code of the branch that they were sent to
     */
    record Flow(String from, String to, long times) {}

    /**
     * Things of one municipality that came back at a branch of another, wherever they went then.
     *
     * @param branch code of the branch where they came back
     * @param owner code of the municipality that owns them
     */
    record Foreign(String branch, String owner, long times) {}

    Report {
        counts = List.copyOf(counts);
    }

    long total(Kind kind) {
        return sum(count -> count.kind() == kind);
    }

    long in(YearMonth month, Kind kind) {
        return sum(
                count -> count.kind() == kind && YearMonth.from(count.since()).equals(month));
    }

    private long sum(Predicate<Count> which) {
        return counts.stream().filter(which).mapToLong(Count::times).sum();
    }

    /** Loans and renewals by the municipality of the card, and then by the branch that served. */
    Map<String, Map<String, Long>> homes() {
        return counts.stream()
                .filter(count -> count.kind() != Kind.RETURN)
                .collect(groupingBy(
                        Count::home, TreeMap::new, groupingBy(Count::branch, TreeMap::new, summingLong(Count::times))));
    }

    /** The largest first. */
    List<Flow> flows() {
        return sums(Count::onward).entrySet().stream()
                .flatMap(from -> from.getValue().entrySet().stream()
                        .filter(to -> !to.getKey().isEmpty() && to.getValue() > 0)
                        .map(to -> new Flow(from.getKey(), to.getKey(), to.getValue())))
                .sorted(Comparator.comparingLong(Flow::times)
                        .reversed()
                        .thenComparing(Flow::from)
                        .thenComparing(Flow::to))
                .toList();
    }

    /**
     * The largest first.
     *
     * @param municipalityOf code of the municipality that runs a branch
     */
    List<Foreign> foreign(Function<String, String> municipalityOf) {
        return sums(Count::owner).entrySet().stream()
                .flatMap(branch -> branch.getValue().entrySet().stream()
                        .filter(owner -> !owner.getKey().isEmpty()
                                && owner.getValue() > 0
                                && !owner.getKey().equals(municipalityOf.apply(branch.getKey())))
                        .map(owner -> new Foreign(branch.getKey(), owner.getKey(), owner.getValue())))
                .sorted(Comparator.comparingLong(Foreign::times)
                        .reversed()
                        .thenComparing(Foreign::branch)
                        .thenComparing(Foreign::owner))
                .toList();
    }

    private Map<String, Map<String, Long>> sums(Function<Count, String> by) {
        return counts.stream()
                .filter(count -> count.kind() == Kind.RETURN)
                .collect(groupingBy(
                        Count::branch, TreeMap::new, groupingBy(by, TreeMap::new, summingLong(Count::times))));
    }

    /**
     * How much was done for a municipality: loans and renewals of its residents, and returns of its own things, since a
     * return knows no patron.
     *
     * @param municipality its code; empty for what belongs to none
     */
    long use(String municipality) {
        return sum(count -> municipality.equals(count.kind() == Kind.RETURN ? count.owner() : count.home()));
    }
}
