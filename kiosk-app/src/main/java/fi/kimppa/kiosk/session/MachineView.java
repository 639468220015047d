package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the staff menu shows of devices, disk and program. No patron has a place in it.
 *
 * @param waiting returns and loans that the library has not heard of
 * @param oldest when the first of them was made
 * @param refused returns and loans that the library refused afterwards
 * @param account as which the kiosk logs in
 * @param program version of this program
 * @param texts version of what it says to people
 * @param loudspeaker what can be heard of it
 * @param restarts whether staff can have the whole computer started anew
 */
public record MachineView(
        List<DeviceView> devices,
        int waiting,
        Optional<Instant> oldest,
        int refused,
        String account,
        String program,
        String texts,
        Loudspeaker loudspeaker,
        boolean restarts) {
    /** What a kiosk's loudspeaker is used for. */
    public enum Loudspeaker {
        /** The kiosk makes no sound. */
        NOTHING,
        /** Short sounds. */
        SOUNDS,
        /** A voice, and short sounds where they are wanted. */
        VOICE
    }

    /** Takes a copy. */
    public MachineView {
        devices = List.copyOf(devices);
    }

    /**
     * A device.
     *
     * @param since of the status, by the kiosk's clock
     * @param identity model and version, as it tells them; may be empty
     * @param lastFailure in an installer's words
     */
    public record DeviceView(
            DeviceKind kind, DeviceStatus status, Instant since, String identity, Optional<String> lastFailure) {}

    /** The device of a kind, if there is one. */
    public Optional<DeviceView> device(DeviceKind kind) {
        return devices.stream().filter(device -> device.kind() == kind).findFirst();
    }
}
