package fi.kimppa.kiosk.text;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.kiosk.session.FaultCode;
import fi.kimppa.kiosk.session.KioskState.StaffMenu;
import fi.kimppa.kiosk.session.MachineView.DeviceView;
import fi.kimppa.kiosk.session.StaffAct;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.WaitingSlip;
import fi.kimppa.kiosk.text.StaffWording.Line;
import fi.kimppa.kiosk.text.StaffWording.Mood;
import fi.kimppa.kiosk.text.StaffWording.Offer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the devices of the staff menu into lines. Pure. */
final class StaffDevices {
    /** So many of the slips that wait are named. */
    private static final int MOST_SLIPS = 3;

    private final Texts texts;
    private final StaffMenu menu;
    private final Surroundings around;

    StaffDevices(Texts texts, StaffMenu menu) {
        this.texts = texts;
        this.menu = menu;
        this.around = menu.around();
    }

    Line status(DeviceView device, List<Offer> offers) {
        // Newer than the last look.
        DeviceStatus status = around.devices().getOrDefault(device.kind(), device.status());
        List<String> lines = new ArrayList<>();
        if (status.equals(device.status())) {
            lines.add(texts.say("staff.since", "time", texts.paperMoment(device.since())));
        }
        status.why().map(reason -> FaultCode.of(device.kind(), reason)).ifPresent(lines::add);
        return new Line(mood(status), title(device.kind()), word(status), lines, offers);
    }

    private static Mood mood(DeviceStatus status) {
        if (status.why().isEmpty()) {
            return Mood.WELL;
        }
        return status.usable() ? Mood.ATTENTION : Mood.FAULT;
    }

    private String word(DeviceStatus status) {
        return status.why().map(this::reason).orElseGet(() -> texts.say("staff.ready"));
    }

    private String title(DeviceKind kind) {
        return texts.say(
                switch (kind) {
                    case PAD -> "staff.device.pad";
                    case PRINTER -> "staff.device.printer";
                    case SCANNER -> "staff.device.scanner";
                    case CARD -> "staff.device.card";
                    case DOOR -> "staff.device.door";
                    case KEYPAD -> "staff.device.keypad";
                });
    }

    private String reason(StatusReason reason) {
        return texts.say(
                switch (reason) {
                    case PAPER_LOW -> "staff.why.low";
                    case PAPER_OUT -> "staff.why.paper";
                    case COVER_OPEN -> "staff.why.cover";
                    case CUTTER -> "staff.why.cutter";
                    case OVERHEATED -> "staff.why.hot";
                    case UNRECOVERABLE, DEVICE_ERROR -> "staff.why.broken";
                    case OFF_LINE -> "staff.why.offline";
                    case TICKET_LEFT -> "staff.why.ticket";
                    case WRONG_MODE -> "staff.why.mode";
                    case CONNECTING -> "staff.why.connecting";
                    case UNREACHABLE -> "staff.why.unreachable";
                    case ACCESS_DENIED -> "staff.why.denied";
                    case UNPLUGGED -> "staff.why.unplugged";
                    case NO_ANSWER -> "staff.why.silent";
                    case NONSENSE -> "staff.why.nonsense";
                    case OTHER_DEVICE -> "staff.why.other";
                    case CLOSED -> "staff.why.closed";
                });
    }

    List<Line> device(DeviceKind kind) {
        List<Line> lines = new ArrayList<>();
        Optional<DeviceView> device = menu.view().flatMap(view -> view.device(kind));
        if (device.isEmpty()) {
            lines.add(new Line(Mood.PLAIN, title(kind), texts.say("staff.none"), List.of(), List.of()));
            return lines;
        }
        Line status = status(device.get(), List.of());
        List<String> more = new ArrayList<>(status.lines());
        if (!device.get().identity().isBlank()) {
            more.add(device.get().identity());
        }
        device.get()
                .lastFailure()
                .map(failure -> texts.say("staff.failure", "what", failure))
                .ifPresent(more::add);
        // In large text the state may take a page of its own, and whoever came here came to test.
        lines.add(test(kind));
        lines.add(new Line(status.mood(), status.title(), status.word(), more, List.of()));
        return lines;
    }

    private Line test(DeviceKind kind) {
        List<Offer> offers = Arrays.stream(SelfTestLevel.values())
                .map(level -> new Offer(
                        "test-" + level.name().toLowerCase(Locale.ROOT),
                        level(level),
                        new StaffAct.SelfTest(kind, level)))
                .toList();
        String title = texts.say("staff.test");
        if (menu.running().orElse(null) instanceof StaffAct.SelfTest) {
            return new Line(Mood.WORKING, title, texts.say("common.wait"), List.of(), List.of());
        }
        if (menu.learnt().orElse(null) instanceof StaffNews.Tested(Optional<SelfTestReport> report)
                && report.isPresent()) {
            return new Line(
                    report.get().passed() ? Mood.WELL : Mood.FAULT,
                    title,
                    texts.say(report.get().passed() ? "staff.test.passed" : "staff.test.failed"),
                    report.get().steps().stream()
                            .filter(step -> step.outcome() != SelfTestReport.Outcome.PASSED)
                            .map(step -> step.name() + ": " + step.detail())
                            .toList(),
                    offers);
        }
        return new Line(Mood.PLAIN, title, texts.say("staff.test.what"), List.of(), offers);
    }

    private String level(SelfTestLevel level) {
        return texts.say(
                switch (level) {
                    case ANSWERS -> "staff.test.answers";
                    case HEALTHY -> "staff.test.healthy";
                    case WORKS -> "staff.test.works";
                });
    }

    List<Line> printer() {
        List<Line> lines = device(DeviceKind.PRINTER);
        lines.add(new Line(
                printed(menu).map(StaffDevices::mood).orElse(Mood.PLAIN),
                texts.say("staff.paper"),
                paperWord(),
                List.of(texts.count(
                        "staff.paper.used", around.machine().upkeep().papers())),
                List.of(
                        new Offer("feed", texts.say("staff.paper.feed"), new StaffAct.Feed()),
                        new Offer("test-page", texts.say("staff.paper.test"), new StaffAct.TestPage()),
                        new Offer("paper-changed", texts.say("staff.paper.changed"), new StaffAct.PaperChanged()))));
        slips(List.of(
                        new Offer("print-slips", texts.say("staff.day.print"), new StaffAct.PrintSlips()),
                        new Offer("forget-slips", texts.say("staff.slips.done"), new StaffAct.ForgetSlips())))
                .ifPresent(lines::add);
        return lines;
    }

    /** What could not be printed when its things came back. */
    Optional<Line> slips(List<Offer> offers) {
        List<WaitingSlip> slips = around.machine().upkeep().slips();
        boolean printing = menu.running().orElse(null) instanceof StaffAct.PrintSlips;
        return slips.isEmpty()
                ? Optional.empty()
                : Optional.of(new Line(
                        printing ? Mood.WORKING : Mood.ATTENTION,
                        texts.say("staff.slips"),
                        texts.count("staff.queue.waiting", slips.size()),
                        slips.stream().limit(MOST_SLIPS).map(WaitingSlip::brief).toList(),
                        printing ? List.of() : offers));
    }

    /** What became of the last paper of this page. */
    static Optional<PrintOutcome> printed(StaffMenu menu) {
        return menu.learnt().orElse(null) instanceof StaffNews.Papered(PrintOutcome outcome)
                ? Optional.of(outcome)
                : Optional.empty();
    }

    static Mood mood(PrintOutcome outcome) {
        return switch (outcome) {
            case PrintOutcome.Printed _ -> Mood.WELL;
            case PrintOutcome.NotPrinted _, PrintOutcome.Unconfirmed _ -> Mood.FAULT;
        };
    }

    private String paperWord() {
        return printed(menu)
                .map(outcome -> switch (outcome) {
                    case PrintOutcome.Printed _ -> texts.say("staff.paper.printed");
                    case PrintOutcome.NotPrinted(StatusReason reason) -> reason(reason);
                    case PrintOutcome.Unconfirmed(StatusReason reason) -> reason(reason);
                })
                .orElseGet(() -> texts.say("staff.paper.what"));
    }

    List<Line> pad() {
        List<Line> lines = device(DeviceKind.PAD);
        if (around.tags().isEmpty()) {
            lines.add(
                    new Line(Mood.PLAIN, texts.say("staff.tags"), texts.say("staff.tags.none"), List.of(), List.of()));
        }
        around.tags().values().stream().map(this::tag).forEach(lines::add);
        return lines;
    }

    /** A tag as it was read; of a patron's card nothing but that it is one. */
    private Line tag(PadTag tag) {
        return switch (tag.content()) {
            case TagContent.Decoded(ItemTag item, boolean _)
            when item.isPatronCard() ->
                new Line(Mood.PLAIN, texts.say("staff.tag.card"), texts.say("staff.tag.hidden"), List.of(), List.of());
            case TagContent.Decoded(ItemTag item, boolean _) ->
                new Line(
                        security(tag).map(_ -> Mood.WELL).orElse(Mood.PLAIN),
                        item.identifier(),
                        security(tag)
                                .map(security ->
                                        texts.say(security == TagSecurity.SECURED ? "staff.tag.on" : "staff.tag.off"))
                                .orElseGet(() -> texts.say("staff.tag.unknown")),
                        List.of(
                                texts.say(
                                        "staff.tag.set",
                                        "owner",
                                        item.owner().orElse("-"),
                                        "k",
                                        item.ordinal(),
                                        "n",
                                        item.totalParts()),
                                raw(tag) + ", " + item.model()),
                        List.of());
            case TagContent.Blank() ->
                new Line(
                        Mood.ATTENTION,
                        texts.say("staff.tag"),
                        texts.say("staff.tag.blank"),
                        List.of(raw(tag)),
                        List.of());
            case TagContent.Unreadable(TagContent.Reason reason) ->
                new Line(
                        Mood.FAULT,
                        texts.say("staff.tag"),
                        texts.say("staff.tag.unreadable"),
                        List.of(raw(tag) + ", " + reason),
                        List.of());
        };
    }

    private static Optional<TagSecurity> security(PadTag tag) {
        return tag.security();
    }

    private static String raw(PadTag tag) {
        return tag.uid() + ", DSFID " + String.format(Locale.ROOT, "%02X", tag.dsfid());
    }
}
