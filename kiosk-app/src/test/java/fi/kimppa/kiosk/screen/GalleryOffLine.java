package fi.kimppa.kiosk.screen;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Goal;
import fi.kimppa.kiosk.session.ItemKey;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Machine;
import fi.kimppa.kiosk.session.OffLineTerms;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Patron;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pictures of a kiosk that lends while nobody answers. */
final class GalleryOffLine {
    private static final Instant NOW = Instant.parse("2026-11-24T17:30:00Z");
    private static final Optional<DueDate> DUE = DueDate.of("20261208    235900");

    private final Surroundings around;
    private final Patience patience = new Patience(NOW, Optional.empty(), Optional.empty());

    GalleryOffLine(Language language, Preferences preferences) {
        OffLineTerms terms =
                new OffLineTerms(OffLineTerms.Lending.KNOWN_CARDS, true, 5, 14, NOW.plus(Duration.ofHours(20)));
        around = new Surroundings(
                Gallery.offering(language),
                NOW,
                language,
                preferences,
                Surroundings.Line.DOWN,
                Arrays.stream(DeviceKind.values())
                        .collect(Collectors.toMap(kind -> kind, _ -> new DeviceStatus.Ready(NOW))),
                Map.of(),
                1,
                new Machine(
                        Upkeep.NONE,
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(terms),
                        Optional.empty(),
                        Feed.NONE,
                        Optional.empty()),
                Aids.NONE);
    }

    Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("12-offline-idle", new KioskState.Idle(around));
        states.put("12-offline-card", new KioskState.AskingCard(around, Goal.BORROW, patience));
        states.put("12-offline-borrowing-empty", borrowing(List.of()));
        states.put(
                "12-offline-borrowing",
                borrowing(List.of(
                        row(1, "Sinuhe egyptiläinen / Mika Waltari", new LoanState.Done(DUE)),
                        row(2, "Tuntematon sotilas / Väinö Linna", new LoanState.PutBack(DUE)),
                        row(3, "Kalevala / Elias Lönnrot", new LoanState.Done(Optional.empty())),
                        row(4, "", new LoanState.Lending()).heardLater(false),
                        row(5, "", new LoanState.Offline()).heardLater(false))));
        return states;
    }

    /** Without connection a thing has no title, unless the library has told it before. */
    private static LoanRow row(int number, String title, LoanState state) {
        return new LoanRow(
                        number,
                        Optional.of(ItemKey.scanned("30000000" + (10 + number))),
                        List.of(),
                        Optional.of(title).filter(text -> !text.isEmpty()),
                        state)
                .heardLater(true);
    }

    private KioskState borrowing(List<LoanRow> rows) {
        return new KioskState.Borrowing(
                around,
                new Patron(new CardNumber("2000012345"), Secret.empty(), List.of()),
                rows,
                Optional.empty(),
                rows.size() + 1,
                false,
                NOW,
                NOW,
                patience);
    }
}
