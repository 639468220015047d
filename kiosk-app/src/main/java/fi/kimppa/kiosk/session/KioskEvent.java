package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.message.Response;
import java.time.Instant;
import java.util.Optional;

/** What happens to a kiosk. */
public sealed interface KioskEvent {
    /** Time passed. Sent a few times a second. */
    record Tick(Instant now) implements KioskEvent {}

    /** A person touched something. */
    record Touched(Choice choice) implements KioskEvent {}

    /** A key of the keypad was pressed; what it means is up to {@link Keypad}. */
    record Pressed(Key key) implements KioskEvent {}

    /** Headphones were put in, or pulled out. */
    record Headphones(boolean plugged) implements KioskEvent {}

    /** The scanner read a code, of a card or of an item. */
    record Scanned(String text) implements KioskEvent {
        /** May be a card number. */
        @Override
        public String toString() {
            return "Scanned[***]";
        }
    }

    /**
     * A contactless card was held to its reader.
     *
     * @param number empty where it tells none
     * @param lifted whether it was taken away before it could be read
     */
    record CardHeld(Optional<String> number, boolean lifted) implements KioskEvent {
        /** May be a card number. */
        @Override
        public String toString() {
            return "CardHeld[***]";
        }
    }

    /** A tag lies on the pad. */
    record TagArrived(PadTag tag) implements KioskEvent {}

    /** A tag is gone from the pad. */
    record TagLeft(Uid uid) implements KioskEvent {}

    /** A device is in another status. */
    record DeviceChanged(DeviceKind kind, DeviceStatus status) implements KioskEvent {}

    /** The line to the gateway is in another state. */
    record LineChanged(Surroundings.Line line) implements KioskEvent {}

    /** The library answered a request. */
    record Answered(long request, Response response) implements KioskEvent {}

    /**
     * The library did not answer a request.
     *
     * @param neverSent whether it is certain that the request did not reach the library
     */
    record Unanswered(long request, boolean neverSent) implements KioskEvent {}

    /**
     * A tag's security was written, or not.
     *
     * @param outcome empty when the pad itself was away
     */
    record SecurityWritten(int row, Uid uid, Optional<SecurityWrite> outcome) implements KioskEvent {}

    /** A return, or a loan without connection, was written to disk; {@code false} if the disk failed. */
    record Spooled(long request, boolean written) implements KioskEvent {}

    /** What was learnt about lending without connection. */
    record OffLine(OffLineNews news) implements KioskEvent {}

    /** What the catalogue answered. */
    record Catalogue(CatalogueNews news) implements KioskEvent {}

    /** The gateway has told what there is for a kiosk at rest. */
    record Fed(Feed feed) implements KioskEvent {}

    /** What became of a printout. */
    record Printed(Printout printout, PrintOutcome outcome) implements KioskEvent {}

    /** Whether the gateway has taken a receipt to send it; {@code false} where it did not, or nobody knows. */
    record Mailed(long request, boolean taken) implements KioskEvent {}

    /** The gateway wants the kiosk otherwise; it is so from when nobody is here. */
    record Steered(KioskSettings settings) implements KioskEvent {}

    /** What was learnt for staff. */
    record Staff(StaffNews news) implements KioskEvent {}
}
