package fi.kimppa.gateway.transit;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.transit.Timetable.Leg;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A crate on one journey.
 *
 * @param origin code of the branch where it is filled
 * @param destination code of the branch where it must go
 * @param closed when it was closed
 * @param sent when the carrier took it
 * @param arrived when it was scanned at its destination
 * @param checked when what was in it had been looked through
 * @param packed how many things were put into it
 */
record Crate(
        long id,
        String origin,
        String destination,
        Instant opened,
        Optional<Instant> closed,
        Optional<Instant> sent,
        Optional<Instant> arrived,
        Optional<Instant> checked,
        int packed) {
    private static final Pattern CODE = Pattern.compile("KC([0-9]{7,18})");

    /** How far it has come. */
    enum State {
        /** It is being filled. */
        OPEN,
        /** It waits for the carrier. */
        CLOSED,
        /** It is on its way. */
        SENT,
        /** It is there, and what is in it is being looked through. */
        ARRIVED,
        /** Done. */
        CHECKED
    }

    State state() {
        if (checked.isPresent()) {
            return State.CHECKED;
        }
        if (arrived.isPresent()) {
            return State.ARRIVED;
        }
        if (sent.isPresent()) {
            return State.SENT;
        }
        return closed.isPresent() ? State.CLOSED : State.OPEN;
    }

    /** What its slip has as QR and Code 128; no item's number looks like it. */
    String code() {
        return String.format(Locale.ROOT, "KC%07d", id);
    }

    /** The id in a code that was scanned or typed; empty if it is no crate's. */
    static OptionalLong id(String code) {
        Matcher matcher = CODE.matcher(code.strip().toUpperCase(Locale.ROOT));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The way it goes: from the day on which the carrier took it, else from today on; none if no route goes there. */
    List<Leg> way(Timetable timetable, LocalDate today) {
        return timetable.way(
                origin, destination, sent.map(Crate::day).orElse(today).minusDays(1));
    }

    /** Whether it should have arrived by now. */
    boolean late(Timetable timetable, LocalDate today) {
        return arrived.isEmpty()
                && closed.map(Crate::day)
                        .filter(day -> timetable.late(origin, destination, day, today))
                        .isPresent();
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, GatewayClock.ZONE);
    }
}
