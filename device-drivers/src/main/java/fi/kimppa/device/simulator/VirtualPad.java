package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.Uid;
import java.util.Map;
import java.util.Optional;

/** The reader of the virtual desk: a FEIG reader in ISO-Host mode. Threads: any. */
public final class VirtualPad implements AutoCloseable {
    private final PadField field;
    private final Outlet outlet;

    VirtualPad(int port, Runnable changed) {
        this.field = new PadField(changed);
        this.outlet = new Outlet("feig", port, Map.of(), link -> new FeigReader(field).serve(link), changed);
    }

    /** Where the driver finds it, for example {@code feig:tcp:127.0.0.1:10001}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

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

    /** The next {@code times} AFI writes to this tag end in a write error; 0 heals it. */
    public void failSecurityWrites(Uid uid, int times) {
        field.failSecurityWrites(uid, times);
    }

    /** Locks the AFI of this tag for good: each write is refused with tag error 12. */
    public void lockAfi(Uid uid) {
        field.lockAfi(uid);
    }

    /** Lets the reader deliver and take each block last byte first, as some readers do. */
    public void setReversedBlocks(boolean reversed) {
        field.setReversedBlocks(reversed);
    }

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
