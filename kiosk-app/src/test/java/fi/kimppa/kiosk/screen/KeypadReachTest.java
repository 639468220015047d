package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Aided;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LetterRows;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.session.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

/** Holds the keypad against the glass: whoever cannot touch can do what can be touched. */
class KeypadReachTest {
    private final List<KioskEvent> events = new ArrayList<>();

    @Test
    void theKeypadReachesEverythingThatCanBeTouched() {
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(Language.FINNISH));
        states.putAll(Gallery.corners(Language.FINNISH));
        int found = 0;
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            for (Map.Entry<String, KioskState> state : states.entrySet()) {
                window.show(state.getValue());
                Set<Choice> touchable = touchable(window, state.getValue());
                found += touchable.size();
                assertThat(reachable(state.getValue())).as(state.getKey()).containsAll(touchable);
            }
        }
        assertThat(found).isGreaterThan(states.size());
    }

    /** What a finger can do here that means something here; rows that wait behind the paging buttons count as well. */
    private static Set<Choice> touchable(KioskWindow window, KioskState state) {
        Step nothing = KioskSession.step(state, new KioskEvent.Touched(new Choice.StillHere()));
        Set<Choice> choices = new LinkedHashSet<>();
        Glass.onFxThread(() -> {
            Parent root = window.glass().scene().getRoot();
            root.applyCss();
            root.layout();
            // Nothing can be touched through the warning.
            Node veil = root.lookup(".veil");
            collect(veil != null && veil.isVisible() ? veil : root, choices);
            return true;
        });
        // The language that is spoken already is no choice.
        choices.remove(new Choice.Speak(state.language()));
        choices.removeIf(choice ->
                KioskSession.step(state, new KioskEvent.Touched(choice)).equals(nothing));
        return choices;
    }

    private static void collect(Node node, Set<Choice> choices) {
        boolean waits = node.getParent() instanceof RowList;
        if (!node.isVisible() && !waits) {
            return;
        }
        if (node instanceof Button button) {
            if (!button.isDisabled()) {
                Touch.choice(button).ifPresent(choices::add);
            }
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, choices));
        }
    }

    /** What the keys do from here: on every page each digit, the star and the hash. */
    private static Set<Choice> reachable(KioskState state) {
        Set<Choice> choices = new LinkedHashSet<>();
        for (Keypad.Page page : Keypad.pages(state)) {
            KioskState there = Aided.listening(state, page.at());
            choices.addAll(page.choices());
            assertThat(page.choices()).hasSizeLessThanOrEqualTo(Keypad.MOST_ON_A_PAGE);
            if (Keypad.spelling(there)) {
                // TelephoneKeysTest has the keys of each letter.
                Stream.of(LetterRows.LETTERS, LetterRows.OTHERS)
                        .flatMap(List::stream)
                        .flatMapToInt(String::chars)
                        .mapToObj(letter -> new Choice.InSearch(new SearchAct.Letter((char) letter)))
                        .forEach(choices::add);
                choices.add(new Choice.InSearch(new SearchAct.Letter(' ')));
                choices.addAll(
                        List.of(new Choice.InSearch(new SearchAct.Erase()), new Choice.InSearch(new SearchAct.Go())));
            }
            if (Keypad.typing(there)) {
                for (int digit = 0; digit <= 9; digit++) {
                    choices.add(new Choice.Digit(digit));
                }
                choices.addAll(List.of(new Choice.Erase(), new Choice.Ok()));
            }
        }
        return choices;
    }

    @Test
    void numbersStandBesideTheActionsWhileTheKeypadIsInUse() {
        KioskState borrowing = Gallery.state(Language.FINNISH, "11-borrowing-mixed");
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            window.show(borrowing);
            assertThat(numbers(window)).isEmpty();
            KioskState listening = Aided.listening(borrowing);
            window.show(listening);
            int choices = Keypad.page(listening).choices().size();
            assertThat(numbers(window)).hasSize(choices).contains("1", Integer.toString(choices));
        }
    }

    private static List<String> numbers(KioskWindow window) {
        return Glass.onFxThread(() -> {
            Parent root = window.glass().scene().getRoot();
            root.applyCss();
            root.layout();
            return root.lookupAll(".key-number").stream()
                    .filter(Node::isVisible)
                    .map(node -> ((Label) node).getText())
                    .sorted()
                    .toList();
        });
    }

    @Test
    void theRowInHandIsBroughtIntoViewWithARingAroundIt() {
        KioskState rare = Gallery.state(Language.FINNISH, "12-borrowing-rare");
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            for (Keypad.Page page : Keypad.pages(rare)) {
                window.show(Aided.listening(rare, page.at()));
                // The second time the rows stand where the first has brought them.
                window.show(Aided.listening(rare, page.at()));
                boolean ringed = Glass.onFxThread(() -> {
                    Parent root = window.glass().scene().getRoot();
                    root.applyCss();
                    root.layout();
                    boolean inView =
                            root.lookupAll("." + KeyHints.IN_HAND).stream().anyMatch(Node::isVisible);
                    return inView && root.lookup(".focus-ring").isVisible();
                });
                assertThat(ringed).as("page %s", page.at()).isEqualTo(page.row().isPresent());
            }
        }
    }

    @Test
    void aKeyboardIsAKeypadAndAHeldKeyCountsOnce() {
        try (var window = KioskWindow.offScreen(DeviceProfile.MIDDLE, events::add)) {
            window.show(Gallery.state(Language.FINNISH, "04-pin"));
            Glass.onFxThread(() -> {
                Stream.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)
                        .forEach(type -> key(window, type, "1", KeyCode.NUMPAD1));
                key(window, KeyEvent.KEY_PRESSED, "\r", KeyCode.ENTER);
                key(window, KeyEvent.KEY_PRESSED, "*", KeyCode.MULTIPLY);
                key(window, KeyEvent.KEY_PRESSED, "+", KeyCode.ADD);
                key(window, KeyEvent.KEY_PRESSED, "q", KeyCode.Q);
                return true;
            });
        }
        assertThat(events)
                .containsExactly(
                        new KioskEvent.Pressed(new Key.Digit(1)),
                        new KioskEvent.Pressed(new Key.Enter()),
                        new KioskEvent.Pressed(new Key.Back()),
                        new KioskEvent.Pressed(new Key.Louder()));
    }

    private static void key(KioskWindow window, javafx.event.EventType<KeyEvent> type, String text, KeyCode code) {
        var root = window.glass().scene().getRoot();
        javafx.event.Event.fireEvent(root, new KeyEvent(type, text, text, code, false, false, false, false));
    }
}
