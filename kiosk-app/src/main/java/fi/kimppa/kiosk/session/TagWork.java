package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.Uid;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far the tags of one row are.
 *
 * @param verified tags that have the wanted security, read back
 * @param writing tags that are being written just now
 * @param failed tags that must be lifted and laid again before the next try
 * @param failures writes that failed although the tag was there
 * @param incompleteAccepted whether the item is wanted although parts are missing
 */
record TagWork(Set<Uid> verified, Set<Uid> writing, Set<Uid> failed, int failures, boolean incompleteAccepted) {
    static final TagWork NONE = new TagWork(Set.of(), Set.of(), Set.of(), 0, false);

    /** After so many failed writes it is a matter for staff, or after one that no other would mend; the driver has tried three times within each. */
    private static final int MOST_FAILURES = 3;

    TagWork {
        verified = Set.copyOf(verified);
        writing = Set.copyOf(writing);
        failed = Set.copyOf(failed);
    }

    TagWork began(Uid uid) {
        return new TagWork(verified, with(writing, uid), failed, failures, incompleteAccepted);
    }

    /** What a write has come to; without an outcome the pad was away. */
    TagWork after(Uid uid, Optional<SecurityWrite> outcome) {
        Set<Uid> rest = without(writing, uid);
        return switch (outcome.orElseGet(SecurityWrite.TagGone::new)) {
            case SecurityWrite.Verified _ ->
                new TagWork(with(verified, uid), rest, failed, failures, incompleteAccepted);
            case SecurityWrite.TagGone() -> new TagWork(verified, rest, failed, failures, incompleteAccepted);
            case SecurityWrite.Failed(var reason) ->
                new TagWork(verified, rest, with(failed, uid), failuresAfter(reason), incompleteAccepted);
        };
    }

    private int failuresAfter(SecurityWrite.Reason reason) {
        return switch (reason) {
            case LOCKED, REJECTED, OTHER_ITEM -> MOST_FAILURES;
            case WRITE_ERROR, NOT_VERIFIED -> failures + 1;
        };
    }

    /** The tag was lifted: when it comes again it may be tried again. */
    TagWork lifted(Uid uid) {
        return failed.contains(uid)
                ? new TagWork(verified, writing, without(failed, uid), failures, incompleteAccepted)
                : this;
    }

    TagWork accepted() {
        return new TagWork(verified, writing, failed, failures, true);
    }

    /** Whether a write to this tag may begin. */
    boolean open(Uid uid) {
        return !verified.contains(uid) && !writing.contains(uid) && !failed.contains(uid);
    }

    boolean exhausted() {
        return failures >= MOST_FAILURES;
    }

    private static Set<Uid> with(Set<Uid> set, Uid uid) {
        Set<Uid> next = new HashSet<>(set);
        next.add(uid);
        return next;
    }

    private static Set<Uid> without(Set<Uid> set, Uid uid) {
        Set<Uid> next = new HashSet<>(set);
        next.remove(uid);
        return next;
    }
}
