package fi.kimppa.gateway.consortium;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who belongs together: lookup over municipalities, branches, terminals and bins, from a copy in memory that is read
 * again every minute. May be used by several threads.
 */
@Component
public class Consortium {
    private final JdbcClient jdbc;
    private final InMemory<Snapshot> copy = new InMemory<>(this::read);

    /** The installation comes first: it writes the name. */
    Consortium(JdbcClient jdbc, Installation installation) {
        this.jdbc = jdbc;
    }

    /** The consortium's name, AM on the wire. */
    public String name() {
        return snapshot().name;
    }

    /** All municipalities, by code. */
    public List<Municipality> municipalities() {
        return snapshot().municipalities;
    }

    /** The municipality with this code. */
    public Optional<Municipality> municipality(String code) {
        return municipalities().stream()
                .filter(municipality -> municipality.code().equals(code))
                .findFirst();
    }

    /** Whether there is any agreement at all. */
    public boolean hasAgreements() {
        return !snapshot().agreements.isEmpty();
    }

    /** What was agreed with this municipality; empty if it takes part without limits. */
    public Optional<Agreement> agreement(String municipality) {
        return snapshot().agreements.stream()
                .filter(agreement -> agreement.municipality().equals(municipality))
                .findFirst();
    }

    /** Code of the municipality to which a number belongs by the rules; the most precise rule that fits holds. */
    public Optional<String> byNumber(NumberRule.Numbers numbers, String number) {
        return snapshot().numberRules.stream()
                .filter(rule -> rule.numbers() == numbers && rule.fits(number))
                .map(NumberRule::municipality)
                .findFirst();
    }

    /** The forms that a municipality's numbers have by its rules; none if it has no rules. */
    public List<String> patterns(NumberRule.Numbers numbers, String municipality) {
        return snapshot().numberRules.stream()
                .filter(rule -> rule.numbers() == numbers && rule.municipality().equals(municipality))
                .map(NumberRule::pattern)
                .toList();
    }

    /** All branches, by code. */
    public List<Branch> branches() {
        return snapshot().branches;
    }

    /** The branch with this code. */
    public Optional<Branch> branch(String code) {
        return branches().stream().filter(branch -> branch.code().equals(code)).findFirst();
    }

    /** The branch that owns things whose tags carry this ISIL. */
    public Optional<Branch> branchWithIsil(String isil) {
        return branches().stream()
                .filter(branch -> branch.isil().equalsIgnoreCase(isil))
                .findFirst();
    }

    /** All terminals, by login. */
    public List<Terminal> terminals() {
        return snapshot().terminals;
    }

    /** The terminal with this login. */
    public Optional<Terminal> terminal(String login) {
        return Optional.ofNullable(snapshot().byLogin.get(login));
    }

    /** The bin for returned things in this situation at this branch: its own rule, else the consortium's. */
    public String sortBin(String branchCode, SortSituation situation) {
        List<Bin> bins = snapshot().bins;
        return bins.stream()
                .filter(bin -> bin.situation == situation && branchCode.equals(bin.branchCode))
                .findFirst()
                .or(() -> bins.stream()
                        .filter(bin -> bin.situation == situation && bin.branchCode == null)
                        .findFirst())
                .map(Bin::bin)
                .orElseThrow(() -> new IllegalStateException("no bin for " + situation));
    }

    /** Reads the consortium again. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    public void refresh() {
        copy.renew();
    }

    private Snapshot snapshot() {
        return copy.get();
    }

    private Snapshot read() {
        Map<String, List<OpeningPeriod>> hours = jdbc
                .sql("select branch_code, day, starts, minutes, mode from opening_periods order by day, starts")
                .query(new DataClassRowMapper<>(Hours.class))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Hours::branchCode, Collectors.mapping(Hours::period, Collectors.toList())));
        List<Closure> closures = jdbc.sql(Closures.SELECT + " order by first_day, last_day, id")
                .query((row, _) -> Closures.closure(row))
                .list();
        List<Branch> branches = jdbc
                .sql("select code, name, municipality, isil, minimum_age, phone from branches order by code")
                .query(new DataClassRowMapper<>(BranchRow.class))
                .list()
                .stream()
                .map(row -> row.branch(hours.getOrDefault(row.code, List.of())).closedAlso(closures))
                .toList();
        List<Terminal> terminals = jdbc.sql(
                        "select login, kind, branch_code, institution_id from terminals order by login")
                .query(new DataClassRowMapper<>(Terminal.class))
                .list();
        return new Snapshot(
                jdbc.sql("select name from installation").query(String.class).single(),
                jdbc
                        .sql("select municipality, valid_from, valid_until, most_loans, loan_fee, renewal_fee,"
                                + " hold_fee, holds from agreements")
                        .query(new DataClassRowMapper<>(Agreement.Row.class))
                        .list()
                        .stream()
                        .map(Agreement.Row::agreement)
                        .toList(),
                jdbc.sql(
                                "select code, name, isil, partner, library_system, population from municipalities order by code")
                        .query((row, _) -> new Municipality(
                                row.getString("code"),
                                row.getString("name"),
                                row.getString("isil"),
                                row.getBoolean("partner"),
                                Optional.ofNullable(row.getString("library_system")),
                                population(row.getObject("population", Integer.class))))
                        .list(),
                jdbc
                        .sql("select numbers, pattern, municipality from number_rules order by pattern")
                        .query(new DataClassRowMapper<>(NumberRule.class))
                        .list()
                        .stream()
                        .sorted(Comparator.comparingLong(NumberRule::precision).reversed())
                        .toList(),
                branches,
                terminals,
                terminals.stream().collect(Collectors.toMap(Terminal::login, Function.identity())),
                jdbc.sql("select branch_code, situation, bin from sort_bins")
                        .query(new DataClassRowMapper<>(Bin.class))
                        .list());
    }

    static OptionalInt population(@Nullable Integer people) {
        return people == null ? OptionalInt.empty() : OptionalInt.of(people);
    }

    private record Snapshot(
            String name,
            List<Agreement> agreements,
            List<Municipality> municipalities,
            List<NumberRule> numberRules,
            List<Branch> branches,
            List<Terminal> terminals,
            Map<String, Terminal> byLogin,
            List<Bin> bins) {}

    private record Bin(@Nullable String branchCode, SortSituation situation, String bin) {}

    private record Hours(String branchCode, int day, LocalTime starts, int minutes, ServiceMode mode) {
        OpeningPeriod period() {
            return new OpeningPeriod(DayOfWeek.of(day), starts, Duration.ofMinutes(minutes), mode);
        }
    }

    private record BranchRow(String code, String name, String municipality, String isil, int minimumAge, String phone) {
        Branch branch(List<OpeningPeriod> hours) {
            return new Branch(code, name, municipality, isil, hours, List.of(), minimumAge, phone);
        }
    }
}
