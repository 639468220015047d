package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.wire.Secret;

/** What is done for staff outside the session. Each but {@link Restart} ends in a {@link StaffNews}, also when it fails. */
public sealed interface StaffTask {
    /** Compares a PIN with a card's; takes some tenths of a second on purpose. Ends in {@link StaffNews.PinChecked}. */
    record CheckPin(long request, StaffCard card, Secret pin) implements StaffTask {}

    /** Looks at devices, disk and line. Ends in {@link StaffNews.Looked}. */
    record Look() implements StaffTask {}

    /** Reads one tag with its security. Ends in {@link StaffNews.TagRead}. */
    record ReadTag(Uid uid) implements StaffTask {}

    /** Tests a device. Ends in {@link StaffNews.Tested}. */
    record SelfTest(DeviceKind device, SelfTestLevel level) implements StaffTask {}

    /** Asks the library for its status. Ends in {@link StaffNews.LineTested}. */
    record TestLine() implements StaffTask {}

    /**
     * Lets something be heard. Ends in {@link StaffNews.Played}.
     *
     * @param softer how far the loudspeaker is turned down
     */
    record Play(Announcement what, int softer) implements StaffTask {}

    /**
     * Ends the program with the code that asks for a new start.
     *
     * @param machine of the whole computer
     */
    record Restart(boolean machine) implements StaffTask {}
}
