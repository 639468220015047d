package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.FaultCode;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.text.Wording;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * What stands around every screen, at the same place on each: library, help and clock above; what does not work below
 * them; the way to the preferences and the languages at the lower left, the actions at the lower right.
 */
final class Frame {
    private static final List<Banner> MOST_URGENT_FIRST = List.of(
            Banner.PAD_LOST,
            Banner.PAD_LOST_RETURNS,
            Banner.OFFLINE,
            Banner.OFFLINE_LENDS,
            Banner.PAPER_OUT,
            Banner.NO_RECEIPTS,
            Banner.TICKET_LEFT);

    private static final double LOGO_EM = 1.35;

    /** With more of them, each in its own words, there is no room for the word of help beside them, nor for all but one of them. */
    private static final int FEW_LANGUAGES = 3;

    private final Room room;
    private final Label library = Words.of("library", "");
    private final Label help = Words.of("help", "");
    private final Label clock = Words.of("clock", "");
    private final Label code = Words.of("clock", "");
    private final Label opening = Words.of("help", "");
    private final Label institution = Words.of("help", "");
    private final HBox statusLine;
    private final Optional<Node> logo;
    private final boolean logoHasName;
    private final Map<Banner, HBox> banners = new EnumMap<>(Banner.class);
    private final Label notice = Words.of("body", "");
    private final HBox noticeLine = new HBox(Icon.INFO.node(), notice);
    private final VBox bannerLines = new VBox();
    private final StackPane middle = new StackPane();
    private final Region open = Icon.ACCESS.node();
    private final Region close = Icon.STOP.node();
    private final Button ask;
    private final Button access;
    private final HBox languages;
    private final HBox actions;
    private final BorderPane whole = new BorderPane();
    private List<Node> fitted = List.of();

    Frame(Room room, List<Language> offered) {
        this.room = room;
        for (Label label : List.of(library, opening, help, code, clock, institution)) {
            label.setWrapText(false);
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        help.setId("help");
        code.setId("code");
        opening.setId("opening");
        institution.setId("institution");
        // As high as the buttons beside it, and in the middle as their words are.
        institution.setMaxHeight(Double.MAX_VALUE);
        logo = room.branding()
                .logo()
                .flatMap(
                        own -> LogoPicture.of(own, room.em(LOGO_EM), room.look().highContrast()));
        // In high contrast the colours of its letters may not be seen; the name is.
        logoHasName = !room.look().highContrast()
                && room.branding().logo().map(Branding.Logo::hasName).orElse(false);
        statusLine = new HBox(library, opening, gap(), help, code, clock);
        logo.ifPresent(picture -> statusLine.getChildren().addFirst(picture));
        statusLine.setSpacing(room.em(0.9));
        statusLine.getStyleClass().add("status-line");
        statusLine.setAlignment(logo.isPresent() ? Pos.CENTER_LEFT : Pos.BASELINE_LEFT);
        bannerLines.getStyleClass().add("banners");
        noticeLine.setId("notice");
        noticeLine.getStyleClass().addAll("banner", "said");
        noticeLine.setAlignment(Pos.CENTER_LEFT);
        banners.put(Banner.OFFLINE, banner(Icon.OFFLINE, "err.offline"));
        banners.put(Banner.OFFLINE_LENDS, banner(Icon.OFFLINE, "err.offline.lends"));
        banners.put(Banner.PAD_LOST, banner(Icon.PAD, room.brief() ? "err.pad.brief" : "err.pad"));
        banners.put(
                Banner.PAD_LOST_RETURNS, banner(Icon.PAD, room.brief() ? "err.pad.returns.brief" : "err.pad.returns"));
        banners.put(Banner.PAPER_OUT, banner(Icon.NO_PAPER, "rc.nopaper"));
        banners.put(Banner.NO_RECEIPTS, banner(Icon.PRINT, "rc.unavailable"));
        banners.put(Banner.TICKET_LEFT, banner(Icon.PRINT, "rc.left"));
        middle.getStyleClass().add("content");
        middle.setMinSize(0, 0);
        ask = ask(offered.size());
        access = access();
        languages = Languages.of(room, offered);
        languages.setAlignment(Pos.BOTTOM_LEFT);
        actions = new HBox();
        actions.getStyleClass().add("actions");
        // The main button is higher than the others; what stands beside it must not move for that.
        actions.setAlignment(Pos.BOTTOM_LEFT);
        whole.getStyleClass().add("frame");
        whole.setTop(new VBox(statusLine, bannerLines));
        whole.setCenter(middle);
        whole.setBottom(actions);
    }

    /** Opens help and closes it: first on every screen and always as wide, so that it is where it was. */
    private Button ask(int languages) {
        Button button = room.touch().button("ask", room.texts().say("common.help"), new Choice.ShowHelp(true));
        boolean worded = !room.profile().compact()
                && !room.profile().narrow()
                && !room.look().largeText()
                && languages <= FEW_LANGUAGES;
        button.setGraphic(Icon.QUESTION.node());
        button.setContentDisplay(worded ? ContentDisplay.LEFT : ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().addAll("access", "ask");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** Opens the preferences and, where their screen has no room for a button of its own, closes them. */
    private Button access() {
        Button button =
                room.touch().button("access", room.texts().say("a11y.button"), new Choice.ShowPreferences(true));
        button.setGraphic(open);
        button.getStyleClass().add("access");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private HBox banner(Icon icon, String key) {
        var banner = new HBox(icon.node(), Words.of("body", room.texts().say(key)));
        banner.getStyleClass().add("banner");
        banner.setAlignment(Pos.CENTER_LEFT);
        return banner;
    }

    Region whole() {
        return whole;
    }

    /** Puts a screen into the frame. */
    void put(Screen<?> screen) {
        middle.getChildren().setAll(screen.content());
        List<Button> buttons = screen.actions();
        buttons.forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        actions.getChildren().setAll(ask, access, languages);
        actions.getChildren().addAll(screen.paging());
        Region apart = gap();
        // Empty, it leaves what stands on both sides of it as far apart as all else.
        HBox.setMargin(apart, new Insets(0, 0, 0, -room.gap()));
        actions.getChildren().addAll(apart, institution);
        actions.getChildren().addAll(buttons);
        fitted = List.of();
        fit();
    }

    /**
     * Where there is not room for everything, the word beside the sign of the preferences goes first, then the air around the
     * words of the languages, then the one that is read already, then the others, then the signs of the actions, and large text last; which actions there are
     * may change with the state.
     */
    private void fit() {
        List<Node> there = actions.getChildren().stream()
                .filter(node -> node.isManaged() && !node.equals(languages) && !node.equals(institution))
                .toList();
        if (there.equals(fitted)) {
            return;
        }
        fitted = there;
        Screen.present(institution, false);
        List<Button> worded = there.stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> !button.equals(ask)
                        && !button.getText().isBlank()
                        && !button.getStyleClass().contains("toggle"))
                .toList();
        worded.forEach(button -> button.setContentDisplay(ContentDisplay.LEFT));
        actions.getStyleClass().remove("tight");
        languages.getStyleClass().remove("close");
        languages.getChildren().forEach(language -> Screen.present(language, true));
        Screen.present(languages, true);
        actions.applyCss();
        if (!fits()) {
            access.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }
        if (!fits()) {
            languages.getStyleClass().add("close");
            actions.applyCss();
        }
        // In reach the keys of a PIN come down to the bar, and what is left of four languages would stand too near to
        // them.
        boolean mayStand =
                languages.getChildren().size() <= FEW_LANGUAGES || !room.look().reach();
        if (!fits() && mayStand) {
            languages.getChildren().stream()
                    .filter(language -> language.getStyleClass().contains("chosen"))
                    .forEach(language -> Screen.present(language, false));
        }
        Screen.present(languages, fits());
        if (!fits()) {
            worded.stream()
                    .filter(button -> !button.equals(access))
                    .forEach(button -> button.setContentDisplay(ContentDisplay.TEXT_ONLY));
        }
        if (!fits()) {
            actions.getStyleClass().add("tight");
            actions.applyCss();
        }
    }

    /** A logo is shown where what must be read has room beside it; it stands for the name only while it is seen. */
    private void fit(Node picture) {
        Screen.present(picture, true);
        statusLine.applyCss();
        Screen.present(library, !logoHasName);
        if (statusLine.minWidth(-1) > room.profile().width()) {
            Screen.present(picture, false);
            Screen.present(library, true);
        }
    }

    /**
     * The front page says too how the library is open and, for staff, where this machine lends; a visit, in the place of the first, whom it
     * greets, if anybody. All of it gives way to all else.
     */
    private void front(KioskState state) {
        boolean front = (state instanceof KioskState.Idle || state instanceof KioskState.OutOfService)
                && !state.around().preferences().open();
        Optional<String> said = Wording.opening(room.texts(), state.around())
                .filter(_ -> front)
                .or(() -> Wording.greeting(room.texts(), state));
        opening.setText(said.orElse(""));
        Screen.present(opening, said.isPresent());
        statusLine.applyCss();
        Screen.present(
                opening,
                said.isPresent() && statusLine.minWidth(-1) <= room.profile().width());
        institution.setText(state.around().place());
        Screen.present(institution, front);
        actions.applyCss();
        Screen.present(institution, front && fits());
    }

    private boolean fits() {
        return actions.minWidth(-1) <= room.profile().width();
    }

    /** Shows what holds whatever the kiosk is doing. */
    void around(KioskState state) {
        fit();
        var settings = state.around().settings();
        library.setText(settings.libraryName());
        help.setText(
                settings.telephone().isBlank() ? "" : room.texts().say("help.phone", "phone", settings.telephone()));
        clock.setText(room.texts().time(state.around().now()));
        code.setText(FaultCode.of(state).orElse(""));
        Screen.present(code, !code.getText().isEmpty());
        // Where there is no room for both, what is amiss is worth more to staff than the time.
        Screen.present(clock, code.getText().isEmpty() || !room.profile().narrow());
        front(state);
        boolean helping = state.around().preferences().help();
        boolean choosing = state.around().preferences().open() && !helping;
        room.touch().turn(access, new Choice.ShowPreferences(!choosing));
        mark(access, choosing);
        room.touch().turn(ask, new Choice.ShowHelp(!helping));
        mark(ask, helping);
        if (room.profile().compact()) {
            access.setGraphic(choosing ? close : open);
        }
        logo.ifPresent(this::fit);
        int most = room.brief() ? 1 : 2;
        List<HBox> lines = Stream.concat(faults(state, most, choosing || helping).stream(), said(state).stream())
                .limit(most)
                .toList();
        if (!lines.equals(bannerLines.getChildren())) {
            bannerLines.getChildren().setAll(lines);
            Screen.present(bannerLines, !lines.isEmpty());
        }
        Screen.present(statusLine, !room.profile().compact() || (state instanceof KioskState.Idle && lines.isEmpty()));
    }

    /** What the library says to everybody, on the front page, where nothing is amiss that matters more. */
    private Optional<HBox> said(KioskState state) {
        boolean front = state instanceof KioskState.Idle
                && !state.around().preferences().open();
        Optional<String> said = Wording.notice(room.texts(), state.around()).filter(_ -> front);
        notice.setText(said.orElse(""));
        return said.map(_ -> noticeLine);
    }

    private List<HBox> faults(KioskState state, int most, boolean covered) {
        return MOST_URGENT_FIRST.stream()
                // What lies over a screen is about something else.
                .filter(banner -> !covered
                        && state.question().isEmpty()
                        && state.around().banners().contains(banner)
                        && concerns(banner, state))
                .limit(most)
                .filter(banner -> !told(banner, state))
                .map(banners::get)
                .toList();
    }

    private static void mark(Button button, boolean on) {
        button.getStyleClass().remove("on");
        if (on) {
            button.getStyleClass().add("on");
        }
    }

    /** On the smallest display a banner gives way to what says the same: a hold's fate, and in large text rows or, in reach, finds. */
    private boolean told(Banner banner, KioskState state) {
        boolean rows = room.look().largeText()
                && state instanceof KioskState.Returning returning
                && !returning.rows().isEmpty();
        boolean hold = state instanceof KioskState.Searching searching
                && searching.search().view() instanceof Search.View.Holding;
        boolean finds = room.look().largeText()
                && room.look().reach()
                && state instanceof KioskState.Searching listing
                && listing.search().view() instanceof Search.View.Listing;
        return (banner == Banner.OFFLINE || banner == Banner.OFFLINE_LENDS)
                && room.profile().compact()
                && (rows || hold || finds);
    }

    /** A patron hears of what matters to what they are doing; staff hear of everything at once. */
    private static boolean concerns(Banner banner, KioskState state) {
        return switch (state) {
            case KioskState.OutOfService _,
                    KioskState.Blocked _,
                    KioskState.Identifying _,
                    KioskState.AskingPin _,
                    KioskState.StaffPin _,
                    KioskState.StaffMenu _ -> false;
            case KioskState.OfferingReceipt _, KioskState.Farewell _ ->
                banner == Banner.PAPER_OUT || banner == Banner.NO_RECEIPTS || banner == Banner.TICKET_LEFT;
            case KioskState.Borrowing _ -> true;
            case KioskState.Account _, KioskState.Searching _ ->
                banner == Banner.OFFLINE || banner == Banner.OFFLINE_LENDS;
            case KioskState.Idle _,
                    KioskState.ElectronicCollections _,
                    KioskState.Choosing _,
                    KioskState.AskingCard _,
                    KioskState.TypingCard _,
                    KioskState.Returning _ -> banner != Banner.PAPER_OUT && banner != Banner.NO_RECEIPTS;
        };
    }
}
