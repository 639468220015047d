package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.AccountFee;
import fi.kimppa.kiosk.session.AccountHold;
import fi.kimppa.kiosk.session.AccountLoan;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Patron;
import fi.kimppa.kiosk.session.Standing;
import fi.kimppa.kiosk.text.Wording.Said;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts loans, holds and fees into words. Pure; any thread. */
public final class AccountWording {
    private static final String BETWEEN = " · ";

    /** How much is said of where a thing on the hold shelf stands. */
    public enum Where {
        /** Place, name and library, each with what it is. */
        FULL,
        /** The three without it. */
        SHORT,
        /** Place and library; the name where there is no place. */
        SHORTEST
    }

    private AccountWording() {}

    /**
     * How a loan stands.
     *
     * @param brief whether there is room for what matters only: until when, and what stands in the way of renewing
     */
    public static Said loan(Texts texts, AccountLoan loan, LocalDate today, boolean brief) {
        List<String> due = due(texts, loan).stream().toList();
        return switch (loan.state()) {
            case AccountLoan.State.Kept() -> kept(texts, loan, today, brief);
            case AccountLoan.State.Wanted _, AccountLoan.State.Renewing _ ->
                new Said(texts.say("out.renewing"), List.of());
            case AccountLoan.State.Checking _ -> new Said(texts.say("out.checking"), due);
            case AccountLoan.State.Renewed() ->
                new Said(
                        texts.say("acc.renewed"),
                        Stream.concat(
                                        due.stream(),
                                        Wording.check(texts, loan.due(), today).stream()
                                                .filter(_ -> loan.read()))
                                .toList());
            case AccountLoan.State.Costs(Money fee) ->
                new Said(
                        texts.say("out.notrenewed"),
                        Stream.concat(
                                        due.stream(),
                                        Stream.of(texts.say("acc.norenew.costs", "sum", texts.money(fee.amount()))))
                                .toList());
            case AccountLoan.State.NotRenewed(var why, var libraryLines) ->
                new Said(
                        texts.say("out.notrenewed"),
                        Stream.of(due, reason(texts, why, libraryLines))
                                .flatMap(List::stream)
                                .toList());
        };
    }

    private static Said kept(Texts texts, AccountLoan loan, LocalDate today, boolean brief) {
        Optional<String> due = due(texts, loan);
        List<String> lines = new ArrayList<>();
        boolean overdue = loan.overdue(today);
        if (overdue) {
            due.ifPresent(lines::add);
        }
        if (loan.awaited()) {
            lines.add(texts.say("acc.norenew.hold"));
        } else if (loan.left().equals(Optional.of(0))) {
            lines.add(texts.say("acc.norenew.limit"));
        } else if (!brief) {
            loan.left().ifPresent(left -> lines.add(texts.say("acc.left", "n", left)));
        }
        // One line, so that many rows fit.
        List<String> line = lines.isEmpty() ? List.of() : List.of(String.join(BETWEEN, lines));
        if (overdue) {
            return new Said(texts.say("acc.overdue"), line);
        }
        return new Said(due.orElseGet(() -> texts.say(loan.read() ? "out.own" : "acc.loading")), line);
    }

    private static Optional<String> due(Texts texts, AccountLoan loan) {
        return loan.due().map(due -> texts.onDay("out.due", due));
    }

    private static List<String> reason(Texts texts, Optional<AccountLoan.Why> why, List<String> libraryLines) {
        return why.map(known -> switch (known) {
                    case HELD -> List.of(texts.say("acc.norenew.hold"));
                    case LIMIT -> List.of(texts.say("acc.norenew.limit"));
                    case BAN -> List.of(texts.say("block.ban"));
                    case OTHER -> libraryLines;
                    case FAILED -> List.of(texts.say("acc.norenew.failed"));
                })
                .orElse(List.of());
    }

    /**
     * How a hold stands.
     *
     * @param library the name of a branch by its code
     */
    public static Said hold(
            Texts texts,
            AccountHold hold,
            Standing standing,
            LocalDate today,
            UnaryOperator<String> library,
            Where where) {
        return switch (hold.state()) {
            case AccountHold.State.Kept() -> standing(texts, hold, standing, today, library, where);
            case AccountHold.State.Asking() -> new Said(texts.say("hold.cancel.sure"), List.of());
            case AccountHold.State.Wanted(), AccountHold.State.Cancelling() ->
                new Said(texts.say("hold.cancelling"), List.of());
            case AccountHold.State.Checking _ -> new Said(texts.say("out.checking"), List.of());
            case AccountHold.State.Cancelled() -> new Said(texts.say("hold.cancelled"), List.of());
            case AccountHold.State.NotCancelled(var libraryLines) ->
                new Said(texts.say("hold.notcancelled"), libraryLines);
        };
    }

    private static Said standing(
            Texts texts,
            AccountHold hold,
            Standing standing,
            LocalDate today,
            UnaryOperator<String> library,
            Where where) {
        if (!hold.read()) {
            return new Said(texts.say("acc.loading"), List.of());
        }
        if (!hold.ready()) {
            return new Said(texts.say("hold.waiting"), List.of());
        }
        if (hold.lapsed(today)) {
            return new Said(texts.say("hold.lapsed"), List.of(texts.say("hold.lapsed.ask")));
        }
        Optional<String> place = hold.place().map(shelf -> texts.say("hold.shelf", "place", shelf));
        Optional<String> branch = hold.library().map(library);
        Stream<Optional<String>> there = switch (where) {
            case FULL ->
                Stream.of(
                        place,
                        standing.pickupName().map(name -> name(texts, name)),
                        branch.map(name -> texts.say("hold.place", "library", name)));
            case SHORT -> Stream.of(place, standing.pickupName(), branch);
            case SHORTEST -> Stream.of(place.or(standing::pickupName), branch);
        };
        Stream<String> until = hold.until().map(day -> texts.onDay("hold.until", day)).stream();
        List<String> lines = Stream.concat(
                        until, Stream.of(there.flatMap(Optional::stream).collect(Collectors.joining(BETWEEN))))
                .filter(line -> !line.isEmpty())
                .toList();
        return new Said(texts.say("hold.ready"), lines);
    }

    /** The name or the number under which things stand on the hold shelf. */
    private static String name(Texts texts, String name) {
        return name.chars().allMatch(Character::isDigit)
                ? texts.say("hold.number", "n", name)
                : texts.say("hold.alias", "alias", name);
    }

    /** What waits for a patron, in a sentence or two; empty when nothing does. */
    public static String toFetch(Texts texts, Patron patron) {
        Standing standing = patron.standing();
        int count = patron.ready().map(List::size).filter(n -> n > 0).orElse(standing.ready());
        if (count == 0) {
            return "";
        }
        String what = texts.count("hold.fetch", count);
        return standing.pickupName()
                .map(name -> what + " " + texts.say("hold.fetch.place", "place", name.replace(' ', '\u00A0')))
                .orElse(what);
    }

    /** What a fee is for, when it arose, and how much is left of it. */
    public static Said fee(Texts texts, AccountFee fee) {
        String kind = texts.say(
                switch (fee.kind()) {
                    case OVERDUE -> "acc.fee.overdue";
                    case RENTAL -> "acc.fee.rental";
                    case DAMAGE -> "acc.fee.damage";
                    case LOST -> "acc.fee.lost";
                    case HOLD -> "acc.fee.hold";
                    case OTHER -> "acc.fee.other";
                });
        String what = fee.made().map(day -> kind + BETWEEN + texts.date(day)).orElse(kind);
        return new Said(texts.money(fee.open().amount()), List.of(what));
    }

    /** How many loans are late; empty when none is. */
    public static Optional<String> late(Texts texts, List<AccountLoan> loans, LocalDate today) {
        int late = Math.toIntExact(
                loans.stream().filter(loan -> loan.overdue(today)).count());
        return late == 0 ? Optional.empty() : Optional.of(texts.count("acc.late", late));
    }
}
