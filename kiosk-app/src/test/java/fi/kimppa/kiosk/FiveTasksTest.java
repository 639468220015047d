package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What most people come for, done once each by somebody who has never stood here: real screens on the smallest display, where the least
 * of a list is seen at once, real touches, the virtual desk and real wires. Taps are counted; a card, the keys of a PIN and letters
 * are not, since nobody can be spared them. The most taps allowed stand in {@code docs/reference/accessibility.md} too.
 */
class FiveTasksTest extends KioskAtDesk {
    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "accessibility.md");
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    /** In whichever task. */
    private static final int MOST_AFTER_THE_PIN = 3;

    /** As the contract's title names it. */
    private static final String COPY = "catalogue-1";

    private final KioskWindow window =
            KioskWindow.open("Kimppa", DeviceProfile.COMPACT, false, event -> kiosk().offer(event));
    private int taps;
    private int tapsBeforeThePin;
    private int tapsWhenDone;

    FiveTasksTest() {
        super(new ModelLibrary()
                .patron(CARD, PIN)
                .item("3000000011")
                .item("3000000028")
                .item("3000000042")
                .item(COPY, "Sopimuksen synty / Kaisa Kontti"));
    }

    @BeforeEach
    void switchOn() throws IOException {
        reports.catalogue("titles", 200, Files.readString(CONTRACT.resolve("catalogue-titles.json")));
        reports.catalogue("title", 200, Files.readString(CONTRACT.resolve("catalogue-title.json")));
        reports.catalogue("branches", 200, "{\"branches\": [{\"branch\": \"TURKU\", \"name\": \"Turku\"}]}");
    }

    @AfterEach
    void closeTheWindow() {
        window.close();
    }

    // ---- the tasks ---------------------------------------------------------------------------------------

    @Test
    void borrowsAPile() throws IOException {
        comes();
        tap("borrow");
        showsCardAndPin();
        lay("3000000011");
        lay("3000000028");
        lay("3000000042");
        until(KioskState.Borrowing.class, state -> state.done() == 3 && state.settled());
        assertThat(library.loansOf(CARD)).hasSize(3);
        assertThat(afi("3000000042")).isEqualTo(UNSECURED);
        done();
        tap("finish");
        tap("no-receipt");
        left("Borrow a pile", 1, 2);
    }

    @Test
    void returnsWithoutACard() throws IOException {
        library.lend("3000000042", "2000012379");
        comes();
        tap("return");
        lay("3000000042");
        until(
                KioskState.Returning.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof ReturnState.Returned));
        assertThat(library.holder("3000000042")).isEmpty();
        assertThat(afi("3000000042")).isEqualTo(SECURED);
        done();
        desk.pad().clear();
        tap("finish");
        tap("no-receipt");
        left("Return without a card", 1, 2);
    }

    @Test
    void renewsAll() throws IOException {
        library.lend("3000000011", CARD).lend("3000000028", CARD);
        comes();
        tap("account");
        showsCardAndPin();
        tap("renew-all");
        until(KioskState.Account.class, state -> state.renewed() == 2 && !state.renewing());
        assertThat(library.renewals()).containsExactlyInAnyOrder("3000000011", "3000000028");
        done();
        tap("finish");
        tap("no-receipt");
        left("Renew all", 2, 2);
    }

    @Test
    void collectsAHold() throws IOException {
        library.hold("3000000028", CARD);
        comes();
        tap("borrow");
        showsCardAndPin();
        until(KioskState.Borrowing.class, state -> state.patron().ready().isPresent());
        lay("3000000028");
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.settled());
        assertThat(library.holder("3000000028")).contains(CARD);
        assertThat(library.waits("3000000028", CARD)).isFalse();
        done();
        tap("finish");
        tap("no-receipt");
        left("Collect a hold", 1, 2);
    }

    @Test
    void findsABookAndPlacesAHold() throws IOException {
        comes();
        tap("search");
        "sopimus".chars().forEach(letter -> press("letter-" + (char) letter));
        tap("search-go");
        tap("open-1");
        tap("hold-here");
        showsCardAndPin();
        until(
                KioskState.Searching.class,
                state -> state.search().view() instanceof Search.View.Holding(int _, var _, Search.Wish.Placed _));
        assertThat(library.waits(COPY, CARD)).isTrue();
        done();
        tap("finish");
        left("Find a book and place a hold", 4, 1);
    }

    /** The same where the hold costs something: one tap more, which nobody is spared. */
    @Test
    void findsABookAndPlacesAHoldThatCosts() throws IOException {
        library.dear(COPY, "1.00");
        comes();
        tap("search");
        "sopimus".chars().forEach(letter -> press("letter-" + (char) letter));
        tap("search-go");
        tap("open-1");
        tap("hold-here");
        showsCardAndPin();
        tap("answer-no");
        until(
                KioskState.Searching.class,
                state -> state.search().view() instanceof Search.View.Holding(int _, var _, Search.Wish.Costs _)
                        && state.question().isEmpty());
        assertThat(library.waits(COPY, CARD)).isFalse();
        tap("search-back");
        tap("open-1");
        tap("hold-here");
        tap("answer-yes");
        until(
                KioskState.Searching.class,
                state -> state.search().view() instanceof Search.View.Holding(int _, var _, Search.Wish.Placed _));
        assertThat(library.waits(COPY, CARD)).isTrue();
        assertThat(library.charged(COPY, CARD)).isOne();
        tap("finish");
    }

    /** All is renewed but what costs something, and that is renewed from its row. */
    @Test
    void renewsAllAndThenWhatCosts() throws IOException {
        library.lend("3000000011", CARD).lend("3000000028", CARD).dearRenewal("3000000028", "1.50");
        comes();
        tap("account");
        showsCardAndPin();
        tap("renew-all");
        until(KioskState.Account.class, state -> state.renewed() == 1 && !state.renewing());
        pageTo("renew-2");
        tap("renew-2");
        tap("answer-no");
        until(KioskState.Account.class, state -> state.question().isEmpty());
        assertThat(library.renewals()).containsExactly("3000000011");
        pageTo("renew-2");
        tap("renew-2");
        tap("answer-yes");
        until(KioskState.Account.class, state -> state.renewed() == 2);
        assertThat(library.renewals()).containsExactly("3000000011", "3000000028");
        tap("finish");
    }

    /** What was not borrowed for its price is borrowed from its row by whoever thinks again. */
    @Test
    void borrowsWhatCostsAfterASecondThought() throws IOException {
        library.dearLoan("3000000011", "1.50");
        comes();
        tap("borrow");
        showsCardAndPin();
        lay("3000000011");
        tap("answer-no");
        until(KioskState.Borrowing.class, state -> state.question().isEmpty() && state.notDone() == 1);
        pageTo("retry-1");
        tap("retry-1");
        tap("answer-yes");
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.settled());
        assertThat(library.holder("3000000011")).contains(CARD);
        tap("finish");
    }

    // ---- the person --------------------------------------------------------------------------------------

    private void comes() {
        start("", "");
        kiosk().addListener(window::show);
        until(
                KioskState.Idle.class,
                state -> state.around().searchable() && state.around().banners().isEmpty());
        window.show(kiosk().state());
    }

    private void tap(String button) {
        press(button);
        taps++;
    }

    /** As soon as it can be reached; whoever would have to page to it never reaches it here. */
    private void press(String button) {
        happens("a way to touch " + button, () -> window.canPress(button));
        window.press(button);
    }

    /** What stands further down is no part of a task that counts taps. */
    private void pageTo(String button) {
        happens("a page with " + button, () -> {
            if (!window.canPress(button) && window.canPress("rows-down")) {
                window.press("rows-down");
            }
            return window.canPress(button);
        });
    }

    private void showsCardAndPin() {
        scan(CARD);
        until(KioskState.AskingPin.class, _ -> true);
        tapsBeforeThePin = taps;
        PIN.chars().forEach(digit -> press("pin-" + (char) digit));
        press("ok");
    }

    private void done() {
        tapsWhenDone = taps;
    }

    /** Takes everything along; nothing of the visit is left. */
    private void left(String task, int most, int toLeave) throws IOException {
        desk.pad().clear();
        until(KioskState.Idle.class, _ -> true);
        assertThat(tapsWhenDone).as("taps until it is done").isLessThanOrEqualTo(most);
        assertThat(taps - tapsWhenDone).as("taps to leave").isLessThanOrEqualTo(toLeave);
        assertThat(taps - tapsBeforeThePin).as("taps after the PIN").isLessThanOrEqualTo(MOST_AFTER_THE_PIN);
        assertThat(Files.readString(DOCUMENT)).contains("| " + task + " | " + most + " | " + toLeave + " |");
    }
}
