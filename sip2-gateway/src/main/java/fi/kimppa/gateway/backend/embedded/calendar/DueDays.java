package fi.kimppa.gateway.backend.embedded.calendar;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The store's open loans by the day on which they are due, and their move from closed days to open ones. A loan is its branch's, where it
 * was made. May be used by several threads.
 */
@Component
class DueDays {
    /** What the record of changes calls the loans of a day that was moved, with the day behind it. */
    static final String KEY = "due dates ";

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;

    DueDays(JdbcClient jdbc, Settings settings, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    /** How many loans of a branch are due on a day. */
    record Due(String branch, LocalDate day, int loans) {}

    /** A thing on loan. */
    record Thing(String item, String title) {}

    /**
     * Loans that are due on a day on which their branch is closed.
     *
     * @param to the next day on which it is open
     */
    record Move(Due due, LocalDate to) {}

    /** What is due at these branches, from one day to another; days on which nothing is due are left out. */
    List<Due> due(Collection<String> branches, LocalDate first, LocalDate last) {
        return branches.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select lent_branch as branch, (due_at at time zone :zone)::date as day,
                                       count(*)::integer as loans
                                  from loans
                                 where returned_at is null and due_at >= :from and due_at < :to
                                   and lent_branch in (:branches)
                                 group by 1, 2 order by 2, 1
                                """)
                        .param("zone", clock.getZone().getId())
                        .param("from", midnight(first))
                        .param("to", midnight(last.plusDays(1)))
                        .param("branches", branches)
                        .query(Rows.of(Due.class))
                        .list();
    }

    /** The first so many things that are due on a day at a branch. */
    List<Thing> things(String branch, LocalDate day, int most) {
        return jdbc.sql("""
                        select l.item, concat_ws(' / ', t.title, nullif(t.author, '')) as title
                          from loans l
                          join items i on i.number = l.item
                          join titles t on t.id = i.title_id
                         where l.returned_at is null and l.due_at >= :from and l.due_at < :to and l.lent_branch = :branch
                         order by t.title, l.item limit :most
                        """)
                .param("from", midnight(day))
                .param("to", midnight(day.plusDays(1)))
                .param("branch", branch)
                .param("most", most)
                .query(Rows.of(Thing.class))
                .list();
    }

    /** What is due on these days, entered already or not, and where it goes if it is moved. */
    List<Move> moves(List<Closure> closures) {
        if (closures.isEmpty()) {
            return List.of();
        }
        List<Branch> branches = consortium.branches().stream()
                .filter(branch -> closures.stream().anyMatch(closure -> closure.concerns(branch)))
                .map(branch -> branch.closedAlso(closures))
                .toList();
        LocalDate first = closures.stream()
                .map(Closure::first)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDate last = closures.stream()
                .map(Closure::last)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Map<String, List<Due>> due = due(branches.stream().map(Branch::code).toList(), first, last).stream()
                .collect(Collectors.groupingBy(Due::branch));
        return branches.stream()
                .flatMap(branch -> due.getOrDefault(branch.code(), List.of()).stream()
                        .filter(loans -> closures.stream()
                                .anyMatch(closure -> closure.concerns(branch) && closure.covers(loans.day())))
                        .map(loans -> new Move(loans, branch.opensFrom(loans.day()))))
                .toList();
    }

    /** How many loans these are. */
    static int loans(List<Move> moves) {
        return moves.stream().mapToInt(move -> move.due().loans()).sum();
    }

    /**
     * Moves what is due on days that are closed already, in one transaction.
     *
     * @param who name of the member of staff
     * @return how many loans were moved
     */
    int move(Closure closure, String who) {
        int[] moved = new int[1];
        settings.audited(who, () -> {
            List<Entry> changes = new ArrayList<>();
            moved[0] = move(List.of(closure), changes);
            return changes;
        });
        return moved[0];
    }

    /**
     * Moves what is due on these days, within the caller's transaction. A loan that is being changed at this moment is passed over: it ends,
     * or is due on another day.
     *
     * @param changes gets a line for each branch and day
     * @return how many loans were moved
     */
    int move(List<Closure> closures, List<Entry> changes) {
        int all = 0;
        for (Move move : moves(closures)) {
            int loans = move(move);
            if (loans > 0) {
                changes.add(new Entry(
                        Scope.branch(move.due().branch()),
                        KEY + move.due().day(),
                        Optional.empty(),
                        Optional.of(move.to() + " (" + loans + ")")));
            }
            all += loans;
        }
        return all;
    }

    /** The hour stays what it was, also over a change to summer time. */
    private int move(Move move) {
        LocalDate day = move.due().day();
        return jdbc.sql("""
                        update loans l
                           set due_at = ((l.due_at at time zone :zone) + make_interval(days => :days)) at time zone :zone
                          from (select id from loans
                                 where returned_at is null and due_at >= :from and due_at < :to and lent_branch = :branch
                                   for no key update skip locked) due
                         where l.id = due.id
                        """)
                .param("zone", clock.getZone().getId())
                .param("days", (int) ChronoUnit.DAYS.between(day, move.to()))
                .param("from", midnight(day))
                .param("to", midnight(day.plusDays(1)))
                .param("branch", move.due().branch())
                .update();
    }

    private OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toOffsetDateTime();
    }
}
