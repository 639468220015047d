package fi.kimppa.kiosk.text;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.kiosk.session.Announcement;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState.StaffMenu;
import fi.kimppa.kiosk.session.MachineView;
import fi.kimppa.kiosk.session.MachineView.Loudspeaker;
import fi.kimppa.kiosk.session.StaffAct;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.StaffPage;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.session.Upkeep.Closure;
import fi.kimppa.kiosk.session.Upkeep.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts the staff menu into lines: what it is about, how it stands, and what can be done about it. Pure; any thread. */
public final class StaffWording {
    /** So many of the latest holds stand on the page of the day; all stand on its slip. */
    private static final int MOST_HOLDS = 5;

    private final Texts texts;
    private final StaffMenu menu;
    private final Surroundings around;
    private final StaffDevices devices;

    private StaffWording(Texts texts, StaffMenu menu) {
        this.texts = texts;
        this.menu = menu;
        this.around = menu.around();
        this.devices = new StaffDevices(texts, menu);
    }

    /** How something stands. */
    public enum Mood {
        WELL,
        WORKING,
        ATTENTION,
        FAULT,
        PLAIN
    }

    /**
     * One line of the menu.
     *
     * @param lines what else there is to know
     */
    public record Line(Mood mood, String title, String word, List<String> lines, List<Offer> offers) {
        /** Takes copies. */
        public Line {
            lines = List.copyOf(lines);
            offers = List.copyOf(offers);
        }
    }

    /**
     * A button.
     *
     * @param id stable name of its node
     */
    public record Offer(String id, String label, StaffAct act) {}

    /** The lines of the page that is open. */
    public static List<Line> of(Texts texts, StaffMenu menu) {
        var wording = new StaffWording(texts, menu);
        return switch (menu.page()) {
            case MAIN -> wording.main();
            case PAD -> wording.devices.pad();
            case PRINTER -> wording.devices.printer();
            case SCANNER -> wording.devices.device(DeviceKind.SCANNER);
            case NETWORK -> wording.network();
            case BINS -> wording.bins();
            case DAY -> wording.day();
            case SOUND -> wording.sound();
            case SERVICE -> wording.service();
        };
    }

    // ---- at a glance -------------------------------------------------------------------------------------

    private List<Line> main() {
        List<Line> lines = new ArrayList<>();
        menu.view().stream()
                .flatMap(view -> view.devices().stream())
                .map(device -> devices.status(device, open(StaffPage.of(device.kind()))))
                .forEach(lines::add);
        devices.slips(open(StaffPage.PRINTER)).ifPresent(lines::add);
        lines.add(new Line(lineMood(), texts.say("staff.line"), lineWord(), List.of(), open(StaffPage.NETWORK)));
        long full = around.machine().upkeep().bins().values().stream()
                .filter(Upkeep.BinFill::full)
                .count();
        lines.add(new Line(
                full > 0 ? Mood.ATTENTION : Mood.WELL,
                texts.say("staff.bins"),
                full > 0 ? texts.count("staff.bins.full", Math.toIntExact(full)) : texts.say("staff.bins.room"),
                List.of(),
                open(StaffPage.BINS)));
        Upkeep.Day today = today();
        lines.add(new Line(
                waiting() > 0 || refused() > 0 ? Mood.ATTENTION : Mood.PLAIN,
                texts.say("staff.day"),
                texts.say("staff.day.brief", "a", today.of(Count.LOANS), "b", today.of(Count.RETURNS)),
                queue(),
                open(StaffPage.DAY)));
        if (loudspeaker() != Loudspeaker.NOTHING) {
            lines.add(new Line(Mood.PLAIN, texts.say("staff.sound"), loudness(), List.of(), open(StaffPage.SOUND)));
        }
        boolean closed = around.machine().upkeep().closed().isPresent();
        lines.add(new Line(
                closed ? Mood.ATTENTION : Mood.PLAIN,
                texts.say("staff.service"),
                texts.say(closed ? "staff.service.closed" : "staff.service.open"),
                List.of(),
                open(StaffPage.SERVICE)));
        return lines;
    }

    private List<Offer> open(StaffPage page) {
        return page == StaffPage.MAIN
                ? List.of()
                : List.of(new Offer(
                        "staff-" + page.name().toLowerCase(Locale.ROOT),
                        texts.say("staff.open"),
                        new StaffAct.Open(page)));
    }

    // ---- the library -------------------------------------------------------------------------------------

    private List<Line> network() {
        KioskSettings settings = around.settings();
        return List.of(
                lineTest(),
                new Line(
                        around.machine().clockWrong() ? Mood.FAULT : Mood.PLAIN,
                        texts.say("staff.clock"),
                        around.machine()
                                .clockOff()
                                .map(off -> texts.say("staff.clock.off", "n", off.toSeconds()))
                                .orElseGet(() -> texts.say("staff.clock.unknown")),
                        List.of(),
                        List.of()),
                new Line(
                        Mood.PLAIN,
                        texts.say("staff.identity"),
                        settings.libraryName(),
                        List.of(
                                texts.say(
                                        "staff.identity.codes",
                                        "institution",
                                        settings.institution(),
                                        "branch",
                                        settings.branch()),
                                texts.say(
                                        "staff.identity.account",
                                        "account",
                                        menu.view().map(MachineView::account).orElse(""))),
                        List.of()));
    }

    private Line lineTest() {
        String title = texts.say("staff.line");
        List<Offer> offers = List.of(new Offer("test-line", texts.say("staff.try"), new StaffAct.TestLine()));
        if (menu.running().orElse(null) instanceof StaffAct.TestLine) {
            return new Line(Mood.WORKING, title, texts.say("common.wait"), List.of(), List.of());
        }
        if (!(menu.learnt().orElse(null) instanceof StaffNews.LineTested tested)) {
            return new Line(lineMood(), title, lineWord(), List.of(), offers);
        }
        if (tested.took().isEmpty()) {
            return new Line(Mood.FAULT, title, texts.say("staff.line.silent"), List.of(), offers);
        }
        boolean ours = tested.institution().equalsIgnoreCase(around.settings().institution());
        List<String> said = Stream.of(
                        texts.say("staff.line.took", "n", tested.took().get().toMillis()),
                        texts.say("staff.line.says", "name", (tested.library() + " " + tested.institution()).strip()))
                .toList();
        return new Line(
                ours ? Mood.WELL : Mood.ATTENTION,
                title,
                ours ? lineWord() : texts.say("staff.line.foreign"),
                said,
                offers);
    }

    private Mood lineMood() {
        return switch (around.line()) {
            case UP -> Mood.WELL;
            case CONNECTING -> Mood.WORKING;
            case DOWN, REFUSED -> Mood.FAULT;
        };
    }

    private String lineWord() {
        return texts.say(
                switch (around.line()) {
                    case UP -> "staff.line.up";
                    case CONNECTING -> "staff.why.connecting";
                    case DOWN -> "staff.line.down";
                    case REFUSED -> "staff.line.refused";
                });
    }

    // ---- sound -------------------------------------------------------------------------------------------

    private Loudspeaker loudspeaker() {
        return menu.view().map(MachineView::loudspeaker).orElse(Loudspeaker.NOTHING);
    }

    private String loudness() {
        int loudest = Upkeep.SOFTEST + 1;
        int step = loudest - around.machine().upkeep().softer();
        return texts.say("staff.sound.step", "k", step, "n", loudest);
    }

    private List<Line> sound() {
        int softer = around.machine().upkeep().softer();
        boolean playing = menu.running().isPresent();
        List<Offer> volume = new ArrayList<>();
        if (softer < Upkeep.SOFTEST) {
            volume.add(new Offer("softer", texts.say("staff.sound.softer"), new StaffAct.Volume(-1)));
        }
        if (softer > 0) {
            volume.add(new Offer("louder", texts.say("staff.sound.louder"), new StaffAct.Volume(1)));
        }
        volume.add(new Offer("play-trial", texts.say("staff.try"), new StaffAct.Play(Announcement.TRIAL)));
        boolean mute = menu.learnt().orElse(null) instanceof StaffNews.Played(boolean works) && !works;
        List<Line> lines = new ArrayList<>(List.of(new Line(
                playing ? Mood.WORKING : mute ? Mood.FAULT : Mood.PLAIN,
                texts.say("staff.sound"),
                playing ? texts.say("staff.sound.playing") : mute ? texts.say("staff.sound.mute") : loudness(),
                List.of(),
                volume)));
        if (loudspeaker() == Loudspeaker.VOICE) {
            lines.add(new Line(
                    Mood.PLAIN,
                    texts.say("staff.announce"),
                    texts.say("announce.closing"),
                    List.of(),
                    List.of(new Offer(
                            "announce-closing",
                            texts.say("staff.announce.say"),
                            new StaffAct.Play(Announcement.CLOSING)))));
        }
        return lines;
    }

    // ---- bins, day, service ------------------------------------------------------------------------------

    private List<Line> bins() {
        KioskSettings settings = around.settings();
        Map<String, Upkeep.BinFill> fills = around.machine().upkeep().bins();
        var names = new TreeSet<>(fills.keySet());
        names.addAll(List.of(settings.laterBin(), settings.staffBin()));
        names.addAll(settings.otherBins().keySet());
        names.addAll(settings.otherBins().values());
        return names.stream()
                .map(name -> bin(name, fills.getOrDefault(name, new Upkeep.BinFill(0, false))))
                .toList();
    }

    private Line bin(String name, Upkeep.BinFill fill) {
        Offer emptied = new Offer("emptied-" + name, texts.say("staff.bin.emptied"), new StaffAct.BinEmptied(name));
        Offer full = new Offer("full-" + name, texts.say("staff.bin.full"), new StaffAct.BinFull(name));
        return new Line(
                fill.full() ? Mood.ATTENTION : Mood.PLAIN,
                texts.say("staff.bin", "n", name),
                texts.count("staff.bin.things", fill.things()),
                fill.full() ? List.of(texts.say("staff.bin.isfull")) : List.of(),
                fill.full() ? List.of(emptied) : List.of(full, emptied));
    }

    private List<Line> day() {
        Upkeep.Day today = today();
        return List.of(
                new Line(
                        StaffDevices.printed(menu).map(StaffDevices::mood).orElse(Mood.PLAIN),
                        texts.say("staff.day"),
                        texts.date(around.today()),
                        List.of(),
                        List.of(new Offer("print-day", texts.say("staff.day.print"), new StaffAct.PrintDay()))),
                counted(today, Count.LOANS, Count.RENEWALS, Count.LOANS_REFUSED),
                holds(today),
                counted(
                        today,
                        Count.RETURNS,
                        Count.NOT_ON_LOAN,
                        Count.RETURNS_LATER,
                        Count.RETURNS_REFUSED,
                        Count.HOLDS,
                        Count.TRANSFERS),
                new Line(
                        waiting() > 0 || refused() > 0 ? Mood.ATTENTION : Mood.WELL,
                        texts.say("staff.queue"),
                        texts.count("staff.queue.waiting", waiting()),
                        queue(),
                        List.of()));
    }

    /** What somebody waits for, and of what nobody has said that it lies in its bin. */
    private Line holds(Upkeep.Day day) {
        int away = Math.toIntExact(
                day.holds().stream().filter(hold -> !hold.placed()).count());
        return new Line(
                away > 0 ? Mood.ATTENTION : Mood.PLAIN,
                texts.say("staff.holds"),
                texts.count("staff.holds.found", day.holds().size()),
                day.holds().reversed().stream()
                        .limit(MOST_HOLDS)
                        .map(hold -> hold(texts, hold))
                        .toList(),
                List.of());
    }

    /** Bin and item of what somebody waits for, as it stands on paper too. */
    public static String hold(Texts texts, Upkeep.HoldFound hold) {
        String where = (hold.bin() + " " + hold.item()).strip();
        return hold.placed() ? where : texts.say("staff.holds.away", "what", where);
    }

    /** What belongs together of what was done on a day: all of it in one line is higher than the smallest display. */
    private Line counted(Upkeep.Day day, Count first, Count... more) {
        return new Line(
                Mood.PLAIN,
                "",
                count(texts, day, first),
                Arrays.stream(more).map(count -> count(texts, day, count)).toList(),
                List.of());
    }

    /** What was done on a day, line by line, as it stands on paper. */
    public static List<String> counts(Texts texts, Upkeep.Day day) {
        return Arrays.stream(Count.values())
                .map(count -> count(texts, day, count))
                .toList();
    }

    private static String count(Texts texts, Upkeep.Day day, Count count) {
        return texts.say(
                switch (count) {
                    case LOANS -> "staff.count.loans";
                    case RENEWALS -> "staff.count.renewals";
                    case LOANS_REFUSED -> "staff.count.notlent";
                    case RETURNS -> "staff.count.returns";
                    case NOT_ON_LOAN -> "staff.count.notloan";
                    case RETURNS_LATER -> "staff.count.later";
                    case RETURNS_REFUSED -> "staff.count.notreturned";
                    case HOLDS -> "staff.count.holds";
                    case TRANSFERS -> "staff.count.transfers";
                },
                "n",
                day.of(count));
    }

    private Upkeep.Day today() {
        return around.machine().upkeep().on(around.today());
    }

    private int waiting() {
        return menu.view().map(MachineView::waiting).orElse(0);
    }

    private int refused() {
        return menu.view().map(MachineView::refused).orElse(0);
    }

    private List<String> queue() {
        List<String> lines = new ArrayList<>();
        menu.view()
                .flatMap(MachineView::oldest)
                .map(oldest -> texts.say("staff.queue.oldest", "time", texts.paperMoment(oldest)))
                .ifPresent(lines::add);
        if (refused() > 0) {
            lines.add(texts.count("staff.queue.refused", refused()));
        }
        return lines;
    }

    private List<Line> service() {
        Optional<Closure> closed = around.machine().upkeep().closed();
        List<Offer> offers = closed.isPresent()
                ? List.of(new Offer("put-back", texts.say("staff.service.back"), new StaffAct.PutBack()))
                : Arrays.stream(Closure.values())
                        .map(why -> new Offer(
                                "take-out-" + why.name().toLowerCase(Locale.ROOT),
                                label(why),
                                new StaffAct.TakeOut(why)))
                        .toList();
        boolean ending = menu.running().orElse(null) instanceof StaffAct.Restart;
        List<Line> lines = new ArrayList<>(List.of(
                new Line(
                        closed.isPresent() ? Mood.ATTENTION : Mood.WELL,
                        texts.say("staff.service"),
                        texts.say(closed.isPresent() ? "staff.service.closed" : "staff.service.open"),
                        closed.map(why -> List.of(closure(texts, why)))
                                .orElseGet(() -> List.of(texts.say("staff.service.take"))),
                        offers),
                new Line(
                        ending ? Mood.WORKING : Mood.PLAIN,
                        texts.say("staff.program"),
                        ending
                                ? texts.say("common.wait")
                                : texts.say(
                                        "staff.program.version",
                                        "version",
                                        menu.view().map(MachineView::program).orElse("")),
                        List.of(texts.say(
                                "staff.program.texts",
                                "version",
                                menu.view().map(MachineView::texts).orElse(""))),
                        List.of(new Offer("restart", texts.say("staff.restart"), new StaffAct.Restart(false))))));
        if (menu.view().map(MachineView::restarts).orElse(false)) {
            lines.add(new Line(
                    ending ? Mood.WORKING : Mood.PLAIN,
                    texts.say("staff.machine"),
                    texts.say(ending ? "common.wait" : "staff.machine.long"),
                    List.of(),
                    List.of(new Offer("restart-machine", texts.say("staff.restart"), new StaffAct.Restart(true)))));
        }
        return lines;
    }

    private String label(Closure why) {
        return texts.say(
                switch (why) {
                    case REPAIR -> "staff.close.repair";
                    case PAUSED -> "staff.close.paused";
                    case OTHER_KIOSK -> "staff.close.other";
                });
    }

    /** What patrons read while staff have taken the kiosk out of service. */
    public static String closure(Texts texts, Closure why) {
        return texts.say(
                switch (why) {
                    case REPAIR -> "err.closed.repair";
                    case PAUSED -> "err.closed.paused";
                    case OTHER_KIOSK -> "err.closed.other";
                });
    }
}
