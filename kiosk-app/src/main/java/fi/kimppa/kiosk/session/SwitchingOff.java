package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import java.util.List;
import java.util.Optional;

/** The tags of what is lent, so that the gates stay silent: switched off where the gates want that, tried again, and shown to staff in the end. */
final class SwitchingOff {
    private SwitchingOff() {}

    /** The loan stands: now its tags. */
    static LoanRow begin(Surroundings around, LoanRow row, Optional<DueDate> due, List<Effect> effects) {
        if (!around.settings().gates().alarm()) {
            return row.with(new LoanState.Done(due));
        }
        if (!row.tags().isEmpty()) {
            return row.with(new LoanState.Securing(due));
        }
        boolean unreadable =
                Pile.of(around).stream().anyMatch(thing -> thing.condition() instanceof Pile.Condition.Unreadable);
        return unreadable ? toStaff(row, due, effects) : row.with(new LoanState.PutBack(due));
    }

    /**
     * Starts the writes that are due and says how the row stands after them.
     *
     * @param again whether a row that must be put back is tried; not after each event, or a tag that has just gone would be
     *     tried without end
     */
    static LoanRow goOn(Surroundings around, LoanRow row, boolean again, List<Effect> effects) {
        return switch (row.state()) {
            case LoanState.Securing(var due) -> write(around, row, due, true, effects);
            case LoanState.PutBack(var due) -> write(around, row, due, again, effects);
            default -> row;
        };
    }

    private static LoanRow write(
            Surroundings around, LoanRow row, Optional<DueDate> due, boolean now, List<Effect> effects) {
        LoanRow next = row;
        if (now && around.usable(DeviceKind.PAD)) {
            for (Uid uid : row.tags()) {
                if (around.tags().containsKey(uid) && next.work().open(uid)) {
                    effects.add(new Effect.SetSecurity(row.number(), uid, row.identifier(), TagSecurity.UNSECURED));
                    next = next.with(next.work().began(uid));
                }
            }
        }
        if (!next.tags().isEmpty() && next.work().verified().containsAll(next.tags())) {
            return next.with(new LoanState.Done(due));
        }
        return next.with(next.work().writing().isEmpty() ? new LoanState.PutBack(due) : new LoanState.Securing(due));
    }

    /** A write has ended. */
    static LoanRow written(LoanRow row, Uid uid, Optional<SecurityWrite> outcome, List<Effect> effects) {
        LoanRow after = row.with(row.work().after(uid, outcome));
        boolean open = row.state() instanceof LoanState.Securing || row.state() instanceof LoanState.PutBack;
        return open && after.work().exhausted() ? toStaff(after, row.state().due(), effects) : after;
    }

    private static LoanRow toStaff(LoanRow row, Optional<DueDate> due, List<Effect> effects) {
        effects.add(new Effect.Report(new Incident(Incident.Kind.SECURITY_NOT_OFF, row.identifier())));
        return row.with(new LoanState.SeeStaff(due));
    }

    /** Whether a tag that lies there would set off the gates. */
    static boolean stillOn(Surroundings around, LoanRow row) {
        return row.tags().stream()
                .map(uid -> Optional.ofNullable(around.tags().get(uid)))
                .anyMatch(tag -> tag.flatMap(PadTag::security).equals(Optional.of(TagSecurity.SECURED)));
    }
}
