package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the kiosk knows whatever it is doing; nothing of it belongs to a patron but the chosen language, the preferences, the
 * aids and what the visit has come to, which go back when the session ends.
 *
 * @param now time of the last tick
 * @param language of the screens
 * @param preferences of the person before it
 * @param line whether the library can be asked
 * @param devices last status of each device
 * @param tags what lies on the pad, in the order it came
 * @param nextRequest number of the next effect that ends in an answer
 * @param machine how the kiosk itself is
 * @param aids what somebody uses who does not see or touch the screen
 * @param stay what the visit has come to on whichever screen it is
 */
public record Surroundings(
        KioskSettings settings,
        Instant now,
        Language language,
        Preferences preferences,
        Line line,
        Map<DeviceKind, DeviceStatus> devices,
        Map<Uid, PadTag> tags,
        long nextRequest,
        Machine machine,
        Aids aids,
        Stay stay) {
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

    /** Where no visit has come to anything yet. */
    public Surroundings(
            KioskSettings settings,
            Instant now,
            Language language,
            Preferences preferences,
            Line line,
            Map<DeviceKind, DeviceStatus> devices,
            Map<Uid, PadTag> tags,
            long nextRequest,
            Machine machine,
            Aids aids) {
        this(settings, now, language, preferences, line, devices, tags, nextRequest, machine, aids, Stay.NONE);
    }

    /** A kiosk that has just been switched on. */
    public static Surroundings start(KioskSettings settings, Upkeep upkeep, Instant now) {
        return new Surroundings(
                settings,
                now,
                settings.branchLanguage(),
                Preferences.NONE,
                Line.CONNECTING,
                Map.of(),
                Map.of(),
                1,
                Machine.start(upkeep),
                Aids.NONE);
    }

    /** What does not work just now. */
    public Set<Banner> banners() {
        EnumSet<Banner> banners = EnumSet.noneOf(Banner.class);
        if (line == Line.DOWN) {
            banners.add(OffLineRules.openToNewcomers(this) ? Banner.OFFLINE_LENDS : Banner.OFFLINE);
        }
        if (padLost()) {
            banners.add(lends() ? Banner.PAD_LOST : Banner.PAD_LOST_RETURNS);
        }
        why(DeviceKind.PRINTER).flatMap(Surroundings::ofThePrinter).ifPresent(banners::add);
        return banners;
    }

    /** What people are told of a printer's complaint. A kiosk without one has nothing to complain about. */
    private static Optional<Banner> ofThePrinter(StatusReason reason) {
        return switch (reason) {
            case PAPER_OUT -> Optional.of(Banner.PAPER_OUT);
            case TICKET_LEFT -> Optional.of(Banner.TICKET_LEFT);
            default -> reason.blocking() ? Optional.of(Banner.NO_RECEIPTS) : Optional.empty();
        };
    }

    /** Whether a device can do its work; one that was never heard of can not. */
    public boolean usable(DeviceKind kind) {
        DeviceStatus status = devices.get(kind);
        return status != null && status.usable();
    }

    /** Whether a library card's number may be typed now. */
    public boolean cardMayBeTyped() {
        return switch (settings.cards().typed()) {
            case NEVER -> false;
            case WITHOUT_SCANNER -> scannerLost();
            case ALWAYS -> true;
        };
    }

    /** Whether there is a bar code scanner that does not work; of one that types like a keyboard nobody knows. */
    public boolean scannerLost() {
        return devices.containsKey(DeviceKind.SCANNER) && !usable(DeviceKind.SCANNER);
    }

    /** What a device complains about, if it does. */
    public Optional<StatusReason> why(DeviceKind kind) {
        return Optional.ofNullable(devices.get(kind)).flatMap(DeviceStatus::why);
    }

    /** Whether people are told that the pad is away: there is none, or it did not come back within some seconds. */
    public boolean padLost() {
        return !usable(DeviceKind.PAD) && (!devices.containsKey(DeviceKind.PAD) || machine.padLost(now));
    }

    /** Whether a new loan does not leave with an alarm: its tag can be switched off now, or elsewhere, or need not be. */
    boolean switchesOff() {
        return settings.gates() != Gates.ALARM || usable(DeviceKind.PAD);
    }

    /** Whether things are lent at all as far as the pad is concerned; for some seconds it is waited for. */
    public boolean lends() {
        return switchesOff() || !padLost();
    }

    /** Whether the catalogue is offered now: it is the gateway's, and so is the hold that somebody may want. */
    public boolean searchable() {
        return settings.offers(Extra.SEARCH) && !settings.returnOnly() && line == Line.UP;
    }

    /** What there is to read here now: of what the gateway has told, as much as is on. Where rooms are booked is read elsewhere too. */
    public Feed feed() {
        Feed told = machine.feed();
        Stream<Feed.EResource> collections =
                settings.offers(Extra.COLLECTIONS) ? told.resources().stream() : Stream.empty();
        return new Feed(
                settings.offers(Extra.NEWS) ? told.news() : List.of(),
                Stream.concat(rooms().stream(), collections).toList());
    }

    /** Where the rooms of this branch are booked, if it has any. */
    public Optional<Feed.EResource> rooms() {
        return machine.branch().flatMap(BranchNow::rooms);
    }

    /** Whether the gateway is for trying out and the kiosk is not, or the other way round. */
    public boolean otherWorld() {
        return machine.branch()
                .filter(told -> told.testing() != settings.testing())
                .isPresent();
    }

    /** The code of the branch whose loans and returns these are: the one that the gateway says, before the one of the file. */
    public String place() {
        return machine.branch().map(BranchNow::code).orElse(settings.institution());
    }

    /** Whether the library is done by now with what it was asked then and did not answer. */
    boolean settled(Instant askedAt) {
        return !now.isBefore(askedAt.plus(settings.timeouts().settle()));
    }

    /** Today, where the kiosk stands. */
    public LocalDate today() {
        return LocalDate.ofInstant(now, settings.zone());
    }

    Surroundings at(Instant time) {
        return new Surroundings(
                settings, time, language, preferences, line, devices, tags, nextRequest, machine, aids, stay);
    }

    Surroundings speaking(Language next) {
        return new Surroundings(
                settings, now, next, preferences, line, devices, tags, nextRequest, machine, aids, stay);
    }

    Surroundings preferring(Preferences next) {
        return new Surroundings(settings, now, language, next, line, devices, tags, nextRequest, machine, aids, stay);
    }

    Surroundings with(Aids next) {
        return new Surroundings(
                settings, now, language, preferences, line, devices, tags, nextRequest, machine, next, stay);
    }

    Surroundings with(Stay next) {
        return new Surroundings(
                settings, now, language, preferences, line, devices, tags, nextRequest, machine, aids, next);
    }

    /** For the next person: in the branch's language, and as everybody is served who has asked for nothing. */
    Surroundings forTheNext() {
        return forTheNextCard().with(aids.rested());
    }

    /** For another card at the same screen. Headphones and keypad do not change hands with it: their user would hear nothing of it. */
    Surroundings forTheNextCard() {
        return speaking(settings.branchLanguage()).preferring(Preferences.NONE).with(Stay.NONE);
    }

    /** Still with the person who was there before. */
    Surroundings stillWith(Surroundings before) {
        return speaking(before.language)
                .preferring(before.preferences)
                .with(before.aids)
                .with(before.stay);
    }

    /** Leaves alone what lies on the pad, until it is lifted. */
    Surroundings leavingAlone() {
        return with(stay.leavingAlone(tags.keySet()));
    }

    /** Whether nothing is left of a person. */
    boolean asForTheNext() {
        return language.equals(settings.branchLanguage())
                && preferences.equals(Preferences.NONE)
                && aids.atRest()
                && stay.equals(Stay.NONE);
    }

    /** Whether nothing presses this person: whoever has asked for more time, is choosing preferences or listens. */
    boolean unhurried() {
        return preferences.unhurried() || aids.listens();
    }

    /** How long a wait is for this person. */
    public Duration lasting(Wait wait) {
        return unhurried() ? wait.extended() : wait.usual();
    }

    Surroundings with(Line next) {
        return new Surroundings(
                settings, now, language, preferences, next, devices, tags, nextRequest, machine, aids, stay);
    }

    Surroundings with(DeviceKind kind, DeviceStatus status) {
        EnumMap<DeviceKind, DeviceStatus> next = new EnumMap<>(DeviceKind.class);
        next.putAll(devices);
        next.put(kind, status);
        Machine then = kind == DeviceKind.PAD ? machine.pad(status.usable(), now) : machine;
        return new Surroundings(settings, now, language, preferences, line, next, tags, nextRequest, then, aids, stay);
    }

    /** With other settings, for the next person. */
    Surroundings obeying(KioskSettings next) {
        return new Surroundings(
                        next,
                        now,
                        next.branchLanguage(),
                        preferences,
                        line,
                        devices,
                        tags,
                        nextRequest,
                        machine.awaiting(Optional.empty()),
                        aids,
                        stay)
                .forTheNext();
    }

    Surroundings with(Machine next) {
        return new Surroundings(
                settings, now, language, preferences, line, devices, tags, nextRequest, next, aids, stay);
    }

    /** After something that staff find again. */
    Surroundings kept(UnaryOperator<Upkeep> change) {
        return with(machine.with(change));
    }

    /** One more of what is counted. */
    Surroundings counted(Upkeep.Count count) {
        return kept(upkeep -> upkeep.counted(today(), count));
    }

    Surroundings arrived(PadTag tag) {
        Map<Uid, PadTag> next = new LinkedHashMap<>(tags);
        next.put(tag.uid(), tag);
        return new Surroundings(
                settings, now, language, preferences, line, devices, next, nextRequest, machine, aids, stay);
    }

    /** After a tag was written and read back. */
    Surroundings verified(Uid uid, TagSecurity security) {
        PadTag tag = tags.get(uid);
        return tag == null ? this : arrived(new PadTag(uid, tag.dsfid(), tag.content(), Optional.of(security)));
    }

    Surroundings left(Uid uid) {
        Map<Uid, PadTag> next = new LinkedHashMap<>(tags);
        next.remove(uid);
        return new Surroundings(
                settings,
                now,
                language,
                preferences,
                line,
                devices,
                next,
                nextRequest,
                machine,
                aids,
                stay.lifted(uid));
    }

    /** After {@link #nextRequest} was used. */
    Surroundings requested() {
        return new Surroundings(
                settings, now, language, preferences, line, devices, tags, nextRequest + 1, machine, aids, stay);
    }
}
