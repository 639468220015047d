package fi.kimppa.gateway.cutover;

import java.time.Instant;
import java.util.Optional;

/**
 * A municipality that changes its library system.
 *
 * @param municipality code of the municipality
 * @param from name of the old library system
 * @param to name of the new one
 * @param freezesAt from here on nothing is changed in the old system
 * @param movesAt from here on the new one is asked; later than {@code freezesAt}
 * @param plannedBy name of the member of staff
 * @param ended how it ended; empty while it is planned or under way
 */
public record CutOver(
        long id,
        String municipality,
        String from,
        String to,
        Instant freezesAt,
        Instant movesAt,
        String plannedBy,
        Instant plannedAt,
        Optional<End> ended) {

    /**
     * How a cut-over ended.
     *
     * @param state {@link State#FINISHED} or {@link State#ROLLED_BACK}
     */
    public record End(State state, String who, Instant at) {}

    /** How far it has come. */
    public enum State {
        /** The freeze has not begun. */
        PLANNED,
        /** Nothing is changed in the old system, and the new one is not asked yet. */
        FROZEN,
        /** The new system is asked, and the old one about what the new one does not know. */
        OVER,
        /** The old system is asked no more. */
        FINISHED,
        /** The old system is asked again, or still. */
        ROLLED_BACK
    }

    /** How far it has come at this moment. */
    public State state(Instant now) {
        return ended.map(End::state)
                .orElseGet(() ->
                        now.isBefore(freezesAt) ? State.PLANNED : now.isBefore(movesAt) ? State.FROZEN : State.OVER);
    }

    /** Whether at this moment anything is other than usual: between the freeze and the end. */
    public boolean underWay(Instant now) {
        return switch (state(now)) {
            case FROZEN, OVER -> true;
            case PLANNED, FINISHED, ROLLED_BACK -> false;
        };
    }

    /** Whether this is the old library system or the new one. */
    public boolean concerns(String system) {
        return from.equals(system) || to.equals(system);
    }

    /** The library system that the municipality has at this moment. */
    public String system(Instant now) {
        return switch (state(now)) {
            case PLANNED, FROZEN, ROLLED_BACK -> from;
            case OVER, FINISHED -> to;
        };
    }

    /** Who is asked at this moment about what belongs to the municipality. */
    public Turn turn(Errand errand, Instant now) {
        return switch (state(now)) {
            case PLANNED, ROLLED_BACK -> new Turn.One(from);
            case FROZEN -> errand == Errand.QUESTION ? new Turn.One(from) : new Turn.Nobody(movesAt);
            case OVER -> errand == Errand.CHANGE ? new Turn.One(to) : new Turn.Both(to, from);
            case FINISHED -> new Turn.One(to);
        };
    }
}
