package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KioskWindowTest {
    private static final Map<String, KioskState> STATES = everything();

    private final List<KioskEvent> events = new CopyOnWriteArrayList<>();
    private final KioskWindow window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add);

    private static Map<String, KioskState> everything() {
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(Language.FINNISH));
        states.putAll(Gallery.staff(Language.FINNISH));
        return states;
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void show(String state) {
        window.show(Objects.requireNonNull(STATES.get(state)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    01-idle              | borrow        | Borrow[]
                    01-idle              | return        | Return[]
                    01-idle              | language-sv   | Speak[language=sv]
                    02-choosing          | cancel        | Cancel[]
                    04-pin               | pin-5         | Digit[*]
                    04-pin               | pin-erase     | Erase[]
                    05-pin-wrong         | ok            | Ok[]
                    10-borrowing-done    | finish        | Finish[]
                    10-borrowing-done    | account       | Account[]
                    01-idle              | account       | Account[]
                    07-blocked-fees      | account       | Account[]
                    30-account-loans     | renew-all     | RenewAll[]
                    30-account-loans     | page-holds    | Turn[page=HOLDS]
                    30-account-loans     | borrow        | Borrow[]
                    34-account-holds     | cancel-hold-1 | CancelHold[row=1]
                    35-account-cancel    | really-3      | ReallyCancel[row=3]
                    35-account-cancel    | keep-hold-3   | KeepHold[row=3]
                    11-borrowing-mixed   | keep-6        | Keep[row=6]
                    11-borrowing-mixed   | renew-6       | Renew[row=6]
                    11-borrowing-parts   | in-case-2     | PartsInCase[row=2]
                    19-returning-parts   | incomplete-1  | ReturnIncomplete[row=1]
                    21-receipt           | print-receipt | PrintReceipt[]
                    21-receipt           | no-receipt    | NoReceipt[]
                    70-receipt-mail      | mail-receipt  | MailReceipt[]
                    71-receipt-mail-no-paper | mail-receipt | MailReceipt[]
                    24-warning           | continue      | StillHere[]
                    40-staff-pin         | ok            | Ok[]
                    42-staff-main        | staff-pad     | Staff[act=Open[page=PAD]]
                    42-staff-main        | staff-close   | Staff[act=Close[]]
                    48-staff-bins        | staff-back    | Staff[act=Open[page=MAIN]]
                    50-staff-service     | take-out-paused | Staff[act=TakeOut[why=PAUSED]]
                    51-staff-service-closed | put-back   | Staff[act=PutBack[]]
                    24-warning           | more-time     | Prefer[what=MORE_TIME, on=true]
                    01-idle              | access        | ShowPreferences[open=true]
                    60-preferences       | access        | ShowPreferences[open=false]
                    60-preferences       | preferences-done | ShowPreferences[open=false]
                    60-preferences       | prefer-large-text | Prefer[what=LARGE_TEXT, on=true]
                    """)
    void turnsATouchIntoItsEvent(String state, String node, String choice) {
        show(state);
        window.press(node);
        assertThat(events)
                .singleElement()
                .extracting(event -> ((KioskEvent.Touched) event).choice())
                .hasToString(choice);
    }

    @Test
    void refusesToPressWhatIsNotThere() {
        show("01-idle");
        assertThatThrownBy(() -> window.press("finish")).hasMessageContaining("not on this screen");
        assertThat(window.canPress("finish")).isFalse();
    }

    @Test
    void refusesToPressWhatIsDisabled() {
        show("04-pin");
        assertThatThrownBy(() -> window.press("ok")).hasMessageContaining("disabled");
    }

    @Test
    void refusesToPressWhatIsCovered() {
        show("24-warning");
        assertThatThrownBy(() -> window.press("finish")).hasMessageContaining("covered");
        assertThat(events).isEmpty();
    }

    @Test
    void reachesEveryRowByTheButtonsBesideTheList() {
        show("12-borrowing-rare");
        assertThat(window.canPress("ack-1")).isFalse();
        for (int i = 0; i < 40 && !window.canPress("ack-1"); i++) {
            window.press("rows-down");
        }
        assertThat(window.canPress("ack-1")).isTrue();
        assertThat(window.canPress("rows-up")).isTrue();
    }

    @Test
    void keepsATouchThatBeganBeforeAStateCame() {
        show("10-borrowing-done");
        Node before = lookup("finish");
        show("09-borrowing-work");
        assertThat(lookup("finish")).isSameAs(before);
    }

    @Test
    void forgetsTheDigitsWhenItLeavesThePin() {
        show("05-pin-wrong");
        show("01-idle");
        show("04-pin");
        assertThat(Glass.onFxThread(() ->
                        window.glass().scene().getRoot().lookupAll(".pin-dot").size()))
                .isEqualTo(3);
    }

    /** 64 carries AE, AJ carries titles: a name must never find its way to the glass, and no screen knows one. */
    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void neverShowsACardNumberOrAPin(Language language) {
        for (KioskState state : Gallery.states(language).values()) {
            window.show(state);
            assertThat(Glass.onFxThread(
                            () -> texts(window.glass().scene().getRoot()).toList()))
                    .noneMatch(text -> text.contains("2000012345") || text.contains("1111"));
        }
    }

    private static Stream<String> texts(Node root) {
        return root.lookupAll(".label").stream().map(node -> ((Labeled) node).getText());
    }

    private Node lookup(String id) {
        return Glass.onFxThread(() -> window.glass().scene().lookup("#" + id));
    }

    @Test
    void saysChoicesInTheLanguageOfTheState() {
        window.show(Objects.requireNonNull(Gallery.states(Language.SWEDISH).get("01-idle")));
        assertThat(lookup("return").getAccessibleText()).isEqualTo("Återlämna");
        window.press("return");
        assertThat(events).containsExactly(new KioskEvent.Touched(new Choice.Return()));
    }
}
