package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kiosk knows whatever it is doing; nothing of it belongs to a patron but the chosen language and the aids, which
 * go back when the session ends.
 *
 * @param now time of the last tick
 * @param language of the screens
 * @param line whether the library can be asked
 * @param devices last status of each device
 * @param tags what lies on the pad, in the order it came
 * @param nextRequest number of the next effect that ends in an answer
 * @param aids what somebody uses who does not see or touch the screen
 */
public record Surroundings(
        KioskSettings settings,
        Instant now,
        Language language,
        Line line,
        Map<DeviceKind, DeviceStatus> devices,
        Map<Uid, PadTag> tags,
        long nextRequest,
        Aids aids) {
    /** How the line to the gateway is. */
    public enum Line {
        /** Not tried yet. */
        CONNECTING,
        /** The library can be asked. */
        UP,
        /** Nobody answers, or the library says that it is off line. */
        DOWN,
        /** The gateway does not accept this kiosk's login. */
        REFUSED
    }

    /** Takes copies. */
    public Surroundings {
        devices = Collections.unmodifiableMap(
                devices.isEmpty() ? new EnumMap<>(DeviceKind.class) : new EnumMap<>(devices));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A kiosk that has just been switched on. */
    public static Surroundings start(KioskSettings settings, Instant now) {
        return new Surroundings(
                settings, now, settings.branchLanguage(), Line.CONNECTING, Map.of(), Map.of(), 1, Aids.NONE);
    }

    /** What does not work just now. */
    public Set<Banner> banners() {
        EnumSet<Banner> banners = EnumSet.noneOf(Banner.class);
        if (line == Line.DOWN) {
            banners.add(Banner.OFFLINE);
        }
        if (!usable(DeviceKind.PAD)) {
            banners.add(Banner.PAD_LOST);
        }
        if (!usable(DeviceKind.PRINTER)) {
            banners.add(Banner.PAPER_OUT);
        }
        return banners;
    }

    /** Whether a device can do its work; one that was never heard of can not. */
    public boolean usable(DeviceKind kind) {
        DeviceStatus status = devices.get(kind);
        return status != null && status.usable();
    }

    /** Today, where the kiosk stands. */
    public LocalDate today() {
        return LocalDate.ofInstant(now, settings.zone());
    }

    Surroundings at(Instant time) {
        return new Surroundings(settings, time, language, line, devices, tags, nextRequest, aids);
    }

    Surroundings speaking(Language next) {
        return new Surroundings(settings, now, next, line, devices, tags, nextRequest, aids);
    }

    Surroundings with(Aids next) {
        return new Surroundings(settings, now, language, line, devices, tags, nextRequest, next);
    }

    Surroundings with(Line next) {
        return new Surroundings(settings, now, language, next, devices, tags, nextRequest, aids);
    }

    Surroundings with(DeviceKind kind, DeviceStatus status) {
        EnumMap<DeviceKind, DeviceStatus> next = new EnumMap<>(DeviceKind.class);
        next.putAll(devices);
        next.put(kind, status);
        return new Surroundings(settings, now, language, line, next, tags, nextRequest, aids);
    }

    Surroundings arrived(PadTag tag) {
        Map<Uid, PadTag> next = new LinkedHashMap<>(tags);
        next.put(tag.uid(), tag);
        return new Surroundings(settings, now, language, line, devices, next, nextRequest, aids);
    }

    /** After a tag was written and read back. */
    Surroundings verified(Uid uid, TagSecurity security) {
        PadTag tag = tags.get(uid);
        return tag == null ? this : arrived(new PadTag(uid, tag.dsfid(), tag.content(), Optional.of(security)));
    }

    Surroundings left(Uid uid) {
        Map<Uid, PadTag> next = new LinkedHashMap<>(tags);
        next.remove(uid);
        return new Surroundings(settings, now, language, line, devices, next, nextRequest, aids);
    }

    /** After {@link #nextRequest} was used. */
    Surroundings requested() {
        return new Surroundings(settings, now, language, line, devices, tags, nextRequest + 1, aids);
    }
}
