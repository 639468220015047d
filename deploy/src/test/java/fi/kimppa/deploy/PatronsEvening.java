package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.AfiPair;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A patron borrows a pile at one kiosk and brings it back to another, while devices fail by a seed. What the screens and the paper said
 * is compared with what the library knows. Threads: one visit at a time.
 */
final class PatronsEvening {
    private static final Duration A_PILE = Duration.ofMillis(700);
    private static final Duration AWAY = Duration.ofMillis(900);
    private static final Pattern LOANS_ON_PAPER = Pattern.compile("LAINAT\\s+(\\d+)");
    private static final int UNSECURED = AfiPair.STANDARD.of(TagSecurity.UNSECURED);

    private final House house;
    private final String card;
    private final String pin;
    private final Random random;
    private final List<String> log = new ArrayList<>();
    private final Map<String, VirtualTag> hands = new HashMap<>();
    private final Map<String, LoanState> lent = new HashMap<>();
    private final Map<String, ReturnState> returned = new HashMap<>();
    private int withoutConnection;

    PatronsEvening(House house, String card, String pin, List<String> books, long seed) {
        this.house = house;
        this.card = card;
        this.pin = pin;
        this.random = new Random(seed);
        for (String book : books) {
            hands.put(book, DemoTags.tag(ItemTag.single(book, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED));
        }
    }

    private enum Trouble {
        NONE,
        PAD_UNPLUGGED,
        LIFTED_AND_LAID_AGAIN,
        SECURITY_NOT_WRITTEN,
        NO_PAPER
    }

    private Trouble draw() {
        Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
        log.add(trouble.toString());
        return trouble;
    }

    /** Borrows what is in the patron's hands. */
    void borrow(SeenKiosk kiosk) {
        kiosk.awaitIdle();
        Trouble trouble = draw();
        kiosk.desk().printer().setPaper(trouble == Trouble.NO_PAPER ? Paper.OUT : Paper.ENOUGH);
        int slips = kiosk.desk().printer().slips().size();
        kiosk.signIn(card, pin);
        layAll(kiosk);
        befall(trouble, kiosk);
        House.await(
                "every book has its row and its end",
                SeenKiosk.PATIENCE,
                () -> !(kiosk.state() instanceof KioskState.Borrowing)
                        || hands.keySet().stream().allMatch(book -> ended(loan(kiosk, book))));
        boolean receipt = random.nextBoolean();
        kiosk.leave(receipt);
        hands.keySet()
                .forEach(book -> loan(kiosk, book).ifPresent(row -> {
                    lent.put(book, row.state());
                    withoutConnection += row.later() && row.state().onReceipt() ? 1 : 0;
                }));
        if (receipt && trouble != Trouble.NO_PAPER) {
            assertPaper(kiosk, slips);
        }
        takeAll(kiosk);
    }

    private static Optional<LoanRow> loan(SeenKiosk kiosk, String book) {
        return kiosk.loans().stream()
                .filter(row -> row.item()
                        .filter(item -> item.identifier().equals(book))
                        .isPresent())
                .findFirst();
    }

    private static boolean ended(Optional<LoanRow> row) {
        return row.map(LoanRow::state)
                .filter(state -> switch (state) {
                    case LoanState.Done _, LoanState.SeeStaff _, LoanState.Refused _ -> true;
                    case LoanState.Queued _,
                            LoanState.Lending _,
                            LoanState.Securing _,
                            LoanState.PutBack _,
                            LoanState.RenewOffer _,
                            LoanState.Renewing _,
                            LoanState.Renewed _,
                            LoanState.NotRenewed _,
                            LoanState.Kept _,
                            LoanState.Incomplete _,
                            LoanState.Checking _,
                            LoanState.Offline _,
                            LoanState.PadAway _ -> false;
                })
                .isPresent();
    }

    /** The paper lists as many loans as the screen did. */
    private void assertPaper(SeenKiosk kiosk, int before) {
        long loans = lent.values().stream().filter(LoanState::onReceipt).count();
        if (loans == 0) {
            return;
        }
        House.await(
                "the receipt is printed",
                SeenKiosk.PATIENCE,
                () -> kiosk.desk().printer().slips().size() > before);
        PrintedSlip slip = kiosk.desk().printer().slips().getLast();
        Matcher count = LOANS_ON_PAPER.matcher(slip.text());
        assertThat(count.find()).as("the receipt counts:\n" + slip.text()).isTrue();
        assertThat(Long.parseLong(count.group(1))).as(this + "\n" + slip.text()).isEqualTo(loans);
        assertThat(slip.text()).as(this + ": a receipt names no card").doesNotContain(card);
    }

    /** Brings back what was lent. */
    void bringBack(SeenKiosk kiosk) {
        hands.keySet().retainAll(lentBooks());
        if (hands.isEmpty()) {
            return;
        }
        kiosk.awaitIdle();
        Trouble trouble = draw();
        kiosk.desk().printer().setPaper(trouble == Trouble.NO_PAPER ? Paper.OUT : Paper.ENOUGH);
        layAll(kiosk);
        House.await("the kiosk takes things back", SeenKiosk.PATIENCE, () -> {
            if (kiosk.state() instanceof KioskState.Idle || kiosk.state() instanceof KioskState.Choosing) {
                kiosk.touch(new Choice.Return());
            }
            return kiosk.state() instanceof KioskState.Returning;
        });
        befall(trouble, kiosk);
        House.await(
                "every book is taken back",
                SeenKiosk.PATIENCE,
                () -> !(kiosk.state() instanceof KioskState.Returning)
                        || hands.keySet().stream()
                                .allMatch(book -> back(kiosk, book)
                                        .filter(row -> row.state() instanceof ReturnState.Returned
                                                || row.state() instanceof ReturnState.ToBin)
                                        .isPresent()));
        kiosk.leave(random.nextBoolean());
        hands.keySet().forEach(book -> back(kiosk, book).ifPresent(row -> returned.put(book, row.state())));
        takeAll(kiosk);
    }

    private static Optional<ReturnRow> back(SeenKiosk kiosk, String book) {
        return kiosk.returns().stream()
                .filter(row -> row.item()
                        .filter(item -> item.identifier().equals(book))
                        .isPresent())
                .findFirst();
    }

    private void layAll(SeenKiosk kiosk) {
        hands.values().forEach(kiosk.desk().pad()::lay);
    }

    /** Lifts everything, with what was written on it meanwhile. */
    private void takeAll(SeenKiosk kiosk) {
        hands.replaceAll((_, tag) -> kiosk.desk().pad().lift(tag.uid()).orElse(tag));
        House.await("nobody is known", SeenKiosk.PATIENCE, () -> kiosk.state() instanceof KioskState.Idle);
    }

    private void befall(Trouble trouble, SeenKiosk kiosk) {
        switch (trouble) {
            case NONE, NO_PAPER -> {}
            case PAD_UNPLUGGED -> {
                House.moment(random, A_PILE);
                kiosk.desk().pad().unplug();
                House.moment(random, AWAY);
                kiosk.desk().pad().replug();
            }
            case LIFTED_AND_LAID_AGAIN -> {
                House.moment(random, A_PILE);
                VirtualTag one = hands.values().iterator().next();
                VirtualTag held = kiosk.desk().pad().lift(one.uid()).orElse(one);
                LockSupport.parkNanos(AWAY.toNanos());
                kiosk.desk().pad().lay(held);
            }
            case SECURITY_NOT_WRITTEN ->
                kiosk.desk()
                        .pad()
                        .failSecurityWrites(hands.values().iterator().next().uid(), 1 + random.nextInt(2));
        }
    }

    private List<String> lentBooks() {
        return lent.entrySet().stream()
                .filter(entry -> entry.getValue().onReceipt())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the library has lent what the patron was told is lent, and nothing else. */
    void assertLent() {
        for (String book : hands.keySet()) {
            Optional<LoanState> told = Optional.ofNullable(lent.get(book));
            List<Store.Loan> loans = house.store().loans(book);
            String what = this + ": " + book + ", told " + told;
            assertThat(loans).as(what).hasSizeLessThanOrEqualTo(1);
            boolean nobodyKnew =
                    told.filter(LoanState.Checking.class::isInstance).isPresent();
            if (!nobodyKnew) {
                assertThat(open(loans))
                        .as(what)
                        .isEqualTo(told.filter(LoanState::onReceipt).isPresent());
            }
            if (silent(book)) {
                assertThat(open(loans)).as(what + ", and the gate is silent").isTrue();
            }
        }
    }

    /** Whether the library has back, once, what the patron was told is returned. */
    void assertReturned() {
        returned.forEach((book, told) -> {
            if (told.isReturned()) {
                List<Store.Loan> loans = house.store().loans(book);
                String what = this + ": " + book + ", told " + told;
                assertThat(loans).as(what).hasSize(1);
                assertThat(open(loans)).as(what).isFalse();
            }
            if (told instanceof ReturnState.Returned || told instanceof ReturnState.ToBin) {
                assertThat(silent(book))
                        .as(this + ": the gate is silent for " + book)
                        .isFalse();
            }
        });
    }

    /** Whether every loan that was told is in the library; one without connection comes there later. */
    boolean recorded() {
        return lentBooks().stream().allMatch(book -> open(house.store().loans(book)));
    }

    /** Whether everything that was brought back was taken by the library. */
    boolean settled() {
        return returned.entrySet().stream()
                .filter(entry -> entry.getValue().isReturned())
                .noneMatch(entry -> open(house.store().loans(entry.getKey())));
    }

    /** How many books were lent, as the patron knows. */
    int loans() {
        return lentBooks().size();
    }

    /** How many of them while no gateway answered. */
    int loansWithoutConnection() {
        return withoutConnection;
    }

    /** How many books were taken back, as the patron knows. */
    long returns() {
        return returned.values().stream().filter(ReturnState::isReturned).count();
    }

    /** Whether the gate would not notice this book. */
    private boolean silent(String book) {
        return Optional.ofNullable(hands.get(book))
                .filter(tag -> tag.afi() == UNSECURED)
                .isPresent();
    }

    private static boolean open(List<Store.Loan> loans) {
        return loans.stream().anyMatch(loan -> loan.returned().isEmpty());
    }

    @Override
    public String toString() {
        return "evening of " + log;
    }
}
