package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.Uid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tags in the field of the virtual pad and what is wrong with them. Threads: any. */
final class PadField {
    private final Runnable changed;
    private final Map<Uid, VirtualTag> tags = new LinkedHashMap<>();
    private final Map<Uid, Integer> failing = new HashMap<>();
    private final Set<Uid> locked = new HashSet<>();
    private boolean reversedBlocks;

    /** What became of an AFI. */
    enum AfiWrite {
        WRITTEN,
        FAILED,
        LOCKED,
        GONE
    }

    PadField(Runnable changed) {
        this.changed = changed;
    }

    synchronized List<VirtualTag> tags() {
        return List.copyOf(tags.values());
    }

    synchronized Optional<VirtualTag> tag(Uid uid) {
        return Optional.ofNullable(tags.get(uid));
    }

    synchronized void lay(VirtualTag tag) {
        tags.put(tag.uid(), tag);
        changed.run();
    }

    synchronized Optional<VirtualTag> lift(Uid uid) {
        Optional<VirtualTag> lifted = Optional.ofNullable(tags.remove(uid));
        changed.run();
        return lifted;
    }

    synchronized void clear() {
        tags.clear();
        changed.run();
    }

    synchronized void write(Uid uid, int block, byte[] bytes) {
        tags.computeIfPresent(uid, (_, tag) -> tag.withMemory(block * VirtualTag.BLOCK, bytes));
        changed.run();
    }

    synchronized AfiWrite writeAfi(Uid uid, int afi) {
        VirtualTag tag = tags.get(uid);
        if (tag == null) {
            return AfiWrite.GONE;
        }
        if (locked.contains(uid)) {
            return AfiWrite.LOCKED;
        }
        int failures = failing.getOrDefault(uid, 0);
        if (failures > 0) {
            failing.put(uid, failures - 1);
            return AfiWrite.FAILED;
        }
        tags.put(uid, tag.withAfi(afi));
        changed.run();
        return AfiWrite.WRITTEN;
    }

    synchronized void failSecurityWrites(Uid uid, int times) {
        failing.put(uid, times);
    }

    synchronized void lockAfi(Uid uid) {
        locked.add(uid);
    }

    synchronized void setReversedBlocks(boolean reversed) {
        reversedBlocks = reversed;
    }

    /** A block as this reader puts it on the wire, or back. */
    synchronized byte[] wireOrder(byte[] block) {
        if (!reversedBlocks) {
            return block;
        }
        byte[] reversed = new byte[block.length];
        for (int i = 0; i < block.length; i++) {
            reversed[i] = block[block.length - 1 - i];
        }
        return reversed;
    }
}
