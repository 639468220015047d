package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.BranchNow;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.Feed.News;
import fi.kimppa.kiosk.session.ItemKey;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Machine;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Rating;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.kiosk.session.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tips, new titles, electronic collections and stars for the {@link Gallery}. */
record GalleryOfReading(Surroundings around, Patience patience) {
    private static final News TIP = new News.Tip(
            new InLanguages("Pimeän ajan lukemista", "Läsning för mörka kvällar", "Reading for dark evenings"),
            new InLanguages(
                    "Lainaa Lajien synty, ennen kuin joku muu ehtii.",
                    "Låna Arternas uppkomst innan någon annan hinner.",
                    "Borrow On the Origin of Species before somebody else does."));
    private static final News LONG_TIP = new News.Tip(
            new InLanguages(
                    "Lukupiiri kokoontuu tiistaisin pääkirjaston kahvilassa",
                    "Läsecirkeln träffas på tisdagar i huvudbibliotekets kafé",
                    "The reading circle meets on Tuesdays in the café"),
            new InLanguages(
                    "Tammikuussa luetaan kertomuksia merestä ja saaristosta. Mukaan mahtuu kymmenen ensimmäistä.",
                    "I januari läser vi berättelser om havet och skärgården. De tio första får plats.",
                    "In January we read stories of the sea. There is room for the first ten."));
    private static final News TITLE = new News.NewTitle("Sopimuksen synty", "Kaisa Kontti");
    private static final List<EResource> TWO = List.of(
            new EResource(new InLanguages("E-kirjasto", "E-biblioteket", "E-library"), "https://e-kirjasto.fi/"),
            new EResource(new InLanguages("Yle Areena", "Yle Arenan", "Yle Areena"), "https://areena.yle.fi/"));

    private static final List<EResource> MANY = IntStream.rangeClosed(1, 7)
            .mapToObj(number -> new EResource(
                    new InLanguages(
                            "Sanomalehtien lukusali, osa " + number,
                            "Dagstidningarnas läsesal, del " + number,
                            "Newspaper reading room, part " + number),
                    "https://www.lehdet.example.fi/sali/" + number))
            .toList();

    /** As long as a gateway takes it. */
    private static final InLanguages NOTICE = new InLanguages(
            "Kirjasto on huomenna 6.12. suljettu.",
            "Biblioteket är stängt i morgon, 6.12.",
            "The library is closed tomorrow, 6 Dec.");

    Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("01-idle-notice", new KioskState.Idle(told(fed(List.of(TIP), TWO))));
        states.put("02-elsewhere", new KioskState.ElectronicCollections(told(fed(List.of(), TWO)), patience));
        states.put("01-idle-tip", new KioskState.Idle(fed(List.of(TIP), TWO)));
        states.put("01-idle-long-tip", new KioskState.Idle(fed(List.of(LONG_TIP), TWO)));
        states.put("01-idle-new", new KioskState.Idle(fed(List.of(TITLE), List.of())));
        states.put("02-collections", new KioskState.ElectronicCollections(fed(List.of(), TWO), patience));
        states.put("02-collections-many", new KioskState.ElectronicCollections(fed(List.of(TIP), MANY), patience));
        Surroundings keypad = used(fed(List.of(TIP, TITLE), MANY));
        states.put("02-collections-keypad", new KioskState.ElectronicCollections(keypad, patience));
        states.put("02-collections-idle-keypad", new KioskState.Idle(keypad, Optional.of(Gallery.NOW.plusSeconds(30))));
        states.put("20-returning-rate", returning(around, row(1, Kind.STAYS, new Rating.Open())));
        states.put("20-returning-rated", returning(around, row(1, Kind.STAYS, new Rating.Given(4))));
        states.put(
                "20-returning-rate-pile",
                returning(
                        around,
                        row(1, Kind.TRANSFER, new Rating.Open()),
                        row(2, Kind.STAYS, new Rating.Given(5)),
                        row(3, Kind.HOLD_ELSEWHERE, new Rating.Open())));
        states.put("20-returning-rate-keypad", returning(used(around), row(1, Kind.STAYS, new Rating.Open())));
        return states;
    }

    Map<String, KioskState> corners() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("idle with news", new KioskState.Idle(fed(List.of(LONG_TIP), MANY)));
        states.put("idle with rooms alone", new KioskState.Idle(told(fed(List.of(), List.of()))));
        states.put(
                "idle keypad with a notice",
                new KioskState.Idle(used(told(fed(List.of(TIP), TWO))), Optional.of(Gallery.NOW.plusSeconds(30))));
        states.put("collections", new KioskState.ElectronicCollections(fed(List.of(), MANY), patience));
        Surroundings station = fed(List.of(TIP), TWO);
        states.put(
                "idle station",
                new KioskState.Idle(with(Gallery.station(around.language()), station.machine(), station.aids())));
        states.put("collections again", new KioskState.ElectronicCollections(fed(List.of(), TWO), patience));
        states.put("idle again", new KioskState.Idle(fed(List.of(TITLE), TWO)));
        for (Kind kind : Kind.values()) {
            states.put("rating " + kind, returning(around, row(1, kind, new Rating.Open())));
            states.put(
                    "rated " + kind,
                    returning(around, row(1, Kind.STAYS, new Rating.Open()), row(2, kind, new Rating.Given(1))));
        }
        states.put(
                "rating beside what lacks a part", returning(around, lacking(), row(2, Kind.STAYS, new Rating.Open())));
        return states;
    }

    private Surroundings fed(List<News> news, List<EResource> resources) {
        Machine machine = around.machine();
        return with(
                around.settings(),
                new Machine(
                        machine.upkeep(),
                        machine.padAway(),
                        machine.clockOff(),
                        machine.offLine(),
                        machine.next(),
                        new Feed(news, resources),
                        Optional.empty()),
                around.aids());
    }

    /** Where the library has something to say, and rooms. */
    private static Surroundings told(Surroundings fed) {
        Machine machine = fed.machine();
        BranchNow branch = new BranchNow(
                "TURKU",
                false,
                Optional.empty(),
                Optional.of(new BranchNow.Notice(NOTICE, Gallery.NOW.plusSeconds(3600))),
                Optional.of(new EResource(new InLanguages("Tilat", "Rum", "Rooms"), "https://tilat.example.fi/turku")));
        return new GalleryOfReading(fed, new Patience(Gallery.NOW, Optional.empty(), Optional.empty()))
                .with(
                        fed.settings(),
                        new Machine(
                                machine.upkeep(),
                                machine.padAway(),
                                machine.clockOff(),
                                machine.offLine(),
                                machine.next(),
                                machine.feed(),
                                Optional.of(branch)),
                        fed.aids());
    }

    private static Surroundings used(Surroundings around) {
        return new GalleryOfReading(around, new Patience(Gallery.NOW, Optional.empty(), Optional.empty()))
                .with(around.settings(), around.machine(), new Aids(true, true, true, Aids.USUAL, 0, 0));
    }

    private Surroundings with(KioskSettings settings, Machine machine, Aids aids) {
        return new Surroundings(
                settings,
                around.now(),
                around.language(),
                around.preferences(),
                around.line(),
                around.devices(),
                around.tags(),
                around.nextRequest(),
                machine,
                aids);
    }

    private static ReturnRow row(int number, Kind kind, Rating rating) {
        String library = kind == Kind.TRANSFER || kind == Kind.HOLD_ELSEWHERE ? "Naantali" : "";
        return new ReturnRow(
                        number,
                        Optional.of(ItemKey.scanned("30000000" + (40 + number))),
                        List.of(),
                        Optional.of(
                                number % 2 == 0
                                        ? "Juoksuhaudantie / Kari Hotakainen"
                                        : "Muumipappa ja meri / Tove Jansson"),
                        new ReturnState.Returned(new Destination(kind, "3", library)))
                .with(rating);
    }

    private static ReturnRow lacking() {
        return new ReturnRow(
                1,
                Optional.of(ItemKey.scanned("3000000041")),
                List.of(),
                Optional.of("Juoksuhaudantie / Kari Hotakainen"),
                new ReturnState.Incomplete(2, 3));
    }

    private KioskState returning(Surroundings there, ReturnRow... rows) {
        return new KioskState.Returning(there, List.of(rows), Optional.empty(), rows.length + 1, false, patience);
    }
}
