package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Secret;

/** What a kiosk does. Each effect but {@link Erase}, {@link Report} and {@link Rate} ends in an event, also when it fails. */
public sealed interface Effect {
    /** Asks the library; ends in {@link KioskEvent.Answered} or {@link KioskEvent.Unanswered}. */
    record Send(long request, Request message) implements Effect {}

    /** Brings one tag to a security, addressed and verified; ends in {@link KioskEvent.SecurityWritten}. */
    record SetSecurity(int row, Uid uid, String identifier, TagSecurity target) implements Effect {}

    /** Writes a return to disk, to be told to the library later; ends in {@link KioskEvent.Spooled}. */
    record Spool(long request, Checkin checkin) implements Effect {}

    /** Does something for a loan without connection; ends in the event that its task names. */
    record OffLine(OffLineTask task) implements Effect {}

    /** Asks the catalogue; ends in {@link KioskEvent.Catalogue}. */
    record Catalogue(CatalogueTask task) implements Effect {}

    /** Prints; ends in {@link KioskEvent.Printed}. */
    record Print(Printout printout, Language language) implements Effect {}

    /** Hands a receipt to the gateway, which sends it to the card's holder; ends in {@link KioskEvent.Mailed}. */
    record Mail(long request, CardNumber card, Printout printout, Language language) implements Effect {}

    /** Overwrites a PIN in memory. */
    record Erase(Secret secret) implements Effect {}

    /** Tells staff. */
    record Report(Incident incident) implements Effect {}

    /**
     * Passes on how somebody liked a thing that has come back, once. Nobody waits for what becomes of it.
     *
     * @param stars 1 to 5
     */
    record Rate(String item, int stars) implements Effect {}

    /** Does something for staff who stand here; ends in {@link KioskEvent.Staff}. */
    record Staff(StaffTask task) implements Effect {}
}
