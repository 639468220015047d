package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.Uid;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The pad of the virtual desk: a field for tags, before a FEIG reader and a Bibliotheca / 3M model 210 reader. Threads: any. */
public final class VirtualPad implements AutoCloseable {
    private final PadField field;
    private final FeigState state = new FeigState();
    private final Outlet outlet;

    VirtualPad(int port, Runnable changed) {
        this.field = new PadField(changed);
        this.outlet = new Outlet("feig", port, Map.of(), this::speak, changed);
    }

    private void speak(ByteLink link) {
        if (link.address().driver().equals("bibliotheca")) {
            new BibliothecaReader(field).serve(link);
        } else {
            new FeigReader(field, state).serve(link);
        }
    }

    /** Where the FEIG driver finds it, for example {@code feig:tcp:127.0.0.1:10001}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /**
     * Serves one more host on a link of another kind, until it ends; blocks. The link's address names the language: {@code bibliotheca},
     * or anything else for FEIG's. Without its plug the pad hangs up at once.
     */
    public void serve(ByteLink link) {
        if (plugged()) {
            outlet.serve(link);
        } else {
            link.close();
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

    // --- the plug

    /** Pulls the plug: hosts lose the connection and cannot connect. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same address. What lies on the pad stays there. */
    public void replug() {
        outlet.replug();
    }

    /** Whether it is plugged in. */
    public boolean plugged() {
        return outlet.plugged();
    }

    DeskSnapshot.Pad snapshot() {
        return new DeskSnapshot.Pad(outlet.plugged(), outlet.hosts(), field.tags());
    }

    @Override
    public void close() {
        outlet.close();
    }
}
