package fi.kimppa.kiosk.screen;

import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Machine;
import fi.kimppa.kiosk.session.MachineView;
import fi.kimppa.kiosk.session.MachineView.DeviceView;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.StaffAct;
import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.StaffPage;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.session.Upkeep.BinFill;
import fi.kimppa.kiosk.session.Upkeep.Closure;
import fi.kimppa.kiosk.session.Upkeep.Count;
import fi.kimppa.kiosk.session.Upkeep.Day;
import fi.kimppa.kiosk.session.Upkeep.HoldFound;
import fi.kimppa.kiosk.session.WaitingSlip;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What staff see at the kiosk. */
final class StaffGallery {
    static final PadTag LIBRARY_CARD = new PadTag(
            new Uid(0xE0040150_0000_0003L),
            6,
            new TagContent.Decoded(
                    new ItemTag(
                            "2000012345",
                            Optional.empty(),
                            1,
                            1,
                            Optional.of(TypeOfUsage.PATRON),
                            TagModel.ISO_28560_2),
                    false),
            Optional.empty());

    private final Surroundings well;
    private final Surroundings broken;

    private StaffGallery(Surroundings well, Surroundings broken) {
        this.well = well;
        this.broken = broken;
    }

    static Map<String, KioskState> states(Surroundings well, Surroundings broken) {
        return new StaffGallery(well, broken).states();
    }

    private Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("40-staff-pin", pin(well, 3, 0));
        states.put("41-staff-pin-wrong", pin(with(well, wrong()), 0, 1));
        states.put("42-staff-main", menu(well, StaffPage.MAIN, Optional.empty()));
        states.put("43-staff-main-broken", menu(broken, StaffPage.MAIN, Optional.empty()));
        states.put("44-staff-pad", menu(tagged(), StaffPage.PAD, Optional.empty()));
        states.put("45-staff-pad-failed", menu(broken, StaffPage.PAD, Optional.of(new StaffNews.Tested(failedTest()))));
        states.put("46-staff-printer", menu(well, StaffPage.PRINTER, Optional.empty()));
        states.put("46-staff-printer-slips", menu(with(well, day()), StaffPage.PRINTER, Optional.empty()));
        states.put(
                "47-staff-network",
                menu(
                        well,
                        StaffPage.NETWORK,
                        Optional.of(new StaffNews.LineTested(
                                Optional.of(Duration.ofMillis(84)), "TURKU", "Turun kaupunginkirjasto"))));
        states.put("48-staff-bins", menu(with(well, day()), StaffPage.BINS, Optional.empty()));
        states.put("49-staff-day", menu(with(well, day()), StaffPage.DAY, Optional.empty()));
        states.put("49-staff-sound", menu(softer(), StaffPage.SOUND, Optional.empty()));
        states.put("49-staff-sound-mute", menu(well, StaffPage.SOUND, Optional.of(new StaffNews.Played(false))));
        states.put("50-staff-service", menu(well, StaffPage.SERVICE, Optional.empty()));
        states.put("51-staff-service-closed", menu(closed(), StaffPage.SERVICE, Optional.empty()));
        states.put("52-closed-by-staff", new KioskState.OutOfService(closed(), KioskState.OutOfService.Cause.STAFF));
        return states;
    }

    private static Surroundings with(Surroundings around, Upkeep upkeep) {
        return new Surroundings(
                around.settings(),
                around.now(),
                around.language(),
                around.preferences(),
                around.line(),
                around.devices(),
                around.tags(),
                1,
                new Machine(
                        upkeep,
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.empty(),
                        Optional.empty(),
                        Feed.NONE,
                        Optional.empty()),
                around.aids());
    }

    private Surroundings closed() {
        return with(
                well,
                new Upkeep(Optional.of(Closure.OTHER_KIOSK), Map.of(), Day.NOTHING, List.of(), 0, 0, Optional.empty()));
    }

    private Surroundings softer() {
        return with(well, new Upkeep(Optional.empty(), Map.of(), Day.NOTHING, List.of(), 0, 0, Optional.empty(), 1));
    }

    private static Upkeep wrong() {
        return new Upkeep(
                Optional.empty(), Map.of(), Day.NOTHING, List.of(), 0, 2, Optional.of(Gallery.NOW.plusSeconds(4)));
    }

    private static Upkeep day() {
        return new Upkeep(
                Optional.empty(),
                Map.of("1", new BinFill(64, true), "3", new BinFill(12, false), "5", new BinFill(1, false)),
                new Day(
                        LocalDate.of(2026, 11, 24),
                        Map.of(Count.LOANS, 118, Count.RETURNS, 77, Count.HOLDS, 6, Count.TRANSFERS, 12),
                        List.of("5 3000000042"),
                        List.of(new HoldFound("5", "3000000042", false))),
                slips(),
                214,
                0,
                Optional.empty());
    }

    private static List<WaitingSlip> slips() {
        return List.of(new WaitingSlip(
                Gallery.NOW,
                WaitingSlip.Kind.HOLD_HERE,
                "5",
                "Turun pääkirjasto",
                "Juoksuhaudantie / Kari Hotakainen",
                "3000000042"));
    }

    private Surroundings tagged() {
        ItemTag item = ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2);
        PadTag book = new PadTag(
                new Uid(0xE0040150_0A1B_2C3DL),
                6,
                new TagContent.Decoded(item, false),
                Optional.of(TagSecurity.SECURED));
        PadTag strange = new PadTag(
                new Uid(0xE0040150_0A1B_2C3EL),
                0,
                new TagContent.Unreadable(TagContent.Reason.UNKNOWN_MODEL),
                Optional.empty());
        return new Surroundings(
                well.settings(),
                well.now(),
                well.language(),
                well.preferences(),
                well.line(),
                well.devices(),
                Map.of(book.uid(), book, strange.uid(), strange, LIBRARY_CARD.uid(), LIBRARY_CARD),
                1,
                well.machine(),
                well.aids());
    }

    private static Optional<SelfTestReport> failedTest() {
        return Optional.of(new SelfTestReport(
                DeviceId.of(DeviceKind.PAD),
                SelfTestLevel.ANSWERS,
                List.of(new SelfTestReport.Step(
                        "answers", SelfTestReport.Outcome.FAILED, "nothing at /dev/ttyUSB0", Duration.ofMillis(40)))));
    }

    private static KioskState pin(Surroundings around, int digits, int wrong) {
        String salt = "0123456789abcdef".repeat(2);
        return new KioskState.StaffPin(
                around,
                new StaffCard("kortti 3", 1, salt, "00".repeat(32), "00".repeat(32)),
                Secret.of("1".repeat(digits)),
                digits,
                wrong,
                Optional.empty(),
                new Patience(Gallery.NOW, Optional.empty(), Optional.empty()));
    }

    private static KioskState menu(Surroundings around, StaffPage page, Optional<StaffNews> learnt) {
        Optional<StaffAct> nothing = Optional.empty();
        return new KioskState.StaffMenu(
                around, "kortti 3", page, Optional.of(view(around)), nothing, learnt, Gallery.NOW);
    }

    private static MachineView view(Surroundings around) {
        return new MachineView(
                List.of(
                        device(around, DeviceKind.PAD, "ID ISC.MR102, 1.4.0"),
                        device(around, DeviceKind.PRINTER, "TM-T88VI, 30.14"),
                        device(around, DeviceKind.SCANNER, "")),
                3,
                Optional.of(Gallery.NOW.minusSeconds(3600)),
                1,
                "kiosk-turku",
                "0.1.0",
                "5fd2c81a",
                MachineView.Loudspeaker.VOICE,
                true);
    }

    private static DeviceView device(Surroundings around, DeviceKind kind, String identity) {
        DeviceStatus status =
                around.devices().getOrDefault(kind, new DeviceStatus.Absent(StatusReason.CLOSED, around.now()));
        return new DeviceView(
                kind,
                status,
                Gallery.NOW.minusSeconds(7200),
                identity,
                status.usable() ? Optional.empty() : Optional.of("/dev/ttyUSB0: no such port"));
    }
}
