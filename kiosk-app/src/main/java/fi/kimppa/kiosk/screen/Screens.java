package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.text.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.layout.StackPane;

/** The switch from state to screen. FX thread. */
final class Screens {
    private final DeviceProfile profile;
    private final Touch touch;
    private final StackPane root = new StackPane();
    private Optional<Set> current = Optional.empty();
    private boolean steady;
    private boolean spelling;

    Screens(DeviceProfile profile, Consumer<KioskEvent> events) {
        this.profile = profile;
        this.touch = new Touch(new DoubleStrikes(events, System::nanoTime, () -> steady));
        root.getStyleClass().add("root");
    }

    StackPane root() {
        return root;
    }

    /** Whether what somebody types on a keyboard are letters. */
    boolean spelling() {
        return spelling;
    }

    /** Shows a state. */
    void show(KioskState state) {
        Preferences preferences = state.around().preferences();
        spelling = Keypad.spelling(state);
        steady = preferences.has(Preference.MORE_TIME);
        Set set = current.filter(there -> there.serves(
                        state.language(), Look.of(preferences), state.around().settings()))
                .filter(there -> !there.hasServed || !nobody(state))
                .orElseGet(() -> open(state));
        set.show(state);
    }

    private static boolean nobody(KioskState state) {
        return state instanceof KioskState.Idle || state instanceof KioskState.OutOfService;
    }

    private Set open(KioskState state) {
        Look look = Look.of(state.around().preferences());
        Branding branding = state.around().settings().branding();
        Theme.wear(root, look);
        Theme.brand(root, Palette.of(branding), look);
        Texts texts = Texts.in(state.language()).worded(branding.wording(state.language()));
        var set = new Set(new Room(texts, profile, look, touch, branding), state);
        current = Optional.of(set);
        root.getChildren().setAll(set.frame.whole(), set.warning.whole(), set.hints);
        return set;
    }

    /**
     * All screens in one language and look, for one visit: what is not on the glass any more is not drawn any more either, and JavaFX
     * would keep the titles on it until it is shown to the next patron.
     */
    private static final class Set {
        private final Room room;
        private final KioskSettings settings;
        private final Frame frame;
        private final TimeoutWarning warning;
        private final PreferencesScreen preferences;
        private final QuestionScreen question;
        private final HelpScreen help;
        private final KeyHints hints;
        private final IdleScreen idle;
        private final CollectionsScreen collections;
        private final ChoosingScreen choosing;
        private final PinScreen<KioskState.StaffPin> staffPin;
        private final StaffScreen staff;
        private final CardScreen card;
        private final PinScreen<KioskState.AskingPin> pin;
        private final TypedCardScreen typedCard;
        private final WaitScreen wait;
        private final BlockedScreen blocked;
        private final BorrowingScreen borrowing;
        private final AccountScreen account;
        private final SearchScreens search;
        private final ReturningScreen returning;
        private final ReceiptScreen receipt;
        private final FarewellScreen farewell;
        private final OutOfServiceScreen outOfService;
        private Optional<Screen<?>> shown = Optional.empty();
        private boolean hasServed;

        Set(Room room, KioskState state) {
            settings = state.around().settings();
            this.room = room;
            frame = new Frame(room, settings.languages());
            warning = new TimeoutWarning(room);
            preferences = new PreferencesScreen(room);
            question = new QuestionScreen(room);
            help = new HelpScreen(room);
            hints = new KeyHints(Keypad.MOST_ON_A_PAGE, frame.whole(), warning.whole());
            idle = new IdleScreen(room, settings.offerings());
            choosing = new ChoosingScreen(room, settings.offerings());
            collections = new CollectionsScreen(room);
            staffPin = PinScreen.ofStaff(room);
            staff = new StaffScreen(room);
            card = new CardScreen(room);
            pin = PinScreen.ofPatrons(room);
            typedCard = new TypedCardScreen(room);
            wait = new WaitScreen(room);
            blocked = new BlockedScreen(room);
            borrowing = new BorrowingScreen(room);
            account = new AccountScreen(room);
            search = new SearchScreens(room);
            returning = new ReturningScreen(room);
            receipt = new ReceiptScreen(room);
            farewell = new FarewellScreen(room);
            outOfService = new OutOfServiceScreen(room);
        }

        boolean serves(Language language, Look look, KioskSettings now) {
            return room.texts().language().equals(language) && room.look().equals(look) && settings.equals(now);
        }

        void show(KioskState state) {
            hasServed |= !nobody(state);
            if (state.around().preferences().help()) {
                put(help, state);
            } else if (state.around().preferences().open()) {
                put(preferences, state);
            } else if (state.question().isPresent()) {
                put(question, state);
            } else {
                putItsOwn(state);
            }
            frame.around(state);
            state.waiting()
                    .filter(patience -> patience.warned())
                    .ifPresentOrElse(
                            patience -> warning.show(
                                    patience.secondsLeft(state.around().now())),
                            warning::hide);
            hints.show(state);
        }

        private void putItsOwn(KioskState state) {
            switch (state) {
                case KioskState.OutOfService out -> put(outOfService, out);
                case KioskState.Idle nobody -> put(idle, nobody);
                case KioskState.ElectronicCollections offered -> put(collections, offered);
                case KioskState.Choosing items -> put(choosing, items);
                case KioskState.StaffPin asking -> put(staffPin, asking);
                case KioskState.StaffMenu menu -> put(staff, menu);
                case KioskState.AskingCard asking -> put(card, asking);
                case KioskState.TypingCard typing -> put(typedCard, typing);
                case KioskState.AskingPin asking -> put(pin, asking);
                case KioskState.Identifying asked -> put(wait, asked);
                case KioskState.Blocked stopped -> put(blocked, stopped);
                case KioskState.Borrowing pile -> put(borrowing, pile);
                case KioskState.Account pages -> put(account, pages);
                case KioskState.Searching looking -> put(search.of(looking), looking);
                case KioskState.Returning pile -> put(returning, pile);
                case KioskState.OfferingReceipt offer -> put(receipt, offer);
                case KioskState.Farewell bye -> put(farewell, bye);
            }
        }

        private <S extends KioskState> void put(Screen<S> screen, S state) {
            if (shown.filter(screen::equals).isEmpty()) {
                shown.ifPresent(Screen::hide);
                shown = Optional.of(screen);
                frame.put(screen);
            }
            screen.show(state);
        }
    }
}
