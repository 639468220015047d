package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.Uid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tags in the field of the virtual pad, what is wrong with them, and how the reader turns bytes round. Whatever language the reader
 * speaks, one call of {@link #told} or {@link #change} is one command that reaches a tag. Threads: any.
 */
final class PadField {
    private final Runnable changed;
    private final Map<Uid, VirtualTag> tags = new LinkedHashMap<>();
    private final Map<Uid, Integer> failing = new HashMap<>();
    private final Map<Uid, Integer> failingMemory = new HashMap<>();
    private final Map<Uid, Hand> hands = new HashMap<>();
    private boolean reversedBlocks;
    private boolean reversedUids;

    /** A hand that will lift a tag. */
    private record Hand(int commandsLeft, Consumer<VirtualTag> taken) {}

    PadField(Runnable changed) {
        this.changed = changed;
    }

    // --- what lies there

    synchronized List<VirtualTag> tags() {
        return List.copyOf(tags.values());
    }

    synchronized void lay(VirtualTag tag) {
        tags.put(tag.uid(), tag);
        changed.run();
    }

    synchronized Optional<VirtualTag> lift(Uid uid) {
        Optional<VirtualTag> lifted = Optional.ofNullable(tags.remove(uid));
        hands.remove(uid);
        changed.run();
        return lifted;
    }

    synchronized void clear() {
        tags.clear();
        hands.clear();
        changed.run();
    }

    // --- what a reader does with it

    /** A tag that is asked something; empty when it does not answer. */
    synchronized Optional<VirtualTag> told(Uid uid) {
        hand(uid);
        return Optional.ofNullable(tags.get(uid));
    }

    /** A tag that is told to change. */
    synchronized TagOutcome change(Uid uid, Function<VirtualTag, TagOutcome> command) {
        return told(uid).map(command).map(this::kept).orElseGet(TagOutcome.Silent::new);
    }

    /** A tag that is told to change what gates look at; this can be made to fail. */
    synchronized TagOutcome changeSecurity(Uid uid, Function<VirtualTag, TagOutcome> command) {
        return changeOrFail(uid, command, failing);
    }

    /** A tag that is told to change its memory; this can be made to fail. */
    synchronized TagOutcome changeMemory(Uid uid, Function<VirtualTag, TagOutcome> command) {
        return changeOrFail(uid, command, failingMemory);
    }

    private TagOutcome changeOrFail(Uid uid, Function<VirtualTag, TagOutcome> command, Map<Uid, Integer> faults) {
        int failures = faults.getOrDefault(uid, 0);
        return change(uid, tag -> {
            TagOutcome outcome = command.apply(tag);
            if (failures > 0 && outcome instanceof TagOutcome.Changed) {
                faults.put(uid, failures - 1);
                return new TagOutcome.WriteFailed();
            }
            return outcome;
        });
    }

    private TagOutcome kept(TagOutcome outcome) {
        if (outcome instanceof TagOutcome.Changed(VirtualTag tag)) {
            lay(tag);
        }
        return outcome;
    }

    private void hand(Uid uid) {
        Hand hand = hands.get(uid);
        if (hand != null && hand.commandsLeft() > 0) {
            hands.put(uid, new Hand(hand.commandsLeft() - 1, hand.taken()));
        } else if (hand != null) {
            lift(uid).ifPresent(hand.taken());
        }
    }

    // --- what is wrong

    synchronized void failSecurityWrites(Uid uid, int times) {
        failing.put(uid, times);
    }

    synchronized void failMemoryWrites(Uid uid, int times) {
        failingMemory.put(uid, times);
    }

    synchronized void liftAfter(Uid uid, int commands, Consumer<VirtualTag> taken) {
        hands.put(uid, new Hand(commands, taken));
    }

    synchronized void setReversedBlocks(boolean reversed) {
        reversedBlocks = reversed;
    }

    synchronized void setReversedUids(boolean reversed) {
        reversedUids = reversed;
    }

    /** A block as this reader puts it on the wire, or back. */
    synchronized byte[] wireOrder(byte[] block) {
        return reversedBlocks ? reversed(block) : block;
    }

    /** A UID as this reader puts it on the wire, or back. */
    synchronized byte[] uidOrder(byte[] uid) {
        return reversedUids ? reversed(uid) : uid;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
