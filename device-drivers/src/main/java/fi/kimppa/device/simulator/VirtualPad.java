package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.Uid;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The pad of the virtual desk: a field for tags, before a FEIG reader and a Bibliotheca / 3M model 210 reader. Threads: any. */
public final class VirtualPad extends VirtualDevice {
    private final PadField field;
    private final FeigState state = new FeigState();

    VirtualPad(PadModel model, int port, DeskClock clock, Runnable changed) {
        super(model.driver(), port, Map.of(), clock, changed);
        this.field = new PadField(changed);
        outlet().replug();
    }

    /** The link's address names the language: {@code bibliotheca}, or anything else for FEIG's. */
    @Override
    void speak(ByteLink link) {
        if (link.address().driver().equals(PadModel.BIBLIOTHECA.driver())) {
            new BibliothecaReader(field).serve(link);
        } else {
            new FeigReader(field, state).serve(link);
        }
    }

    // --- what lies there

    /** Lays a tag on the pad; one with the same UID is replaced. */
    public void lay(VirtualTag tag) {
        field.lay(tag);
    }

    /** Lifts a tag and hands it over as it is now; empty if it does not lie there. */
    public Optional<VirtualTag> lift(Uid uid) {
        return field.lift(uid);
    }

    /** Lifts everything. */
    public void clear() {
        field.clear();
    }

    /**
     * Lifts a tag in the middle of things.
     *
     * @param commands so many more reach the tag; the next one finds it gone
     * @param taken is handed the tag as it then is, on the thread of the reader
     */
    public void liftAfter(Uid uid, int commands, Consumer<VirtualTag> taken) {
        field.liftAfter(uid, commands, taken);
    }

    /** The next {@code times} writes of AFI or alarm bit to this tag end in a write error; 0 heals it. */
    public void failSecurityWrites(Uid uid, int times) {
        field.failSecurityWrites(uid, times);
    }

    /** The next {@code times} writes of a block to this tag end in a write error; 0 heals it. */
    public void failMemoryWrites(Uid uid, int times) {
        field.failMemoryWrites(uid, times);
    }

    /** Locks the AFI of this tag for good: each write is refused with tag error 12. */
    public void lockAfi(Uid uid) {
        field.change(uid, VirtualTag::lockAfi);
    }

    // --- the readers

    /** Lets the readers deliver and take each block last byte first, as some readers do. */
    public void setReversedBlocks(boolean reversed) {
        field.setReversedBlocks(reversed);
    }

    /** Lets the Bibliotheca reader give and take each UID last byte first. */
    public void setReversedUids(boolean reversed) {
        field.setReversedUids(reversed);
    }

    /** The identifier by which the FEIG reader can be told from others of its model. */
    public void setDeviceId(int id) {
        state.setDeviceId(id);
    }

    /** Lets the FEIG reader ask for tags by itself (buffered read mode): commands for tags are refused with status 82. */
    public void setScanning(boolean scanning) {
        state.setScanning(scanning);
    }

    /** What a host lit last on the FEIG reader. */
    public Optional<PadSignal> lit() {
        return state.lit();
    }

    DeskSnapshot.Pad snapshot() {
        return new DeskSnapshot.Pad(plugged(), outlet().hosts(), field.tags());
    }
}
