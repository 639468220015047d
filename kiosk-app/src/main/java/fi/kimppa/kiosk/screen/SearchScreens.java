package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.View;

/** The screens of a search. FX thread. */
final class SearchScreens {
    private final TypingScreen typing;
    private final FindsScreen finds;
    private final TitleScreen title;
    private final HoldScreen hold;

    SearchScreens(Room room) {
        typing = new TypingScreen(room);
        finds = new FindsScreen(room);
        title = new TitleScreen(room);
        hold = new HoldScreen(room);
    }

    Screen<Searching> of(Searching state) {
        return switch (state.search().view()) {
            case View.Typing _ -> typing;
            case View.Listing _ -> finds;
            case View.OneTitle _, View.Choosing _ -> title;
            case View.Holding _ -> hold;
        };
    }
}
