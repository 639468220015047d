package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far an item on the pile is on its way to a loan. */
public sealed interface LoanState {
    /** Read, waits for its turn. */
    record Queued() implements LoanState {}

    /** The library is being asked for the loan, or why not. "Do not move it." */
    record Lending() implements LoanState {}

    /** The loan stands; its tags are being switched off. "Do not move it." */
    record Securing(Optional<DueDate> due) implements LoanState {}

    /** A loan, and the gate will stay silent. */
    record Done(Optional<DueDate> due) implements LoanState {}

    /** A loan, but the gate would alarm: put the item back on the pad. */
    record PutBack(Optional<DueDate> due) implements LoanState {}

    /** A loan, but its tag could not be switched off: show it to staff. */
    record SeeStaff(Optional<DueDate> due) implements LoanState {}

    /** Already on loan to this patron: renew, or leave it as it is? */
    record RenewOffer(Optional<DueDate> due) implements LoanState {}

    /**
     * The library is being asked to renew.
     *
     * @param feeAccepted whether the person has agreed to what it costs
     */
    record Renewing(boolean feeAccepted) implements LoanState {}

    /** Renewed. */
    record Renewed(Optional<DueDate> due) implements LoanState {}

    /**
     * Not renewed; the old loan stands.
     *
     * @param libraryLines the library's own words
     * @param fee what it costs, where the library renews for a fee only; then it may be wanted again
     */
    record NotRenewed(List<String> libraryLines, Optional<Money> fee) implements LoanState {
        /** Takes a copy. */
        public NotRenewed {
            libraryLines = List.copyOf(libraryLines);
        }
    }

    /** Already on loan to this patron, left as it is. */
    record Kept(Optional<DueDate> due) implements LoanState {}

    /** Parts of the set are missing on the pad. Nothing was asked of the library. */
    record Incomplete(int found, int total) implements LoanState {}

    /**
     * The library was asked for the loan, or told of its return, and did not answer; whether it is a loan is being found out.
     *
     * @param askedAt when that was
     * @param returned whether it was the return, so that "still on loan" is no more certain at once than "not on loan" else
     */
    record Checking(Instant askedAt, boolean returned) implements LoanState {
        /** After a loan. */
        public Checking(Instant askedAt) {
            this(askedAt, false);
        }
    }

    /** Not a loan, because there is no connection; lent by itself when it is back in time. */
    record Offline() implements LoanState {}

    /** Not a loan, because the pad is away and the gates would alarm; lent by itself when the pad is back in time. */
    record PadAway() implements LoanState {}

    /**
     * Not a loan; the tag is as it was.
     *
     * @param libraryLines the library's own words, to be shown beneath the reason's text
     * @param ageLimit with {@link Reason#AGE}, if the library names it
     * @param fee with {@link Reason#COSTS}
     * @param acknowledged whether the patron has seen it; until then the row stays on top
     */
    record Refused(
            Reason reason,
            List<String> libraryLines,
            Optional<Integer> ageLimit,
            Optional<Money> fee,
            boolean acknowledged)
            implements LoanState {
        /** Takes a copy. */
        public Refused {
            libraryLines = List.copyOf(libraryLines);
        }

        /** A refusal that has nothing to do with a fee. */
        public Refused(Reason reason, List<String> libraryLines, Optional<Integer> ageLimit, boolean acknowledged) {
            this(reason, libraryLines, ageLimit, Optional.empty(), acknowledged);
        }

        /** A refusal with nothing but its reason. */
        static Refused because(Reason reason) {
            return new Refused(reason, List.of(), Optional.empty(), false);
        }

        /** Lent for a fee only. */
        public static Refused costing(Money fee) {
            return new Refused(Reason.COSTS, List.of(), Optional.empty(), Optional.of(fee), false);
        }

        /** Whether somebody may ask for it once more. */
        public boolean mayBeTriedAgain() {
            return reason == Reason.FAILED || reason == Reason.COSTS;
        }
    }

    /** Why an item was not lent. */
    enum Reason {
        /** Reserved for another patron. */
        HOLD_OTHER,
        /** On loan to somebody else. */
        ON_LOAN_OTHER,
        /** The item has an age limit. */
        AGE,
        /** To be used in the library only. */
        REFERENCE,
        /** The patron has as many loans as allowed. */
        LIMIT,
        /** The library does not know the item. */
        UNKNOWN_ITEM,
        /** The tag belongs to a library outside the consortium. */
        FOREIGN,
        /** The tag cannot be read: scan the bar code. */
        UNREADABLE,
        /** Not for circulation, discarded, twice the same part, or parts that contradict each other: show it to staff. */
        STAFF,
        /** The library lends it for a fee only. May be tried again. */
        COSTS,
        /** The library said no and did not say why in a form that we know. */
        NOT_LENT,
        /** It is certain that there is no loan; something went wrong on the way. May be tried again. */
        FAILED
    }

    /** Whether the patron now has this item on loan, beyond doubt. */
    default boolean isLoan() {
        return switch (this) {
            case Securing _, Done _, PutBack _, SeeStaff _, RenewOffer _, Renewing _, Renewed _, NotRenewed _, Kept _ ->
                true;
            case Queued _, Lending _, Incomplete _, Checking _, Offline _, PadAway _, Refused _ -> false;
        };
    }

    /** Whether it became a loan, or was renewed, in this session: what the receipt lists. */
    default boolean onReceipt() {
        return switch (this) {
            case Securing _, Done _, PutBack _, SeeStaff _, Renewed _ -> true;
            case RenewOffer _,
                    Renewing _,
                    NotRenewed _,
                    Kept _,
                    Queued _,
                    Lending _,
                    Incomplete _,
                    Checking _,
                    Offline _,
                    PadAway _,
                    Refused _ -> false;
        };
    }

    /** Whether the patron must do or read something: such rows stand on top. */
    default boolean pinned() {
        return switch (this) {
            case PutBack _, SeeStaff _, RenewOffer _, Incomplete _, NotRenewed _ -> true;
            case Refused refused -> !refused.acknowledged();
            case Queued _,
                    Lending _,
                    Securing _,
                    Done _,
                    Renewing _,
                    Renewed _,
                    Kept _,
                    Checking _,
                    Offline _,
                    PadAway _ -> false;
        };
    }

    /** What was not done because it costs that. */
    default Optional<Money> fee() {
        return switch (this) {
            case Refused refused -> refused.fee;
            case NotRenewed(var _, var fee) -> fee;
            default -> Optional.empty();
        };
    }

    /** When it is due, as far as known. */
    default Optional<DueDate> due() {
        return switch (this) {
            case Securing(var due) -> due;
            case Done(var due) -> due;
            case PutBack(var due) -> due;
            case SeeStaff(var due) -> due;
            case RenewOffer(var due) -> due;
            case Renewed(var due) -> due;
            case Kept(var due) -> due;
            case Queued _,
                    Lending _,
                    Renewing _,
                    NotRenewed _,
                    Incomplete _,
                    Checking _,
                    Offline _,
                    PadAway _,
                    Refused _ -> Optional.empty();
        };
    }
}
