package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.SampleSearches;
import fi.kimppa.kiosk.session.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Searches for the {@link Gallery}. */
record GalleryOfSearches(Surroundings around, Patience patience) {
    Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var searches = new SampleSearches(around, patience);
        states.put("70-search-letters", searches.letters());
        states.put("71-search-typed", searches.typed());
        states.put("72-search-finds", searches.list());
        states.put("73-search-nothing", searches.nothing());
        states.put("74-search-silent", searches.unanswered());
        states.put("75-search-title", searches.title());
        states.put("76-search-places", searches.places());
        states.put("77-search-hold-placed", searches.placed());
        states.put("78-search-hold-refused", searches.refused());
        states.put("78-search-hold-costs", searches.costs());
        states.put("79-search-hold-doubtful", searches.doubtful());
        return states;
    }

    /** With the keypad in hand. */
    Map<String, KioskState> keypad() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var searches = new SampleSearches(around, patience);
        states.put("68-keypad-search-finds", searches.list());
        states.put("69-keypad-search-title", searches.title());
        return states;
    }

    Map<String, KioskState> corners() {
        return new SampleSearches(around, patience).corners();
    }
}
