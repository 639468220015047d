package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.ModelLibrary;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** One evening at a kiosk, from one seed. */
final class SimulatedEvening {
    private static final String PIN = "1234";
    private static final String STAFF_PIN = "654321";
    private static final int ITEMS = 12;
    private static final String REFUSED = "3000000017";
    private static final String RESERVED = "3000000013";
    private static final String DEAR = "3000000011";
    private static final String DEAR_TO_LEND = "3000000016";
    private static final String DEAR_TO_RENEW = "3000000010";
    private static final String DEARER = "3000000012";
    private static final int VISITS = 5;
    private static final Feed FEED = new Feed(
            List.of(new Feed.News.NewTitle("Sopimuksen synty", "Kaisa Kontti")),
            List.of(new Feed.EResource(
                    new Feed.InLanguages("E-kirjasto", "E-biblioteket", "E-library"), "https://e-kirjasto.fi/")));
    private static final List<Preference> PREFERENCES = List.of(Preference.values());
    private static final List<SearchBy> PLACES = List.of(SearchBy.values());

    /** What went on, to show that the evening was not a quiet one. */
    enum Seen {
        LOAN,
        RETURN,
        RECEIPT,
        ANSWER_LOST,
        LATE_EXECUTION,
        OUTCOME_UNKNOWN,
        LIBRARY_SILENT,
        LINE_LOST,
        PAD_LOST,
        WRITE_FAILED,
        PUT_BACK,
        CHECKING,
        CHECKING_SETTLED,
        SPOOLED,
        KILLED,
        WALKED_AWAY,
        DOUBT_AT_THE_END,
        ACCOUNT,
        RENEWED,
        RENEWAL_IN_DOUBT,
        RENEWAL_SETTLED,
        HOLD_CANCELLED,
        BACK_TO_THE_PILE,
        STAFF_MENU,
        STAFF_PIN_WRONG,
        CLOSED_BY_STAFF,
        LENT_OFF_LINE,
        LENT_WITHOUT_PIN,
        OFF_LINE_LOAN_TOLD,
        OFF_LINE_LOAN_ASKED_ABOUT,
        OFF_LINE_LOAN_TO_STAFF,
        STEERED,
        TOUCHED_WHAT_IS_OFF,
        OFF_LINE_LOAN_NOT_STORED,
        LISTENED,
        MAILED,
        MAIL_UNCONFIRMED,
        SEARCHED,
        FOUND,
        SEARCH_SILENT,
        SEARCH_ABANDONED,
        HOLD_PLACED,
        HOLD_CHECKED,
        HOLD_UNCERTAIN,
        HOLD_COSTS,
        FEE_ACCEPTED,
        LOAN_COSTS,
        LENT_FOR_A_FEE,
        RENEWAL_COSTS,
        RENEWED_FOR_A_FEE,
        RATED,
        HOLD_BACK,
        HOLD_PUT_INTO_ITS_BIN,
        HOLD_LEFT_SOMEWHERE,
        COLLECTIONS_SEEN,
        ANOTHER_CARD,
        CUSTOMER_CHANGED,
        CUSTOMER_STAYED,
        TURNED_TO_RETURNING,
        TURNED_BACK,
        RECEIPT_OF_BOTH
    }

    /** One item with its tags, wherever it is. */
    private record Book(String number, List<Uid> tags) {}

    private record Happening(Instant at, long order, Runnable what) {}

    private final Consumer<KioskState> onlooker;
    private final Random random;
    /** Staff come and go without changing what patrons do with the same seed. */
    private final Random staff;

    /** Nor does what the branch allows while the line is away. */
    private final Random offLine;

    /** Nor who wants a receipt by e-mail. */
    private final Random mail;

    /** The receipts that the gateway has said it has. */
    private final Set<Long> taken = new HashSet<>();
    /** Nor do those who look for something. */
    private final Random seeker;

    /** Nor who shows a card in the middle of somebody else's visit. */
    private final Random others;

    /** Nor what is told at rest, and who likes what. */
    private final Random reader;

    /** Nor whether a hold is worth its price. */
    private final Random payer;

    private final KioskSettings settings;
    private final ModelLibrary library = new ModelLibrary();
    private final PriorityQueue<Happening> agenda =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::order));
    private final Map<Seen, Integer> seen = new EnumMap<>(Seen.class);
    private final List<Book> books = new ArrayList<>();
    private final Set<Uid> onPad = new LinkedHashSet<>();
    private final Set<Uid> switchedOff = new HashSet<>();
    private final Set<Uid> broken = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    /** What was rated at this visit. */
    private final Set<String> rated = new HashSet<>();

    private final SimulatedSpool spool;
    private final List<Secret> pins = new ArrayList<>();
    /** Returns that a person was told of: item and session row. */
    private final Map<String, Integer> promised = new LinkedHashMap<>();

    /** Returns that were begun and ended without a promise: the kiosk was killed, or its disk failed. */
    private final Map<String, Integer> unpromised = new HashMap<>();

    /** Items whose renewal was asked for without an answer, and about which nobody has asked since. */
    private final Set<String> doubtful = new HashSet<>();

    /** Card and title of every hold that was sent at this visit and was not refused. */
    private final Set<String> held = new HashSet<>();

    private Instant now = Play.EVENING;
    private long order;
    private int life;
    private KioskState state;
    private boolean lineUp = true;
    private boolean padThere = true;
    private boolean replaying;
    /** What the library has said that it lends for a fee only: card and thing. */
    private final Set<String> priced = new HashSet<>();

    /** Things that somebody was asked about at this visit and has done something then. */
    private final Set<String> agreedTo = new HashSet<>();

    /** The same of renewals: each yes is good for one. */
    private final Set<String> renewalsAgreedTo = new HashSet<>();

    /** Whether somebody has just done something while asked whether a hold may cost something. */
    private boolean answering;

    private Optional<String> card = Optional.empty();
    private boolean identified;
    private final Random steering;
    private final OffLineTerms terms;
    private final Duration clockOff;

    SimulatedEvening(long seed) {
        this(seed, _ -> {});
    }

    /**
     * An evening that somebody looks on.
     *
     * @param onlooker sees each state that the kiosk comes to
     */
    SimulatedEvening(long seed, Consumer<KioskState> onlooker) {
        this.onlooker = onlooker;
        random = new Random(seed);
        staff = new Random(~seed);
        offLine = new Random(seed ^ 0x5DEECE66DL);
        mail = new Random(seed ^ 0x4D41494CL);
        steering = new Random(seed ^ 0x2545F491L);
        settings = Play.steered(EnumSet.allOf(Offering.class), someExtras(8), "");
        state = KioskSession.start(settings, now);
        seeker = new Random(31 * seed + 7);
        others = new Random(seed ^ 0x4F544845L);
        reader = new Random(seed + 0x9E3779B9L);
        payer = new Random(seed ^ 0x46454553L);
        spool = new SimulatedSpool(library, offLine, this::saw, reported::add);
        terms = terms();
        clockOff = Duration.ofSeconds(offLine.nextInt(20) == 0 ? 90 : 2);
        library.refuse(REFUSED);
        library.reserve(RESERVED, "2000012399");
        library.dear(DEAR, "1.00");
        library.dearLoan(DEAR_TO_LEND, "1.50");
        library.dearRenewal(DEAR_TO_RENEW, "0.50");
        library.dear(DEARER, "2,50");
        for (int i = 0; i < 3; i++) {
            library.patron("200001234" + i, PIN);
            if (i < 2) {
                library.mailbox("200001234" + i, "lukija" + i + "@example.fi");
            }
        }
        for (int i = 0; i < ITEMS; i++) {
            String number = "30000000" + (10 + i);
            int parts = i % 5 == 4 ? 2 : 1;
            List<Uid> tags = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                tags.add(new Uid(100L * i + part));
            }
            Book book = new Book(number, tags);
            books.add(book);
            boolean lent = i % 3 == 0;
            for (Uid tag : tags) {
                if (lent) {
                    switchedOff.add(tag);
                }
                if (chance(2)) {
                    broken.add(tag);
                }
            }
            library.item(number);
            if (lent) {
                library.lend(number, "200001234" + i % 2);
            } else if (i % 4 == 1) {
                library.hold(number, "200001234" + i % 3);
            }
        }
    }

    Instant now() {
        return now;
    }

    Map<Seen, Integer> seen() {
        return seen;
    }

    // ---- the evening -------------------------------------------------------------------------------------

    void play() {
        boot();
        tick();
        longOutage();
        Duration visit = Duration.ZERO;
        for (int i = 0; i < VISITS; i++) {
            Duration at = visit;
            in(at, this::visit);
            visit = visit.plusSeconds(80 + random.nextInt(60));
        }
        Instant end = now.plus(visit).plusSeconds(150);
        run(end);
        lineUp = true;
        line();
        openAgain();
        readingVisit();
        // Whoever listens and did something last just now is waited for three minutes, and then asked for one more.
        run(end.plusSeconds(300));
        check(
                state instanceof KioskState.Idle || state instanceof KioskState.Choosing,
                "the evening ended in " + state);
        check(spool.isEmpty(), "returns or loans were never told: " + spool.size());
        spool.everyLoanToldOnce().ifPresent(fault -> check(false, fault));
        promised.forEach((number, times) -> {
            long told = library.checkins().stream()
                    .filter(checkin -> checkin.itemIdentifier().equals(number))
                    .count();
            // A replay that the library refuses goes to staff instead; one that the kiosk never promised may have been
            // heard.
            int most = times + unpromised.getOrDefault(number, 0);
            check(
                    number.equals(REFUSED) || (told >= times && told <= most),
                    number + " was accepted " + times + " times and told " + told + " times");
        });
        check(library.repeatedCheckouts() == 0, "a second 11 was sent for a loan that stood");
        for (Book book : books) {
            boolean open = book.tags().stream().anyMatch(switchedOff::contains);
            check(
                    !open
                            || library.holder(book.number()).isPresent()
                            || reported.contains(book.number())
                            || unpromised.containsKey(book.number()),
                    book.number() + " lies about unsecured without a loan, and nobody was told");
        }
    }

    private void run(Instant until) {
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(until)) {
            Happening next = agenda.remove();
            now = next.at();
            next.what().run();
        }
        now = until;
    }

    private void in(Duration delay, Runnable what) {
        agenda.add(new Happening(now.plus(delay), order++, what));
    }

    private void soon(int least, int most, Runnable what) {
        in(Duration.ofMillis(least + random.nextInt(most - least + 1)), what);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void saw(Seen what) {
        seen.merge(what, 1, Integer::sum);
    }

    private void tick() {
        post(new KioskEvent.Tick(now));
        if (!replaying && lineUp && !spool.isEmpty()) {
            replay();
        }
        in(Duration.ofMillis(500), this::tick);
    }

    // ---- faults ------------------------------------------------------------------------------------------

    private void boot() {
        post(new KioskEvent.Tick(now));
        line();
        for (DeviceKind kind : List.of(DeviceKind.PAD, DeviceKind.PRINTER, DeviceKind.SCANNER)) {
            boolean there = kind != DeviceKind.PAD || padThere;
            post(new KioskEvent.DeviceChanged(kind, status(there)));
        }
        onPad.forEach(uid -> post(new KioskEvent.TagArrived(tag(uid))));
    }

    private DeviceStatus status(boolean there) {
        return there ? new DeviceStatus.Ready(now) : new DeviceStatus.Absent(StatusReason.UNPLUGGED, now);
    }

    private void line() {
        post(new KioskEvent.LineChanged(lineUp ? Surroundings.Line.UP : Surroundings.Line.DOWN));
        if (lineUp) {
            post(new KioskEvent.Staff(new StaffNews.ClockCompared(clockOff)));
            post(new KioskEvent.OffLine(new OffLineNews.Permitted(Optional.of(terms))));
        }
    }

    private OffLineTerms terms() {
        OffLineTerms.Lending lending = switch (offLine.nextInt(8)) {
            case 0 -> OffLineTerms.Lending.NOBODY;
            case 1, 2 -> OffLineTerms.Lending.ALL_CARDS;
            default -> OffLineTerms.Lending.KNOWN_CARDS;
        };
        return new OffLineTerms(
                lending,
                offLine.nextInt(3) > 0,
                1 + offLine.nextInt(5),
                offLine.nextInt(4) == 0 ? 0 : 14,
                now.plus(Duration.ofHours(2)));
    }

    /** On some evenings the line is away for minutes, and many come while it is. */
    private void longOutage() {
        if (offLine.nextInt(4) > 0) {
            return;
        }
        Duration begin = Duration.ofSeconds(10 + offLine.nextInt(200));
        in(begin, () -> {
            lineUp = false;
            line();
        });
        in(begin.plusSeconds(60 + offLine.nextInt(240)), () -> {
            lineUp = true;
            line();
        });
    }

    /** The gateway wants the kiosk otherwise, at a moment that suits nobody. */
    private void steer() {
        if (steering.nextInt(4) > 0) {
            return;
        }
        Set<Offering> offerings =
                steering.nextInt(4) == 0 ? EnumSet.of(Offering.BORROW, Offering.RETURN) : EnumSet.allOf(Offering.class);
        KioskSettings wanted = Play.steered(offerings, someExtras(3), Integer.toHexString(steering.nextInt(1_000_000)));
        in(Duration.ofMillis(steering.nextInt(100_000)), () -> post(new KioskEvent.Steered(wanted)));
    }

    /** One in so many is off. */
    private Set<Extra> someExtras(int off) {
        Set<Extra> extras = EnumSet.allOf(Extra.class);
        extras.removeIf(_ -> steering.nextInt(off) == 0);
        return extras;
    }

    /** One more comes when all the others have gone, looks at the electronic collections, and says how the things were. */
    private void readingVisit() {
        List<Book> pile =
                books.stream().filter(book -> reader.nextInt(3) == 0).limit(2).toList();
        in(Duration.ofSeconds(1), () -> {
            post(new KioskEvent.Fed(FEED));
            whileIn(KioskState.Idle.class, () -> touch(new Choice.ShowCollections()));
        });
        in(
                Duration.ofSeconds(4),
                () -> whileIn(KioskState.ElectronicCollections.class, () -> {
                    touch(new Choice.Cancel());
                    touch(new Choice.Return());
                }));
        for (Book book : pile) {
            in(
                    Duration.ofSeconds(6 + reader.nextInt(6)),
                    () -> whileIn(KioskState.Returning.class, () -> layDown(book)));
        }
        for (int i = 0; i < 20; i++) {
            Choice.Rate rating = new Choice.Rate(1 + reader.nextInt(3), 1 + reader.nextInt(Rating.MOST_STARS));
            in(
                    Duration.ofMillis(7_000 + reader.nextInt(20_000)),
                    () -> whileIn(KioskState.Returning.class, () -> touch(rating)));
        }
        Choice.Placed placed = new Choice.Placed(1 + reader.nextInt(3));
        in(Duration.ofSeconds(28), () -> whileIn(KioskState.Returning.class, () -> touch(placed)));
        in(Duration.ofSeconds(30), () -> whileIn(KioskState.Returning.class, () -> touch(new Choice.Finish())));
        in(Duration.ofSeconds(32), () -> pile.forEach(this::liftUp));
    }

    private void whileIn(Class<? extends KioskState> where, Runnable what) {
        if (where.isInstance(state)) {
            what.run();
        }
    }

    private void maybeBreakSomething() {
        if (chance(15)) {
            saw(Seen.LINE_LOST);
            lineUp = false;
            line();
            soon(1_000, 40_000, () -> {
                lineUp = true;
                line();
            });
            if (chance(40)) {
                // Not everybody waits until the line is back, or a doubt is settled.
                soon(500, 8_000, () -> touch(new Choice.Finish()));
            }
        }
        if (chance(8)) {
            saw(Seen.PAD_LOST);
            padThere = false;
            post(new KioskEvent.DeviceChanged(DeviceKind.PAD, status(false)));
            soon(1_000, 30_000, () -> {
                padThere = true;
                post(new KioskEvent.DeviceChanged(DeviceKind.PAD, status(true)));
            });
        }
        if (chance(5)) {
            soon(100, 15_000, this::kill);
        }
    }

    /** What is being told to the library when the screen goes may have been heard, and nobody was told. */
    private void nobodySees(KioskState.Returning returning) {
        returning.rows().stream()
                .filter(row -> row.state() instanceof ReturnState.CheckingIn)
                .forEach(row -> unpromised.merge(row.identifier(), 1, Integer::sum));
    }

    /** The kiosk's process is gone and comes again; what lies on the pad and what is on disk stays. */
    private void kill() {
        saw(Seen.KILLED);
        if (state instanceof KioskState.Returning returning) {
            nobodySees(returning);
            // These the security ledger remembers; it is the runtime's and not played here.
            returning.rows().stream()
                    .filter(row ->
                            row.state() instanceof ReturnState.Securing || row.state() instanceof ReturnState.PutBack)
                    .forEach(row -> reported.add(row.identifier()));
        }
        life++;
        doubtful.clear();
        held.clear();
        pins.forEach(Secret::erase);
        card = Optional.empty();
        state = KioskSession.start(settings, state.around().machine().upkeep(), now);
        boot();
    }

    // ---- the kiosk ---------------------------------------------------------------------------------------

    private void post(KioskEvent event) {
        KioskState before = state;
        Step step = KioskSession.step(before, event);
        state = step.next();
        onlooker.accept(state);
        watch(before, state);
        if (!before.around().settings().equals(state.around().settings())) {
            saw(Seen.STEERED);
            check(
                    state instanceof KioskState.Idle || state instanceof KioskState.OutOfService,
                    "the kiosk became another one under somebody's hands");
        }
        onlyWhatIsOn(before, event, step);
        agreed(before, event);
        answering = before.question().orElse(null) instanceof Question.HoldCosts && !(event instanceof KioskEvent.Tick);
        int living = life;
        for (Effect effect : step.effects()) {
            perform(effect, living);
        }
        mustHold();
    }

    /** What is switched off begins nothing, whatever is touched. */
    private void onlyWhatIsOn(KioskState before, KioskEvent event, Step step) {
        KioskSettings is = step.next().around().settings();
        boolean searches = step.next() instanceof KioskState.Searching;
        boolean looks = step.next() instanceof KioskState.ElectronicCollections;
        check(is.offers(Extra.SEARCH) || !searches, "somebody searches where that is off");
        check(is.offers(Extra.COLLECTIONS) || !looks, "collections are shown where they are off");
        boolean search = event instanceof KioskEvent.Touched(Choice.Search()) && !is.offers(Extra.SEARCH);
        boolean look = event instanceof KioskEvent.Touched(Choice.ShowCollections()) && !is.offers(Extra.COLLECTIONS);
        if (search || look) {
            saw(Seen.TOUCHED_WHAT_IS_OFF);
            check(step.next().getClass() == before.getClass(), "what is off has begun something");
        }
        for (Effect effect : step.effects()) {
            check(is.offers(Extra.STARS) || !(effect instanceof Effect.Rate), "stars were given where they are off");
            check(is.offers(Extra.MAIL) || !(effect instanceof Effect.Mail), "a mail was sent where that is off");
        }
    }

    private void postLater(int living, KioskEvent event) {
        if (living == life) {
            post(event);
        }
    }

    private void perform(Effect effect, int living) {
        switch (effect) {
            case Effect.Send send -> {
                check(
                        padThere || !(send.message() instanceof Checkout),
                        "a thing was asked for that would set off the gates");
                send(send, living);
            }
            case Effect.SetSecurity write -> soon(80, 400, () -> write(write, living));
            case Effect.Spool accepted ->
                soon(1, 20, () -> {
                    boolean written = !chance(2);
                    if (written) {
                        saw(Seen.SPOOLED);
                        spool.add(accepted.checkin());
                    } else {
                        unpromised.merge(accepted.checkin().itemIdentifier(), 1, Integer::sum);
                    }
                    postLater(living, new KioskEvent.Spooled(accepted.request(), written));
                });
            case Effect.OffLine(OffLineTask task) -> perform(task, living);
            case Effect.Catalogue(CatalogueTask task) -> perform(task, living);
            case Effect.Rate(String item, int _) -> rated(item);
            case Effect.Print print ->
                soon(
                        300,
                        2_000,
                        () -> postLater(living, new KioskEvent.Printed(print.printout(), new PrintOutcome.Printed())));
            case Effect.Mail receipt -> perform(receipt, living);
            case Effect.Erase(Secret secret) -> secret.erase();
            case Effect.Staff(StaffTask task) -> perform(task, living);
            case Effect.Report(Incident incident) -> {
                check(!incident.detail().contains(Play.STAFF_CARD), "a staff card's number was reported");
                // What was left lying excuses nothing else.
                if (incident.kind() != Incident.Kind.LEFT_ON_PAD) {
                    reported.add(incident.detail());
                }
                if (incident.kind() == Incident.Kind.RETURN_NOT_PLACED) {
                    saw(Seen.HOLD_LEFT_SOMEWHERE);
                }
                if (incident.kind() == Incident.Kind.CHECKOUT_OUTCOME_UNKNOWN) {
                    saw(Seen.DOUBT_AT_THE_END);
                }
            }
        }
    }

    /** The gateway has it, or has not, or says so when nobody waits any more. */
    private void perform(Effect.Mail receipt, int living) {
        check(
                card.filter(receipt.card().text()::equals).isPresent(),
                "a receipt would go to somebody else than whose visit it was");
        check(receipt.printout() instanceof Printout.LoanReceipt, "a receipt without a patron would go by e-mail");
        boolean takes = lineUp && mail.nextInt(5) > 0;
        if (takes) {
            taken.add(receipt.request());
        }
        int late = mail.nextInt(10) == 0 ? 12_000 : 20 + mail.nextInt(600);
        in(Duration.ofMillis(late), () -> postLater(living, new KioskEvent.Mailed(receipt.request(), takes)));
    }

    /** Only what the library has taken back, and once at a visit. */
    private void rated(String item) {
        saw(Seen.RATED);
        check(
                library.checkins().stream()
                        .anyMatch(checkin -> checkin.itemIdentifier().equals(item)),
                item + " was rated and had not come back");
        check(rated.add(item), item + " was rated twice at one visit");
        check(state instanceof KioskState.Returning, "a thing was rated in " + state.getClass());
    }

    private void perform(OffLineTask task, int living) {
        switch (task) {
            case OffLineTask.LookUp(long request, CardNumber asked) -> {
                OffLineCard known = new OffLineCard(offLine.nextInt(4) > 0, spool.loansOf(asked.text()));
                soon(
                        1,
                        20,
                        () -> postLater(living, new KioskEvent.OffLine(new OffLineNews.CardLookedUp(request, known))));
            }
            case OffLineTask.NoteLoan(long request, Checkout loan) -> {
                check(loan.patronPassword().isEmpty(), "a PIN was on its way to the disk");
                check(padThere, "a thing was lent without connection that would set off the gates");
                check(loan.noBlock(), "a loan without connection would be asked for like any other");
                check(
                        !priced.contains(loan.patronIdentifier() + " " + loan.itemIdentifier()),
                        "a thing was lent without connection and without its fee");
                boolean written = offLine.nextInt(12) > 0;
                soon(1, 20, () -> {
                    if (written) {
                        spool.add(loan);
                    } else {
                        saw(Seen.OFF_LINE_LOAN_NOT_STORED);
                    }
                    postLater(living, new KioskEvent.Spooled(request, written));
                });
            }
        }
    }

    /** The catalogue answers late now and then, and not at all when the line is away. */
    private void perform(CatalogueTask task, int living) {
        if (!lineUp || seeker.nextInt(100) < 8) {
            in(Duration.ofMillis(20 + seeker.nextInt(5_000)), () -> {
                saw(Seen.SEARCH_SILENT);
                postLater(living, new KioskEvent.Catalogue(new CatalogueNews.Silent(task.request())));
            });
            return;
        }
        int took = seeker.nextInt(10) == 0 ? 3_000 : 20 + seeker.nextInt(400);
        in(Duration.ofMillis(took), () -> postLater(living, new KioskEvent.Catalogue(answer(task))));
    }

    private CatalogueNews answer(CatalogueTask task) {
        return switch (task) {
            case CatalogueTask.Titles(long request, String text, var by, int page, var language) -> {
                check(!text.isBlank(), "nothing was looked for by " + by + " in " + language);
                saw(Seen.FOUND);
                yield new CatalogueNews.Found(
                        request,
                        books.stream()
                                .skip((long) (page - 1) * CatalogueTask.PAGE)
                                .limit(CatalogueTask.PAGE)
                                .map(book -> new CatalogueTitle(
                                        book.number(),
                                        "Nimeke " + book.number(),
                                        "",
                                        Optional.empty(),
                                        Optional.of(new CatalogueTitle.Copies(1, 1))))
                                .toList(),
                        books.size(),
                        false,
                        false);
            }
            case CatalogueTask.Title(long request, String id, var _) ->
                seeker.nextInt(20) == 0
                        ? new CatalogueNews.NoSuchTitle(request)
                        : new CatalogueNews.Described(
                                request, new CatalogueDetails(Optional.of(id), Optional.empty(), 0, List.of()));
            case CatalogueTask.Branches(long request) ->
                new CatalogueNews.PickUps(request, List.of(new PickUp("LIETO", "Lieto"), new PickUp("TURKU", "Turku")));
        };
    }

    private void perform(StaffTask task, int living) {
        switch (task) {
            case StaffTask.CheckPin check -> {
                boolean right = check.pin().equals(Secret.of(STAFF_PIN));
                pins.add(check.pin());
                if (!right) {
                    saw(Seen.STAFF_PIN_WRONG);
                }
                in(
                        Duration.ofMillis(300),
                        () -> postLater(
                                living, new KioskEvent.Staff(new StaffNews.PinChecked(check.request(), right))));
            }
            case StaffTask.Look() ->
                tell(
                        living,
                        new StaffNews.Looked(new MachineView(
                                List.of(),
                                spool.size(),
                                Optional.empty(),
                                0,
                                "kiosk-turku",
                                "1",
                                "1",
                                MachineView.Loudspeaker.VOICE,
                                true)));
            case StaffTask.ReadTag(Uid uid) ->
                tell(living, new StaffNews.TagRead(onPad.contains(uid) ? Optional.of(tag(uid)) : Optional.empty()));
            case StaffTask.SelfTest _ -> tell(living, new StaffNews.Tested(Optional.empty()));
            case StaffTask.TestLine() ->
                tell(
                        living,
                        new StaffNews.LineTested(
                                lineUp ? Optional.of(Duration.ofMillis(50)) : Optional.empty(), "TURKU", ""));
            case StaffTask.Play _ -> tell(living, new StaffNews.Played(true));
            case StaffTask.Restart _ -> in(Duration.ofMillis(100), this::kill);
        }
    }

    private void tell(int living, StaffNews news) {
        in(Duration.ofMillis(100), () -> postLater(living, new KioskEvent.Staff(news)));
    }

    private void send(Effect.Send send, int living) {
        check(!send.message().toString().contains(Play.STAFF_CARD), "a staff card went to the library");
        if (send.message() instanceof PatronInformation asked) {
            pins.add(asked.patronPassword().orElseThrow());
        }
        askedBeforeRenewedAgain(send.message());
        heldOnce(send.message());
        paidOnlyIfAgreed(send.message());
        long request = send.request();
        if (spool.holdsBack(send.message())) {
            heldBack(send, living);
            return;
        }
        if (!lineUp) {
            notHeld(send.message());
            soon(1, 50, () -> postLater(living, new KioskEvent.Unanswered(request, true)));
            return;
        }
        int fate = random.nextInt(100);
        if (fate < 88) {
            soon(20, 300, () -> {
                if (!lineUp) {
                    // Carried out or not: the line broke, and nobody here knows.
                    if (chance(50)) {
                        library.answer(send.message());
                    }
                    lost(send.message(), living);
                    postLater(living, new KioskEvent.Unanswered(request, false));
                    return;
                }
                Response response = library.answer(send.message());
                if (response instanceof HoldResponse answer && !answer.ok()) {
                    notHeld(send.message());
                }
                soon(1, 200, () -> postLater(living, new KioskEvent.Answered(request, response)));
            });
        } else if (fate < 90 && outcomeUnknown(send.message()).isPresent()) {
            saw(Seen.OUTCOME_UNKNOWN);
            Response unknown = outcomeUnknown(send.message()).get();
            soon(100, 9_000, () -> library.answer(send.message()));
            in(Duration.ofSeconds(8), () -> {
                lost(send.message(), living);
                postLater(living, new KioskEvent.Answered(request, unknown));
            });
        } else if (fate < 92) {
            saw(Seen.ANSWER_LOST);
            soon(20, 300, () -> library.answer(send.message()));
            soon(400, 15_000, () -> unanswered(send, living));
        } else if (fate < 95) {
            saw(Seen.LATE_EXECUTION);
            int before = library.checkouts().size();
            soon(400, 8_000, () -> {
                if (!overtaken(send.message(), before)) {
                    library.answer(send.message());
                }
            });
            soon(20, 300, () -> unanswered(send, living));
        } else {
            soon(20, 15_000, () -> unanswered(send, living));
        }
    }

    /** What is asked of one thing goes by in its order: no return is carried out when the thing was asked for again meanwhile. */
    private boolean overtaken(Request message, int before) {
        return message instanceof Checkin checkin
                && library.checkouts().stream()
                        .skip(before)
                        .anyMatch(loan -> loan.itemIdentifier().equals(checkin.itemIdentifier()));
    }

    /** As the runtime does: what waits on disk of a thing comes before anything else of it. */
    private void heldBack(Effect.Send send, int living) {
        Optional<CheckoutResponse> standing = spool.standing(send.message());
        if (standing.isPresent()) {
            soon(1, 20, () -> postLater(living, new KioskEvent.Answered(send.request(), standing.get())));
            return;
        }
        soon(100, 5_000, () -> {
            if (living != life) {
                return;
            }
            if (spool.holdsBack(send.message())) {
                post(new KioskEvent.Unanswered(send.request(), true));
            } else {
                send(send, living);
            }
        });
    }

    private void unanswered(Effect.Send send, int living) {
        lost(send.message(), living);
        postLater(living, new KioskEvent.Unanswered(send.request(), false));
    }

    /** Whether a renewal was made is asked before it is asked for again. */
    private void askedBeforeRenewedAgain(Request message) {
        switch (message) {
            case ItemInformation asked -> doubtful.remove(asked.itemIdentifier());
            case Renew renew ->
                check(
                        !doubtful.contains(renew.itemIdentifier().orElseThrow()),
                        "a second 29 was sent without asking what became of the first");
            case RenewAll all ->
                check(
                        library.loansOf(all.patronIdentifier()).stream().noneMatch(doubtful::contains),
                        "a 65 was sent without asking what became of the renewal before");
            default -> {}
        }
    }

    /** Somebody has just done something while asked whether something may cost something: what they did may have been a yes. */
    private void agreed(KioskState before, KioskEvent event) {
        if (event instanceof KioskEvent.Tick) {
            return;
        }
        switch (before.question().orElse(null)) {
            case Question.LoanCosts(int number, var _, var _) -> agreed(before, number, agreedTo);
            case Question.RenewalCosts(int number, var _, var _) -> agreed(before, number, renewalsAgreedTo);
            case null, default -> {}
        }
    }

    private static void agreed(KioskState before, int number, Set<String> things) {
        if (before instanceof KioskState.Borrowing pile) {
            pile.rows().stream().filter(row -> row.number() == number).forEach(row -> things.add(row.identifier()));
        } else if (before instanceof KioskState.Account account) {
            account.loans().stream()
                    .filter(loan -> loan.number() == number)
                    .forEach(loan -> things.add(loan.item().identifier()));
        }
    }

    private void paidOnlyIfAgreed(Request message) {
        if (message instanceof Checkout loan && loan.feeAcknowledged().orElse(false)) {
            check(agreedTo.contains(loan.itemIdentifier()), "a loan's fee was agreed to that nobody was asked about");
            saw(Seen.LENT_FOR_A_FEE);
        }
        if (message instanceof Renew renewal && renewal.feeAcknowledged().orElse(false)) {
            check(
                    renewalsAgreedTo.remove(renewal.itemIdentifier().orElseThrow()),
                    "a renewal's fee was agreed to that nobody was asked about");
            saw(Seen.RENEWED_FOR_A_FEE);
        }
        check(
                !(message instanceof RenewAll all && all.feeAcknowledged().orElse(false)),
                "whatever a renewal of all costs was agreed to");
    }

    /** A hold of which nobody knows that it was refused is not sent again. */
    private void heldOnce(Request message) {
        if (message instanceof Hold hold && hold.holdMode() == HoldMode.ADD) {
            check(held.add(key(hold)), "a second 15 was sent for the same title");
            boolean agreed = hold.feeAcknowledged().orElse(false);
            check(!agreed || answering, "a fee was agreed to that nobody has agreed to");
            if (agreed) {
                saw(Seen.FEE_ACCEPTED);
            }
        }
    }

    private void notHeld(Request message) {
        if (message instanceof Hold hold && hold.holdMode() == HoldMode.ADD) {
            held.remove(key(hold));
        }
    }

    private static String key(Hold hold) {
        return hold.patronIdentifier() + " " + hold.itemIdentifier().orElse("");
    }

    /** Nobody has heard what became of it. */
    private void lost(Request message, int living) {
        if (living != life) {
            return;
        }
        switch (message) {
            case Renew renew -> {
                saw(Seen.RENEWAL_IN_DOUBT);
                doubtful.add(renew.itemIdentifier().orElseThrow());
            }
            case RenewAll all -> {
                saw(Seen.RENEWAL_IN_DOUBT);
                doubtful.addAll(library.loansOf(all.patronIdentifier()));
            }
            default -> {}
        }
    }

    /** What our gateway answers when the library behind it has been silent for eight seconds. */
    private static Optional<Response> outcomeUnknown(Request asked) {
        return switch (asked) {
            case Checkout checkout -> Optional.of(Play.outcomeUnknown(checkout));
            case Renew renew -> Optional.of(Play.renewalUnknown(renew));
            case PatronInformation _ -> Optional.of(Play.silentPatron());
            case Hold _ -> Optional.of(Play.holdUnknown());
            default -> Optional.empty();
        };
    }

    private void write(Effect.SetSecurity write, int living) {
        Optional<SecurityWrite> outcome;
        if (!padThere) {
            outcome = Optional.empty();
        } else if (!onPad.contains(write.uid())) {
            outcome = Optional.of(new SecurityWrite.TagGone());
        } else if (broken.contains(write.uid()) || chance(8)) {
            saw(Seen.WRITE_FAILED);
            outcome = Optional.of(new SecurityWrite.Failed(SecurityWrite.Reason.NOT_VERIFIED));
        } else {
            outcome = Optional.of(new SecurityWrite.Verified(true));
            boolean on = write.target() == TagSecurity.SECURED;
            check(
                    on || library.holder(write.identifier()).isPresent() || spool.lent(write.identifier()),
                    write.identifier() + " was switched off without a loan");
            if (on) {
                switchedOff.remove(write.uid());
            } else {
                switchedOff.add(write.uid());
            }
        }
        Optional<SecurityWrite> told = outcome;
        soon(1, 50, () -> postLater(living, new KioskEvent.SecurityWritten(write.row(), write.uid(), told)));
    }

    private void replay() {
        replaying = true;
        soon(50, 300, () -> {
            if (lineUp && !spool.isEmpty()) {
                spool.tellFirst();
            }
            replaying = false;
        });
    }

    // ---- people ------------------------------------------------------------------------------------------

    private void visit() {
        steer();
        staffCome();
        anotherComes();
        turnsToSomethingElse();
        soon(0, 40_000, this::maybeBreakSomething);
        if (seeker.nextInt(100) < 15) {
            lookFor();
            return;
        }
        List<Book> pile = books.stream()
                .filter(_ -> chance(30))
                .limit(1 + random.nextInt(4))
                .toList();
        int wish = random.nextInt(100);
        if (wish < 40) {
            borrow(pile);
        } else if (wish < 75) {
            giveBack(pile);
        } else {
            lookAtTheAccount(pile);
        }
        if (chance(20)) {
            listen();
        }
    }

    /** One visit, more than one errand: from lending to returning and back, with whatever lies on the pad. */
    private void turnsToSomethingElse() {
        if (others.nextInt(100) >= 35) {
            return;
        }
        String whose = "200001234" + others.nextInt(3);
        for (int i = 0; i < 8; i++) {
            int turn = others.nextInt(5);
            int at = 9_000 + others.nextInt(40_000);
            in(Duration.ofMillis(at), () -> {
                if (!(state instanceof KioskState.Idle || state instanceof KioskState.Choosing)) {
                    touch(turn < 2 ? new Choice.Return() : new Choice.Borrow());
                }
            });
            in(Duration.ofMillis(at + 1_000), () -> {
                if (state instanceof KioskState.AskingCard && cameFromReturning()) {
                    post(new KioskEvent.Scanned(whose));
                }
            });
            in(Duration.ofMillis(at + 2_500), () -> {
                if (state instanceof KioskState.AskingPin asking && asking.digits() == 0 && cameFromReturning()) {
                    type(PIN);
                    touch(new Choice.Ok());
                }
            });
        }
        books.stream().filter(_ -> others.nextInt(6) == 0).limit(2).forEach(book -> {
            int at = 12_000 + others.nextInt(30_000);
            in(Duration.ofMillis(at), () -> liftUp(book));
            in(Duration.ofMillis(at + 1_500), () -> layDown(book));
        });
    }

    private boolean cameFromReturning() {
        return !state.around().stay().returns().isEmpty();
    }

    /** Another card is shown while somebody is known; whether the customer changes is for them to say, or they say nothing. */
    private void anotherComes() {
        if (others.nextInt(100) >= 25) {
            return;
        }
        int at = 9_000 + others.nextInt(30_000);
        String theirs = "200001234" + others.nextInt(3);
        int answer = others.nextInt(5);
        in(Duration.ofMillis(at), () -> {
            if (state instanceof KioskState.Borrowing
                    || state instanceof KioskState.Account
                    || state instanceof KioskState.Searching) {
                post(new KioskEvent.Scanned(theirs));
            }
        });
        if (answer < 4) {
            in(Duration.ofMillis(at + 500 + others.nextInt(4_000)), () -> touch(new Choice.Answer(answer < 3)));
        }
        in(Duration.ofMillis(at + 7_000 + others.nextInt(8_000)), () -> {
            if (state instanceof KioskState.AskingPin asking && asking.digits() == 0) {
                type(PIN);
                touch(new Choice.Ok());
            }
        });
    }

    /** Somebody who uses headphones and keypad, and does not always know which key does what. */
    private void listen() {
        soon(100, 2_000, () -> post(new KioskEvent.Headphones(true)));
        for (int i = 0; i < 12; i++) {
            soon(3_000, 70_000, () -> {
                int key = random.nextInt(12);
                post(new KioskEvent.Pressed(
                        switch (key) {
                            case 10 -> new Key.Back();
                            case 11 -> new Key.Enter();
                            default -> new Key.Digit(key);
                        }));
                if (state.around().aids().listens() && !(state instanceof KioskState.Idle)) {
                    saw(Seen.LISTENED);
                }
            });
        }
        soon(60_000, 80_000, () -> post(new KioskEvent.Headphones(false)));
    }

    private void lookAtTheAccount(List<Book> pile) {
        soon(500, 3_000, () -> {
            touch(new Choice.Account());
            post(new KioskEvent.Scanned("200001234" + random.nextInt(3)));
        });
        soon(4_000, 8_000, () -> {
            type(PIN);
            touch(new Choice.Ok());
        });
        if (chance(50)) {
            pile.forEach(book -> soon(9_000, 20_000, () -> layDown(book)));
        }
        for (int i = 0; i < 12; i++) {
            soon(8_500, 40_000, () -> touch(inTheAccount()));
        }
        leave(pile);
    }

    /** Somebody looks for a book, shows a card when asked for one, and goes, or does not say so. */
    private void lookFor() {
        later(500, 2_000, () -> touch(new Choice.Search()));
        later(2_500, 5_000, () -> {
            "muumi".chars().forEach(letter -> act(new SearchAct.Letter((char) letter)));
            act(new SearchAct.Go());
        });
        for (int i = 0; i < 14; i++) {
            later(5_500, 40_000, () -> act(inTheCatalogue()));
        }
        for (int at = 9_000; at < 45_000; at += 6_000) {
            later(at, at + 2_000, () -> {
                if (state instanceof KioskState.AskingCard) {
                    post(new KioskEvent.Scanned("200001234" + seeker.nextInt(3)));
                }
            });
            later(at + 2_500, at + 4_000, () -> {
                if (state instanceof KioskState.AskingPin asking && asking.digits() == 0) {
                    PIN.chars().forEach(digit -> touch(new Choice.Digit(digit - '0')));
                    touch(new Choice.Ok());
                }
            });
        }
        for (int at = 10_000; at < 48_000; at += 4_000) {
            in(Duration.ofMillis(at + payer.nextInt(3_000)), () -> {
                if (state.question().orElse(null) instanceof Question.HoldCosts) {
                    touch(new Choice.Answer(payer.nextBoolean()));
                }
            });
        }
        if (seeker.nextInt(100) < 30) {
            saw(Seen.SEARCH_ABANDONED);
        } else {
            later(48_000, 60_000, () -> touch(new Choice.Finish()));
        }
    }

    private void act(SearchAct act) {
        touch(new Choice.InSearch(act));
    }

    private void later(int least, int most, Runnable what) {
        in(Duration.ofMillis(least + seeker.nextInt(most - least + 1)), what);
    }

    private SearchAct inTheCatalogue() {
        return switch (seeker.nextInt(12)) {
            case 0 -> new SearchAct.LookBy(PLACES.get(seeker.nextInt(PLACES.size())));
            case 1 -> new SearchAct.More();
            case 2, 3 -> new SearchAct.Open(1 + seeker.nextInt(4));
            case 4 -> new SearchAct.Back();
            case 5 -> new SearchAct.Elsewhere();
            case 6 -> new SearchAct.HoldAt(1 + seeker.nextInt(3));
            case 7 -> new SearchAct.Again();
            case 8 -> new SearchAct.Go();
            default -> new SearchAct.HoldHere();
        };
    }

    private Choice inTheAccount() {
        int row = 1 + random.nextInt(4);
        return switch (random.nextInt(10)) {
            case 0 -> new Choice.InAccount.RenewAll();
            case 1, 2 -> new Choice.Renew(row);
            case 3 -> new Choice.InAccount.Turn(KioskState.Account.Page.LOANS);
            case 4 -> new Choice.InAccount.Turn(KioskState.Account.Page.HOLDS);
            case 5 -> new Choice.InAccount.CancelHold(1);
            case 6 -> new Choice.InAccount.ReallyCancel(1);
            case 7 -> new Choice.InAccount.KeepHold(1);
            case 8 -> new Choice.Borrow();
            default -> seeker.nextBoolean() ? new Choice.Search() : new Choice.Account();
        };
    }

    /** Staff come whatever is going on; what they have closed they open again. */
    private void staffCome() {
        if (staff.nextInt(100) >= 25) {
            return;
        }
        int at = staff.nextInt(60_000);
        in(Duration.ofMillis(at), () -> post(new KioskEvent.Scanned(Play.STAFF_CARD)));
        boolean wrong = staff.nextInt(4) == 0;
        in(Duration.ofMillis(at + 1_500), () -> {
            if (state instanceof KioskState.StaffPin) {
                type(wrong ? "111111" : STAFF_PIN);
                touch(new Choice.Ok());
            }
        });
        for (int i = 0; i < 6; i++) {
            StaffAct act = anyAct();
            in(Duration.ofMillis(at + 3_000 + 1_500L * i), () -> {
                if (act instanceof StaffAct.TakeOut && state instanceof KioskState.StaffMenu) {
                    saw(Seen.CLOSED_BY_STAFF);
                }
                touch(new Choice.Staff(act));
            });
        }
        in(Duration.ofMillis(at + 14_000), () -> {
            touch(new Choice.Staff(new StaffAct.PutBack()));
            touch(new Choice.Staff(new StaffAct.Close()));
        });
    }

    /** A kiosk that was killed while it was closed is still closed: somebody opens it in the morning. */
    private void openAgain() {
        if (state.around().machine().upkeep().closed().isEmpty()) {
            return;
        }
        in(Duration.ofSeconds(40), () -> post(new KioskEvent.Scanned(Play.STAFF_CARD)));
        in(Duration.ofSeconds(41), () -> {
            type(STAFF_PIN);
            touch(new Choice.Ok());
        });
        in(Duration.ofSeconds(43), () -> {
            touch(new Choice.Staff(new StaffAct.PutBack()));
            touch(new Choice.Staff(new StaffAct.Close()));
        });
    }

    private StaffAct anyAct() {
        return switch (staff.nextInt(12)) {
            case 0 -> new StaffAct.Open(StaffPage.PAD);
            case 1 -> new StaffAct.Open(StaffPage.BINS);
            case 2 -> new StaffAct.SelfTest(DeviceKind.PAD, SelfTestLevel.WORKS);
            case 3 -> new StaffAct.TestLine();
            case 4 -> new StaffAct.Feed();
            case 5 -> new StaffAct.PaperChanged();
            case 6 -> new StaffAct.PrintDay();
            case 7 -> new StaffAct.BinFull("1");
            case 8 -> new StaffAct.BinEmptied("1");
            case 9 -> new StaffAct.TakeOut(Upkeep.Closure.REPAIR);
            case 10 -> new StaffAct.PutBack();
            default -> new StaffAct.TestPage();
        };
    }

    private void borrow(List<Book> pile) {
        boolean first = chance(50);
        if (first) {
            pile.forEach(this::layDown);
        }
        soon(500, 3_000, () -> {
            boolean unread = chance(5);
            post(new KioskEvent.DeviceChanged(DeviceKind.SCANNER, status(!unread)));
            touch(new Choice.Borrow());
            String card = "200001234" + random.nextInt(3);
            if (unread) {
                touch(new Choice.TypeCard());
                type(card);
                touch(new Choice.Ok());
            } else {
                post(new KioskEvent.Scanned(card));
            }
        });
        soon(4_000, 8_000, () -> {
            String typed = chance(10) ? "9999" : PIN;
            type(typed);
            touch(new Choice.Ok());
        });
        if (!first) {
            pile.forEach(book -> soon(9_000, 14_000, () -> layDown(book)));
        }
        fidget(pile);
        leave(pile);
    }

    private void giveBack(List<Book> pile) {
        soon(500, 2_000, () -> touch(new Choice.Return()));
        pile.forEach(book -> soon(2_500, 9_000, () -> layDown(book)));
        fidget(pile);
        leave(pile);
    }

    private void fidget(List<Book> pile) {
        for (Book book : pile) {
            if (chance(25)) {
                soon(9_000, 20_000, () -> {
                    liftUp(book);
                    soon(500, 6_000, () -> layDown(book));
                });
            }
        }
        for (int i = 0; i < 3; i++) {
            soon(
                    10_000,
                    40_000,
                    () -> touch(
                            switch (random.nextInt(10)) {
                                case 0 -> new Choice.Renew(1 + random.nextInt(4));
                                case 1 -> new Choice.Keep(1 + random.nextInt(4));
                                case 2 -> new Choice.Acknowledge(1 + random.nextInt(4));
                                case 3 -> new Choice.Retry(1 + random.nextInt(4));
                                case 4 -> incomplete(1 + random.nextInt(4));
                                case 5 -> new Choice.Account();
                                case 6 -> new Choice.Borrow();
                                case 7 -> new Choice.Speak(Language.SWEDISH);
                                case 8 -> new Choice.ShowPreferences(chance(50));
                                default ->
                                    new Choice.Prefer(PREFERENCES.get(random.nextInt(PREFERENCES.size())), chance(70));
                            }));
        }
    }

    /** What can be said of a set of which parts are missing. */
    private Choice incomplete(int row) {
        return state instanceof KioskState.Borrowing ? new Choice.PartsInCase(row) : new Choice.ReturnIncomplete(row);
    }

    private void leave(List<Book> pile) {
        if (chance(20)) {
            saw(Seen.WALKED_AWAY);
        } else {
            soon(25_000, 45_000, () -> {
                touch(new Choice.Finish());
                soon(500, 8_000, () -> touch(wanted(chance(60))));
            });
        }
        soon(20_000, 70_000, () -> pile.forEach(this::liftUp));
    }

    /** Some of those who can would rather have it by e-mail. */
    private Choice wanted(boolean paper) {
        boolean byMail = mail.nextInt(3) == 0
                && state instanceof KioskState.OfferingReceipt offer
                && offer.answers().contains(new Choice.MailReceipt());
        return byMail ? new Choice.MailReceipt() : paper ? new Choice.PrintReceipt() : new Choice.NoReceipt();
    }

    private void type(String digits) {
        digits.chars().forEach(digit -> touch(new Choice.Digit(digit - '0')));
    }

    private void touch(Choice choice) {
        post(new KioskEvent.Touched(choice));
    }

    private PadTag tag(Uid uid) {
        Book book = books.stream()
                .filter(candidate -> candidate.tags().contains(uid))
                .findFirst()
                .orElseThrow();
        PadTag tag = Play.part(
                uid.value(),
                book.number(),
                book.tags().indexOf(uid) + 1,
                book.tags().size());
        return switchedOff.contains(uid) ? Play.unsecured(tag) : tag;
    }

    private void layDown(Book book) {
        for (Uid uid : book.tags()) {
            if (!chance(5) && onPad.add(uid) && padThere) {
                post(new KioskEvent.TagArrived(tag(uid)));
            }
        }
    }

    private void liftUp(Book book) {
        for (Uid uid : book.tags()) {
            if (onPad.remove(uid)) {
                post(new KioskEvent.TagLeft(uid));
            }
        }
    }

    // ---- what must hold ----------------------------------------------------------------------------------

    /** Another card alone ends nobody's visit. */
    private void watchTheQuestion(KioskState before, KioskState after) {
        if (after instanceof KioskState.Idle) {
            agreedTo.clear();
            renewalsAgreedTo.clear();
        }
        if (after instanceof KioskState.Borrowing pile) {
            pile.rows().stream()
                    .filter(row -> row.state() instanceof LoanState.Refused refused
                            && refused.reason() == LoanState.Reason.COSTS)
                    .forEach(row -> priced.add(pile.patron().card().text() + " " + row.identifier()));
        } else if (after.around().stay().equals(Stay.NONE)) {
            priced.clear();
        }
        if (after.question().orElse(null) instanceof Question.Costs asked
                && !(asked instanceof Question.HoldCosts)
                && !before.question().equals(after.question())) {
            saw(asked instanceof Question.LoanCosts ? Seen.LOAN_COSTS : Seen.RENEWAL_COSTS);
            if (payer.nextInt(4) > 0) {
                in(Duration.ofMillis(500 + payer.nextInt(6_000)), () -> {
                    if (state.question().equals(Optional.of(asked))) {
                        touch(new Choice.Answer(payer.nextInt(3) > 0));
                    }
                });
            }
        }
        if (asksForAnother(after) && !asksForAnother(before)) {
            saw(Seen.ANOTHER_CARD);
        }
        boolean known = before instanceof KioskState.Borrowing || before instanceof KioskState.Account;
        if (known && after instanceof KioskState.AskingPin asking) {
            saw(Seen.CUSTOMER_CHANGED);
            check(
                    card.filter(asking.card().text()::equals).isEmpty(),
                    "somebody was asked for the PIN of their own card again");
        }
        if (asksForAnother(before)
                && after.question().isEmpty()
                && after.around().stay().follower().isEmpty()
                && after.getClass().equals(before.getClass())) {
            saw(Seen.CUSTOMER_STAYED);
        }
    }

    private static boolean asksForAnother(KioskState state) {
        return state.question().orElse(null) instanceof Question.ChangeCustomer;
    }

    private void watch(KioskState before, KioskState after) {
        watchTheQuestion(before, after);
        watchTheReturns(before, after);
        if (!(after instanceof KioskState.Returning)) {
            rated.clear();
        }
        if (after instanceof KioskState.ElectronicCollections
                && !(before instanceof KioskState.ElectronicCollections)) {
            saw(Seen.COLLECTIONS_SEEN);
            check(before instanceof KioskState.Idle, "electronic collections were opened from " + before.getClass());
        }
        if (after instanceof KioskState.Returning returning) {
            Map<Integer, ReturnRow> old = new HashMap<>();
            if (before instanceof KioskState.Returning was) {
                was.rows().forEach(row -> old.put(row.number(), row));
            }
            for (ReturnRow row : returning.rows()) {
                boolean told = row.state().isReturned();
                boolean knew = Optional.ofNullable(old.get(row.number()))
                        .map(was -> was.state().isReturned())
                        .orElse(false);
                if (told && !knew) {
                    saw(Seen.RETURN);
                    promised.merge(row.identifier(), 1, Integer::sum);
                }
                boolean asked = Optional.ofNullable(old.get(row.number()))
                        .filter(was -> was.state() instanceof ReturnState.ToBin)
                        .isPresent();
                if (row.state() instanceof ReturnState.ToBin && !asked) {
                    saw(Seen.HOLD_BACK);
                }
                if (row.state() instanceof ReturnState.Returned && asked) {
                    saw(Seen.HOLD_PUT_INTO_ITS_BIN);
                }
                check(!knew || told, "a return that was promised was taken back: " + row);
            }
        }
        if (before instanceof KioskState.Returning was
                && !(after instanceof KioskState.Returning)
                && !(after instanceof KioskState.OfferingReceipt)) {
            // Whoever follows with a card of their own is let in at once, and nobody sees what came of the last.
            nobodySees(was);
        }
        if (before instanceof KioskState.Returning was && after instanceof KioskState.OfferingReceipt offer) {
            // The last promise may come with the receipt itself, which lists what came back earlier in the visit too.
            List<ReturnRow> back = new ArrayList<>(was.around().stay().returns());
            back.addAll(was.rows());
            was.rows().stream()
                    .filter(row -> !row.state().isReturned())
                    .filter(row -> timesOn(offer.receipt(), row)
                            > back.stream()
                                    .filter(other -> other.identifier().equals(row.identifier()))
                                    .filter(other -> other.state().isReturned())
                                    .count())
                    .forEach(row -> promised.merge(row.identifier(), 1, Integer::sum));
        }
        if (before instanceof KioskState.OfferingReceipt was && was.mail() instanceof ReceiptMail.Asked asked) {
            boolean told = after instanceof KioskState.Farewell bye && bye.mail() instanceof ReceiptMail.Taken;
            check(!told || taken.contains(asked.request()), "somebody was told of a mail that nobody has");
            if (!(after instanceof KioskState.OfferingReceipt still)
                    || !still.mail().equals(asked)) {
                saw(told ? Seen.MAILED : Seen.MAIL_UNCONFIRMED);
            }
        }
        if (after instanceof KioskState.Blocked(var _, var reason, var _, var _, var _, var whose, var _)
                && reason == KioskState.Blocked.Reason.LIBRARY_SILENT
                && before instanceof KioskState.Identifying) {
            saw(Seen.LIBRARY_SILENT);
            check(whose.isEmpty(), "somebody is known of whom the library has said nothing");
        }
        if (after instanceof KioskState.StaffMenu && !(before instanceof KioskState.StaffMenu)) {
            saw(Seen.STAFF_MENU);
            check(
                    before instanceof KioskState.StaffPin,
                    "the staff menu was opened without a PIN, from " + before.getClass());
        }
        if (after instanceof KioskState.StaffMenu menu) {
            check(!menu.toString().contains("20000123"), "the staff menu knows a patron: " + menu);
        }
        if (before instanceof KioskState.Identifying asking
                && (after instanceof KioskState.Borrowing
                        || after instanceof KioskState.Account
                        || after instanceof KioskState.Searching
                        || after instanceof KioskState.Blocked)) {
            card = Optional.of(asking.card().text());
        }
        if (after instanceof KioskState.Account account) {
            identified = true;
            watch(before, account);
        }
        if (after instanceof KioskState.Searching searching) {
            identified = searching.known();
            watch(before, searching);
        }
        if (before instanceof KioskState.Account && after instanceof KioskState.Borrowing) {
            saw(Seen.BACK_TO_THE_PILE);
        }
        if (after instanceof KioskState.Borrowing borrowing) {
            identified = borrowing.patron().identified();
            Map<Integer, LoanState> old = new HashMap<>();
            if (before instanceof KioskState.Borrowing was) {
                was.rows().forEach(row -> old.put(row.number(), row.state()));
            }
            borrowing.rows().forEach(row -> watch(Optional.ofNullable(old.get(row.number())), row));
        }
        if (after instanceof KioskState.OfferingReceipt offer
                && !(before instanceof KioskState.OfferingReceipt)
                && offer.receipt() instanceof Printout.LoanReceipt receipt) {
            saw(Seen.RECEIPT);
            switch (before) {
                case KioskState.Borrowing pile -> receiptListsTheLoans(pile.rows(), pile.patron(), receipt);
                case KioskState.Account account -> {
                    receiptListsTheLoans(account.visit().rows(), account.patron(), receipt);
                    receiptListsTheRenewals(account, receipt);
                }
                case KioskState.Searching searching -> {
                    Visitor who = searching.visitor().orElseThrow();
                    receiptListsTheLoans(who.visit().rows(), who.patron(), receipt);
                }
                case KioskState.Returning returning -> {
                    Visitor who = returning.visitor().orElseThrow();
                    List<ReturnRow> back = returning.rows().stream()
                            .filter(row -> row.state().isReturned())
                            .toList();
                    receiptListsTheLoans(who.visit().without(back).rows(), who.patron(), receipt);
                }
                case KioskState.Blocked _,
                        KioskState.AskingPin _,
                        KioskState.AskingCard _,
                        KioskState.TypingCard _ -> {}
                default -> throw new AssertionError("a receipt of loans after " + before);
            }
        }
    }

    private static long timesOn(Printout paper, ReturnRow row) {
        return returnsOn(paper).stream()
                .map(Printout.Return::title)
                .filter(title -> title.equals(row.name()) || title.equals("Nimeke " + row.identifier()))
                .count();
    }

    private static List<Printout.Return> returnsOn(Printout paper) {
        return switch (paper) {
            case Printout.ReturnReceipt receipt -> receipt.returns();
            case Printout.LoanReceipt receipt -> receipt.returned();
            default -> List.of();
        };
    }

    /** What was brought back at a visit stands on its receipt, whichever screen it ends on. */
    private void watchTheReturns(KioskState before, KioskState after) {
        if (after instanceof KioskState.Returning && before instanceof KioskState.Borrowing) {
            saw(Seen.TURNED_TO_RETURNING);
        }
        if (before instanceof KioskState.Returning && after instanceof KioskState.Borrowing) {
            saw(Seen.TURNED_BACK);
        }
        if (after instanceof KioskState.OfferingReceipt offer && !(before instanceof KioskState.OfferingReceipt)) {
            List<ReturnRow> back = new ArrayList<>(before.around().stay().returns());
            if (before instanceof KioskState.Returning last) {
                back.addAll(last.rows());
            }
            long came = back.stream().filter(row -> row.state().isReturned()).count();
            check(returnsOn(offer.receipt()).size() >= came, "the receipt lacks a return");
            if (came > 0
                    && offer.receipt() instanceof Printout.LoanReceipt both
                    && !both.loans().isEmpty()) {
                saw(Seen.RECEIPT_OF_BOTH);
            }
        }
    }

    private void watch(KioskState before, KioskState.Searching searching) {
        if (!(before instanceof KioskState.Searching)) {
            saw(Seen.SEARCHED);
        }
        Optional<Search.Wish> was = before instanceof KioskState.Searching then ? wish(then) : Optional.empty();
        Optional<Search.Wish> wish = wish(searching);
        if (wish.isEmpty() || wish.equals(was)) {
            return;
        }
        switch (wish.get()) {
            case Search.Wish.Placed _ -> {
                saw(Seen.HOLD_PLACED);
                check(
                        card.map(whose -> library.charged(DEAR, whose) <= 1 && library.charged(DEARER, whose) <= 1)
                                .orElse(false),
                        "a hold was charged twice");
                String number = searching.search().open().orElseThrow().title().id();
                check(
                        card.map(whose -> library.waits(number, whose)).orElse(false),
                        number + " is shown as held and is not");
            }
            case Search.Wish.Checking _ -> saw(Seen.HOLD_CHECKED);
            case Search.Wish.Doubtful _ -> saw(Seen.HOLD_UNCERTAIN);
            case Search.Wish.Costs _ -> saw(Seen.HOLD_COSTS);
            case Search.Wish.Chosen _, Search.Wish.Placing _, Search.Wish.NotPlaced _ -> {}
        }
    }

    private static Optional<Search.Wish> wish(KioskState.Searching searching) {
        return searching.search().view() instanceof Search.View.Holding(int _, var _, var wish)
                ? Optional.of(wish)
                : Optional.empty();
    }

    private void watch(KioskState before, KioskState.Account account) {
        if (!(before instanceof KioskState.Account)) {
            saw(Seen.ACCOUNT);
        }
        Map<String, AccountLoan.State> old = new HashMap<>();
        if (before instanceof KioskState.Account was) {
            was.loans().forEach(loan -> old.put(loan.item().identifier(), loan.state()));
            boolean cancelled = account.holds().stream()
                    .anyMatch(hold -> hold.state() instanceof AccountHold.State.Cancelled
                            && was.holds().stream()
                                    .anyMatch(then -> then.number() == hold.number()
                                            && !then.state().equals(hold.state())));
            if (cancelled) {
                saw(Seen.HOLD_CANCELLED);
            }
        }
        for (AccountLoan loan : account.loans()) {
            AccountLoan.State was = old.get(loan.item().identifier());
            String number = loan.item().identifier();
            if (loan.state() instanceof AccountLoan.State.Renewed
                    && !loan.state().equals(was)) {
                saw(Seen.RENEWED);
                check(library.renewals().contains(number), number + " is shown as renewed and was not");
                if (was instanceof AccountLoan.State.Checking) {
                    saw(Seen.RENEWAL_SETTLED);
                }
            }
            boolean failed = loan.state() instanceof AccountLoan.State.NotRenewed(var why, List<String> _)
                    && why.equals(Optional.of(AccountLoan.Why.FAILED))
                    && was instanceof AccountLoan.State.Checking;
            if (failed) {
                check(
                        loan.due().flatMap(DueDate::date).equals(Optional.of(library.due(number))),
                        number + " is shown as not renewed and was");
            }
        }
    }

    private void receiptListsTheRenewals(KioskState.Account account, Printout.LoanReceipt receipt) {
        for (AccountLoan loan : account.loans()) {
            if (loan.state() instanceof AccountLoan.State.Renewed) {
                check(
                        receipt.loans().stream()
                                .anyMatch(line -> line.title().equals(loan.name())
                                        || line.title()
                                                .equals("Nimeke " + loan.item().identifier())),
                        "the receipt lacks the renewal of " + loan.name() + ": " + receipt.loans());
            }
        }
    }

    private void watch(Optional<LoanState> before, LoanRow row) {
        boolean was = before.map(LoanState::isLoan).orElse(false);
        if (row.state().isLoan()) {
            check(stands(row), row.identifier() + " is shown as a loan and is none: " + row.state());
            if (!was) {
                saw(Seen.LOAN);
                if (row.later()) {
                    saw(identified ? Seen.LENT_OFF_LINE : Seen.LENT_WITHOUT_PIN);
                }
                if (before.orElse(null) instanceof LoanState.Checking) {
                    saw(Seen.CHECKING_SETTLED);
                }
            }
        }
        if (row.state() instanceof LoanState.PutBack && !(before.orElse(null) instanceof LoanState.PutBack)) {
            saw(Seen.PUT_BACK);
        }
        if (row.state() instanceof LoanState.Checking && !(before.orElse(null) instanceof LoanState.Checking)) {
            saw(Seen.CHECKING);
        }
        if (row.state() instanceof LoanState.Refused refused && refused.reason() == LoanState.Reason.FAILED) {
            check(!knownToBeLent(row), row.identifier() + " is shown as failed and is a loan");
        }
    }

    /** In the library, on disk, or with staff after the library has refused it: to the patron it is a loan. */
    private boolean stands(LoanRow row) {
        return library.holder(row.identifier()).equals(card)
                || card.map(number -> spool.stands(row.identifier(), number)).orElse(false);
    }

    /**
     * Whether somebody could know at this visit that the patron has it: what the library knows is unknown without a PIN, and what
     * staff have the kiosk does not know.
     */
    private boolean knownToBeLent(LoanRow row) {
        return identified
                ? (library.holder(row.identifier()).equals(card) && !spool.returned(row.identifier()))
                        || card.map(number -> spool.waits(row.identifier(), number))
                                .orElse(false)
                : row.later();
    }

    private void receiptListsTheLoans(List<LoanRow> rows, Patron patron, Printout.LoanReceipt receipt) {
        Set<String> listed = new HashSet<>();
        receipt.loans().forEach(loan -> listed.add(loan.title()));
        check(listed.size() == receipt.loans().size(), "the receipt lists a loan twice");
        receipt.notLent()
                .forEach(not -> rows.stream()
                        .filter(row -> row.name().equals(not.title()))
                        .forEach(row -> check(
                                !knownToBeLent(row),
                                "the receipt says that " + row.identifier() + " is no loan: " + row.state())));
        for (LoanRow row : rows) {
            // The title may have come with the very last answer.
            boolean onIt = listed.contains(row.name()) || listed.contains("Nimeke " + row.identifier());
            boolean lent = knownToBeLent(row);
            check(!onIt || stands(row), "the receipt lists " + row.identifier() + ", which is no loan");
            boolean old = !row.state().onReceipt() && patron.loans().contains(row.identifier());
            boolean doubt = receipt.beingChecked().contains(row.name())
                    || receipt.beingChecked().contains("Nimeke " + row.identifier());
            check(!lent || onIt || old || doubt, "the receipt lacks " + row.identifier() + ": " + row.state());
        }
    }

    private void mustHold() {
        if (state instanceof KioskState.Idle idle) {
            for (Secret pin : pins) {
                for (char digit : pin.reveal()) {
                    check(digit == 0, "a PIN outlived its session");
                }
            }
            pins.clear();
            doubtful.clear();
            held.clear();
            card = Optional.empty();
            Surroundings around = idle.around();
            check(
                    idle.forTheNextAt().isPresent()
                            || (around.language().equals(Language.FINNISH)
                                    && around.preferences().equals(Preferences.NONE)
                                    && !around.aids().speaking()
                                    && !around.aids().keys()
                                    && around.aids().volume() == Aids.USUAL),
                    "an idle kiosk kept something of somebody: " + around.language() + ", " + around.preferences()
                            + ", " + around.aids());
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
