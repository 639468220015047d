package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.View;

/** The screens of a search, one for each view. FX thread. */
final class SearchScreens {
    private final TypingScreen typing;
    private final FindsScreen finds;
    private final TitleScreen title;
    private final PickUpScreen pickUp;
    private final HoldScreen hold;

    SearchScreens(Room room) {
        typing = new TypingScreen(room);
        finds = new FindsScreen(room);
        title = new TitleScreen(room);
        pickUp = new PickUpScreen(room);
        hold = new HoldScreen(room);
    }

    Screen<Searching> of(Searching state) {
        return switch (state.search().view()) {
            case View.Typing _ -> typing;
            case View.Listing _ -> finds;
            case View.OneTitle _ -> title;
            case View.Choosing _ -> pickUp;
            case View.Holding _ -> hold;
        };
    }
}
