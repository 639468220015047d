package fi.kimppa.kiosk.screen;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.BranchNow;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.CardRules;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Extra;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Gates;
import fi.kimppa.kiosk.session.Goal;
import fi.kimppa.kiosk.session.ItemKey;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Result;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Machine;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.NotTaken;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Patron;
import fi.kimppa.kiosk.session.Personal;
import fi.kimppa.kiosk.session.PileRules;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.ReceiptMail;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.Timeouts;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.session.Waited;
import fi.kimppa.kiosk.text.HelpWording;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A state for every screen and every kind of row, as they occur in the demo consortium. */
public final class Gallery {
    static final Instant NOW = Instant.parse("2026-11-24T17:30:00Z");
    static final KioskSettings SETTINGS =
            settings(List.of(Language.FINNISH, Language.SWEDISH, Language.ENGLISH), false, Gates.ALARM);
    private static final Money FEE = new Money(new BigDecimal("1.50"), "EUR");
    private static final Optional<DueDate> DUE = DueDate.of("2026-12-22");

    private final Surroundings around;
    private final Patience patience = new Patience(NOW, Optional.empty(), Optional.empty());

    private Gallery(Language language, Preferences preferences) {
        this(language, preferences, Surroundings.Line.UP, Map.of());
    }

    Gallery(Language language, Preferences preferences, Surroundings.Line line, Map<DeviceKind, DeviceStatus> faults) {
        this(language, preferences, line, faults, Aids.NONE);
    }

    private Gallery(
            Language language,
            Preferences preferences,
            Surroundings.Line line,
            Map<DeviceKind, DeviceStatus> faults,
            Aids aids) {
        this(preferences, line, faults, aids, language, offering(language));
    }

    private Gallery(
            Preferences preferences,
            Surroundings.Line line,
            Map<DeviceKind, DeviceStatus> faults,
            Aids aids,
            Language language,
            KioskSettings settings) {
        Map<DeviceKind, DeviceStatus> devices = new EnumMap<>(DeviceKind.class);
        for (DeviceKind kind : DeviceKind.values()) {
            devices.put(kind, new DeviceStatus.Ready(NOW));
        }
        // Few kiosks have one.
        devices.remove(DeviceKind.CARD);
        devices.putAll(faults);
        Optional<Instant> padAway =
                faults.containsKey(DeviceKind.PAD) ? Optional.of(NOW.minusSeconds(60)) : Optional.empty();
        around = new Surroundings(
                settings,
                NOW,
                language,
                preferences,
                line,
                devices,
                Map.of(),
                1,
                new Machine(
                        Upkeep.NONE,
                        padAway,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Feed.NONE,
                        Optional.of(new BranchNow(
                                "TURKU",
                                false,
                                Optional.of(new BranchNow.Opening(
                                        BranchNow.Mode.SELF_SERVICE, Optional.of(NOW.plus(Duration.ofMinutes(90)))))))),
                aids);
    }

    /** The state of one picture. */
    public static KioskState state(Language language, String name) {
        return Objects.requireNonNull(states(language).get(name), name);
    }

    private static KioskSettings settings(List<Language> languages, boolean returnOnly, Gates gates) {
        return new KioskSettings(
                "TURKU",
                "TURKU",
                "Turun pääkirjasto",
                Map.of("NAANTALI", "Naantali"),
                List.of(),
                java.time.ZoneId.of("Europe/Helsinki"),
                languages,
                returnOnly ? Set.of(Offering.RETURN) : Set.of(Offering.values()),
                gates,
                CardRules.of(Pattern.compile("2\\d{9}")),
                new UsageRule(true, true),
                4,
                10,
                3,
                "9",
                "9",
                Map.of("1", "2"),
                true,
                false,
                true,
                Set.of(Extra.values()),
                "vaski.example",
                "02 000 0000",
                true,
                Duration.ofSeconds(12),
                Timeouts.STANDARD,
                new PileRules(false, true, PileRules.AskForAll.NEVER),
                Personal.NOTHING,
                Branding.NONE,
                "");
    }

    /** A branch that lists one language more than usual. */
    static KioskSettings offering(Language language) {
        return SETTINGS.languages().contains(language)
                ? SETTINGS
                : settings(
                        Stream.concat(SETTINGS.languages().stream(), Stream.of(language))
                                .toList(),
                        false,
                        Gates.ALARM);
    }

    /** A machine that takes things back and does nothing else. */
    static KioskSettings station(Language language) {
        return settings(offering(language).languages(), true, Gates.ALARM);
    }

    /** Every picture of a language, by its file name, as everybody sees it. */
    public static Map<String, KioskState> states(Language language) {
        return states(language, Preferences.NONE);
    }

    /** Every picture of a language, by its file name, as somebody with these preferences sees it. */
    static Map<String, KioskState> states(Language language, Preferences preferences) {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var all = new Gallery(language, preferences);
        states.put("01-idle", new KioskState.Idle(all.around));
        states.put("02-choosing", new KioskState.Choosing(all.around, all.patience));
        states.put("03-card", new KioskState.AskingCard(all.around, Goal.BORROW, all.patience));
        var touching = new Gallery(
                language, preferences, Surroundings.Line.UP, Map.of(DeviceKind.CARD, new DeviceStatus.Ready(NOW)));
        states.put("03-card-or-touch", new KioskState.AskingCard(touching.around, Goal.BORROW, touching.patience));
        for (NotTaken.Reason reason : List.of(NotTaken.Reason.NO_CARD, NotTaken.Reason.LIFTED)) {
            states.put("03-card-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), touching.shown(reason));
        }
        var unread = new Gallery(
                language,
                preferences,
                Surroundings.Line.UP,
                Map.of(DeviceKind.SCANNER, new DeviceStatus.Absent(StatusReason.UNPLUGGED, NOW)));
        states.put("03-card-without-scanner", new KioskState.AskingCard(unread.around, Goal.BORROW, all.patience));
        states.put("03-card-typed", unread.typed("20000123", false));
        states.put("03-card-unknown", unread.typed("30000123456789", true));
        states.put("04-pin", all.pin(3, 0, false));
        states.put("05-pin-wrong", all.pin(6, 1, false));
        states.put(
                "06-checking",
                new KioskState.Identifying(
                        all.around, Goal.BORROW, new CardNumber("2000012345"), Secret.of("1234"), 0, 1, NOW));
        states.put("07-blocked-fees", all.blocked(Blocked.Reason.FEES));
        states.put("07-blocked-expired", all.blocked(Blocked.Reason.CARD_EXPIRED));
        states.put("07-blocked-library-silent", all.blocked(Blocked.Reason.LIBRARY_SILENT));
        states.put("08-borrowing-empty", all.borrowing(List.of()));
        states.put("09-borrowing-work", all.borrowing(all.working()));
        states.put(
                "09-borrowing-slow",
                Waited.over((KioskState.Borrowing) all.borrowing(all.working()), 3, Duration.ofSeconds(5)));
        states.put("10-borrowing-done", all.borrowing(all.lent()));
        states.put("11-borrowing-mixed", all.borrowing(all.mixed()));
        states.put(
                "11-borrowing-parts",
                all.borrowing(List.of(
                        all.lent().getFirst(),
                        row(2, "Taru sormusten herrasta / J. R. R. Tolkien", new LoanState.Incomplete(2, 3)))));
        states.put("12-borrowing-rare", all.borrowing(all.rare()));
        states.putAll(new GalleryOfAccounts(all.around, all.patience).states());
        states.putAll(new GalleryOfSearches(all.around, all.patience).states());
        states.putAll(new GalleryOffLine(language, preferences).states());
        states.putAll(new GalleryOfReading(all.around, all.patience).states());
        states.put("13-returning-empty", all.returning());
        states.put("14-returning-stays", all.returning(back(Kind.STAYS, "1", "")));
        states.put("14-returning-not-on-loan", all.returning(back(Kind.NOT_ON_LOAN, "1", "")));
        states.put(
                "15-returning-transfer",
                all.returning(back(Kind.STAYS, "1", ""), back(Kind.TRANSFER, "3", "Naantali")));
        states.put(
                "16-returning-hold",
                all.returning(
                        back(Kind.TRANSFER, "3", "Naantali"),
                        new ReturnState.ToBin(new Destination(Kind.HOLD_ELSEWHERE, "5", "Lieto"), false)));
        states.put(
                "16-returning-hold-asked",
                all.returning(
                        back(Kind.STAYS, "1", ""),
                        new ReturnState.ToBin(new Destination(Kind.HOLD_HERE, "5", ""), true)));
        states.put("17-returning-staff", all.returning(back(Kind.HOLD_HERE, "5", ""), back(Kind.STAFF, "9", "")));
        states.put(
                "18-returning-refused",
                all.returning(
                        back(Kind.STAYS, "1", ""),
                        new ReturnState.Refused(ReturnState.Reason.FOREIGN, "9", List.of())));
        states.put(
                "18-returning-failed",
                all.returning(
                        back(Kind.STAYS, "1", ""), new ReturnState.Refused(ReturnState.Reason.FAILED, "9", List.of())));
        states.put("19-returning-parts", all.returning(new ReturnState.Incomplete(2, 3)));
        states.put("20-returning-work", all.returning(back(Kind.STAYS, "1", ""), new ReturnState.CheckingIn()));
        states.put(
                "20-returning-slow",
                Waited.over(
                        (KioskState.Returning) all.returning(back(Kind.STAYS, "1", ""), new ReturnState.CheckingIn()),
                        2,
                        Duration.ofSeconds(5)));
        states.put("21-receipt", all.receipt());
        states.putAll(new GalleryOfMail(language, preferences).states());
        states.put("22-farewell-borrowed", all.farewell(new Result(Result.Task.BORROWED, 3, 1, 0, 0)));
        states.put("23-farewell-returned", all.farewell(new Result(Result.Task.RETURNED, 2, 0, 1, 1)));
        states.put("24-warning", all.warned());
        states.putAll(GalleryOfVisits.states(
                all.borrowing(all.lent()), all.returning(back(Kind.STAYS, "1", "")), all.receipt()));
        var offline = new Gallery(language, preferences, Surroundings.Line.DOWN, Map.of());
        states.put("25-offline-idle", new KioskState.Idle(offline.around));
        states.put("26-offline-returning", offline.returning(back(Kind.LATER, "9", "")));
        var broken = new Gallery(
                language,
                preferences,
                Surroundings.Line.DOWN,
                Map.of(
                        DeviceKind.PAD,
                        new DeviceStatus.Absent(StatusReason.UNPLUGGED, NOW),
                        DeviceKind.PRINTER,
                        new DeviceStatus.Degraded(StatusReason.PAPER_OUT, NOW)));
        states.put("27-all-broken", broken.borrowing(broken.lent().subList(0, 1)));
        states.put("28-pad-lost", broken.returning(back(Kind.STAYS, "1", "")));
        states.put(
                "29-out-of-service",
                new KioskState.OutOfService(all.around, KioskState.OutOfService.Cause.LOGIN_REFUSED));
        states.put(
                "29-out-of-service, other world",
                new KioskState.OutOfService(all.around, KioskState.OutOfService.Cause.OTHER_WORLD));
        states.put("30-starting", new KioskState.OutOfService(all.around, KioskState.OutOfService.Cause.STARTING));
        states.put("31-pad-lost-borrowing", broken.borrowing(List.of()));
        var byBarCode = new Gallery(
                preferences,
                Surroundings.Line.UP,
                Map.of(DeviceKind.PAD, new DeviceStatus.Absent(StatusReason.UNPLUGGED, NOW)),
                Aids.NONE,
                language,
                settings(offering(language).languages(), false, Gates.ALARM_OR_ELSEWHERE));
        states.put("31-pad-lost-bar-codes", byBarCode.borrowing(List.of()));
        states.put("32-bin-full", all.returning(back(Kind.STAYS, "", "")));
        states.put(
                "33-ticket-left",
                new KioskState.Idle(new Gallery(
                                language,
                                preferences,
                                Surroundings.Line.UP,
                                Map.of(DeviceKind.PRINTER, new DeviceStatus.Degraded(StatusReason.TICKET_LEFT, NOW)))
                        .around));
        var choosing = new Gallery(language, preferences.opened(true));
        states.put("60-preferences", new KioskState.Idle(choosing.around));
        states.putAll(helped(states));
        var keypad = keypad(language, preferences);
        states.put("61-keypad-idle", new KioskState.Idle(keypad.around, Optional.of(NOW.plusSeconds(30))));
        states.put("62-keypad-borrowing", keypad.borrowing(keypad.mixed()));
        states.put(
                "63-keypad-returning", keypad.returning(back(Kind.STAYS, "1", ""), new ReturnState.Incomplete(2, 3)));
        states.put("64-keypad-receipt", keypad.receipt());
        states.put("67-keypad-receipt-mail", keypad.receipt(GalleryOfMail.POSSIBLE));
        states.putAll(new GalleryOfSearches(keypad.around, keypad.patience).keypad());
        states.put("65-keypad-warning", keypad.warned());
        states.put("65-keypad-question", GalleryOfVisits.anotherCard(keypad.borrowing(keypad.lent())));
        states.put("66-keypad-preferences", new KioskState.Idle(keypad(language, preferences.opened(true)).around));
        return states;
    }

    /** Help, in all that it says; a screen that goes at a touch has none. */
    private static Map<String, KioskState> helped(Map<String, KioskState> states) {
        Map<String, KioskState> helped = new LinkedHashMap<>();
        Set<String> said = new HashSet<>();
        states.forEach((name, state) -> {
            KioskState next = KioskSession.step(state, new KioskEvent.Touched(new Choice.ShowHelp(true)))
                    .next();
            boolean plain = !state.around().preferences().open()
                    && state.question().isEmpty()
                    && !state.waiting().map(Patience::warned).orElse(false);
            if (plain
                    && next.getClass().equals(state.getClass())
                    && said.add(HelpWording.here(Texts.in(state.language()), next))) {
                helped.put("help-" + name, next);
            }
        });
        return helped;
    }

    /** Headphones are in, and the keypad is in use. */
    private static Gallery keypad(Language language, Preferences preferences) {
        return new Gallery(
                language, preferences, Surroundings.Line.UP, Map.of(), new Aids(true, true, true, Aids.USUAL, 0, 0));
    }

    /** Every picture of what staff see, by its file name. */
    static Map<String, KioskState> staff(Language language) {
        return staff(language, Preferences.NONE);
    }

    /** Every picture of what staff with these preferences see, by its file name. */
    static Map<String, KioskState> staff(Language language, Preferences preferences) {
        var broken = new Gallery(
                language,
                preferences,
                Surroundings.Line.DOWN,
                Map.of(DeviceKind.PAD, new DeviceStatus.Absent(StatusReason.UNPLUGGED, NOW)));
        return StaffGallery.states(new Gallery(language, preferences).around, broken.around);
    }

    /** States that no picture shows: every row alone, every stop, and the banners over them. */
    public static Map<String, KioskState> corners(Language language) {
        return corners(language, Preferences.NONE);
    }

    static Map<String, KioskState> corners(Language language, Preferences preferences) {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var up = new Gallery(language, preferences);
        var broken = new Gallery(
                language,
                preferences,
                Surroundings.Line.DOWN,
                Map.of(
                        DeviceKind.PAD,
                        new DeviceStatus.Absent(StatusReason.UNPLUGGED, NOW),
                        DeviceKind.PRINTER,
                        new DeviceStatus.Degraded(StatusReason.PAPER_OUT, NOW)));
        states.put("pin unreachable", up.pin(4, 0, true));
        states.put(
                "number and card lifted",
                new KioskState.TypingCard(
                        up.around,
                        Goal.BORROW,
                        new CardNumber("20000123"),
                        Optional.of(new NotTaken(NotTaken.Reason.LIFTED, 1)),
                        up.patience));
        var coverOpen = new Gallery(
                language,
                preferences,
                Surroundings.Line.UP,
                Map.of(DeviceKind.PRINTER, new DeviceStatus.Degraded(StatusReason.COVER_OPEN, NOW)));
        states.put("no receipts, borrowing", coverOpen.borrowing(coverOpen.lent()));
        states.put("no receipts, farewell", coverOpen.farewell(new Result(Result.Task.BORROWED, 3, 1, 0, 0)));
        for (Blocked.Reason reason : Blocked.Reason.values()) {
            states.put("blocked " + reason, up.blocked(reason));
        }
        Map.of("up", up, "broken", broken).forEach((name, there) -> {
            states.put("choosing, " + name, new KioskState.Choosing(there.around, there.patience));
            states.put("card, " + name, new KioskState.AskingCard(there.around, Goal.BORROW, there.patience));
            states.put("card lifted, " + name, there.shown(NotTaken.Reason.LIFTED));
            states.put("nothing to borrow yet, " + name, there.borrowing(List.of()));
            states.put("nothing to return yet, " + name, there.returning());
            new GalleryOfAccounts(there.around, there.patience)
                    .corners()
                    .forEach((page, state) -> states.put(page + ", " + name, state));
            new GalleryOfSearches(there.around, there.patience)
                    .corners()
                    .forEach((page, state) -> states.put(page + ", " + name, state));
            new GalleryOfReading(there.around, there.patience)
                    .corners()
                    .forEach((what, state) -> states.put(what + ", " + name, state));
            states.put("farewell, " + name, there.farewell(new Result(Result.Task.BORROWED, 12, 11, 2, 2)));
            states.put("farewell of returns, " + name, there.farewell(new Result(Result.Task.RETURNED, 12, 11, 0, 0)));
            states.put("receipt, " + name, there.receipt());
            GalleryOfMail.all().forEach(mail -> states.put("receipt, " + mail + ", " + name, there.receipt(mail)));
            for (LoanRow row : up.all()) {
                states.put(
                        "borrowing " + row.state() + ", " + name,
                        there.borrowing(List.of(row, up.lent().getFirst())));
            }
            for (ReturnState state : everyReturn()) {
                states.put("returning " + state + ", " + name, there.returning(back(Kind.STAYS, "1", ""), state));
            }
        });
        return states;
    }

    private List<LoanRow> all() {
        return Stream.of(working(), mixed(), rare()).flatMap(List::stream).toList();
    }

    private static List<ReturnState> everyReturn() {
        List<ReturnState> states = new ArrayList<>(List.of(
                new ReturnState.Queued(),
                new ReturnState.CheckingIn(),
                new ReturnState.Securing(new Destination(Kind.STAYS, "1", "")),
                new ReturnState.PutBack(new Destination(Kind.STAYS, "1", "")),
                new ReturnState.Incomplete(2, 3)));
        for (Kind kind : Kind.values()) {
            states.add(back(kind, "12", "Naantali"));
        }
        for (ReturnState.Reason reason : ReturnState.Reason.values()) {
            states.add(new ReturnState.Refused(reason, "9", List.of()));
        }
        return states;
    }

    private KioskState shown(NotTaken.Reason reason) {
        return new KioskState.AskingCard(around, Goal.BORROW, Optional.of(new NotTaken(reason, 1)), patience);
    }

    private KioskState typed(String number, boolean unknown) {
        return new KioskState.TypingCard(
                around,
                Goal.BORROW,
                new CardNumber(number),
                unknown ? Optional.of(new NotTaken(NotTaken.Reason.NUMBER, 1)) : Optional.empty(),
                patience);
    }

    private KioskState pin(int digits, int wrong, boolean unreachable) {
        return new KioskState.AskingPin(
                around,
                Goal.BORROW,
                new CardNumber("2000012345"),
                Secret.of("1".repeat(digits)),
                digits,
                wrong,
                unreachable,
                patience);
    }

    private KioskState blocked(Blocked.Reason reason) {
        return new Blocked(
                around,
                reason,
                Optional.of(new Money(new BigDecimal("45.00"), "EUR")),
                Optional.of(new Money(new BigDecimal("30.00"), "EUR")),
                List.of(),
                reason == Blocked.Reason.FEES
                        ? Optional.of(new Patron(new CardNumber("2000012345"), Secret.of("1234"), List.of()))
                        : Optional.empty(),
                patience);
    }

    private KioskState borrowing(List<LoanRow> rows) {
        return new KioskState.Borrowing(
                around,
                new Patron(new CardNumber("2000012345"), Secret.of("1234"), List.of()),
                rows,
                Optional.empty(),
                rows.size() + 1,
                false,
                NOW,
                NOW,
                patience);
    }

    private KioskState warned() {
        var warned = new Patience(NOW, Optional.of(NOW.plusSeconds(18)), Optional.empty());
        return new KioskState.Borrowing(
                around,
                new Patron(new CardNumber("2000012345"), Secret.of("1234"), List.of()),
                lent(),
                Optional.empty(),
                9,
                false,
                NOW,
                NOW,
                warned);
    }

    private static LoanRow row(int number, String title, LoanState state) {
        return new LoanRow(
                number, Optional.of(ItemKey.scanned("30000000" + (10 + number))), List.of(), Optional.of(title), state);
    }

    private static LoanState.Refused refused(LoanState.Reason reason) {
        if (reason == LoanState.Reason.COSTS) {
            return LoanState.Refused.costing(FEE);
        }
        return new LoanState.Refused(
                reason, List.of(), reason == LoanState.Reason.AGE ? Optional.of(18) : Optional.empty(), false);
    }

    private List<LoanRow> working() {
        return List.of(
                row(1, "Sinuhe egyptiläinen / Mika Waltari", new LoanState.Done(DUE)),
                row(2, "Tuntematon sotilas / Väinö Linna", new LoanState.Securing(DUE)),
                row(3, "Kalevala / Elias Lönnrot", new LoanState.Lending()),
                row(4, "Seitsemän veljestä / Aleksis Kivi", new LoanState.Queued()));
    }

    private List<LoanRow> lent() {
        return List.of(
                row(1, "Sinuhe egyptiläinen / Mika Waltari", new LoanState.Done(DUE)),
                row(2, "Tuntematon sotilas / Väinö Linna", new LoanState.Done(DUE)),
                row(3, "Kalevala / Elias Lönnrot", new LoanState.Done(DUE)),
                row(4, "Seitsemän veljestä / Aleksis Kivi", new LoanState.Done(DUE)),
                row(5, "Muumipappa ja meri / Tove Jansson", new LoanState.Done(DueDate.of("20261205    000000"))));
    }

    private List<LoanRow> mixed() {
        List<LoanRow> rows = new ArrayList<>(lent().subList(0, 3));
        rows.add(row(4, "Juoksuhaudantie / Kari Hotakainen", refused(LoanState.Reason.HOLD_OTHER)));
        rows.add(row(5, "Seitsemän veljestä / Aleksis Kivi", new LoanState.PutBack(DUE)));
        rows.add(row(6, "Muumipappa ja meri / Tove Jansson", new LoanState.RenewOffer(DUE)));
        return rows;
    }

    private List<LoanRow> rare() {
        List<LoanState> states = new ArrayList<>(
                Arrays.stream(LoanState.Reason.values()).map(Gallery::refused).toList());
        states.addAll(List.of(
                new LoanState.Incomplete(2, 3),
                new LoanState.Checking(NOW),
                new LoanState.Offline(),
                new LoanState.PadAway(),
                new LoanState.SeeStaff(DUE),
                new LoanState.Done(DueDate.of("2026-11-24")),
                new LoanState.Renewed(DUE),
                new LoanState.NotRenewed(List.of(), Optional.empty()),
                new LoanState.NotRenewed(List.of(), Optional.of(FEE)),
                new LoanState.Kept(DUE)));
        return IntStream.range(0, states.size())
                .mapToObj(i -> row(i + 1, "Maailman kirjallisuuden kultainen kirja, osa " + (i + 1), states.get(i)))
                .toList();
    }

    private static ReturnState back(Kind kind, String bin, String library) {
        return new ReturnState.Returned(new Destination(kind, bin, library));
    }

    private KioskState returning(ReturnState... states) {
        List<String> titles = List.of("Muumipappa ja meri / Tove Jansson", "Juoksuhaudantie / Kari Hotakainen");
        List<ReturnRow> rows = IntStream.range(0, states.length)
                .mapToObj(i -> new ReturnRow(
                        i + 1,
                        Optional.of(ItemKey.scanned("3000000042")),
                        List.of(),
                        Optional.of(titles.get(i % 2)),
                        states[i]))
                .toList();
        return new KioskState.Returning(around, rows, Optional.empty(), rows.size() + 1, false, patience);
    }

    private KioskState receipt() {
        return receipt(new ReceiptMail.Impossible());
    }

    KioskState receipt(ReceiptMail mail) {
        return new KioskState.OfferingReceipt(
                around,
                new Printout.LoanReceipt(NOW, List.of(), List.of(), List.of()),
                new Result(Result.Task.BORROWED, 3, 1, 0, 0),
                mail,
                NOW.plusSeconds(10));
    }

    KioskState farewell(ReceiptMail mail) {
        return new KioskState.Farewell(
                around,
                new Result(Result.Task.BORROWED, 3, 1, 0, 0),
                false,
                Optional.empty(),
                mail,
                NOW.plusSeconds(3));
    }

    private KioskState farewell(Result result) {
        return new KioskState.Farewell(
                around, result, false, Optional.of(new PrintOutcome.Printed()), NOW.plusSeconds(3));
    }
}
