package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.CatalogueDetails;
import fi.kimppa.kiosk.session.CatalogueNews;
import fi.kimppa.kiosk.session.CatalogueTitle;
import fi.kimppa.kiosk.session.PickUp;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's answers as they stand in {@code deploy/contract/catalogue-*.json}. What a catalogue does not know is left out;
 * what the kiosk does not show is not read.
 */
final class CatalogueBodies {
    private CatalogueBodies() {}

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    /** A list of titles. */
    record Titles(@Nullable List<Title> titles, int total, boolean more, boolean near) {
        CatalogueNews news(long request) {
            return new CatalogueNews.Found(
                    request, list(titles).stream().map(Title::read).toList(), total, more, near);
        }
    }

    /** A title. */
    record Title(
            @Nullable String id,
            @Nullable String title,
            @Nullable String author,
            @Nullable String year,
            @Nullable Copies copies) {
        CatalogueTitle read() {
            return new CatalogueTitle(
                    text(id),
                    text(title),
                    text(author),
                    Optional.ofNullable(year),
                    Optional.ofNullable(copies).map(known -> new CatalogueTitle.Copies(known.all(), known.onShelf())));
        }
    }

    /** How many copies there are. */
    record Copies(int all, int onShelf) {}

    /** Where they are. */
    record Details(
            @Nullable String itemIdentifier,
            @Nullable String titleIdentifier,
            int waiting,
            @Nullable List<Place> places) {
        CatalogueNews news(long request) {
            return new CatalogueNews.Described(
                    request,
                    new CatalogueDetails(
                            Optional.ofNullable(itemIdentifier),
                            Optional.ofNullable(titleIdentifier),
                            waiting,
                            list(places).stream().map(Place::read).toList()));
        }
    }

    /** The copies of one branch. */
    record Place(
            @Nullable String branch,
            @Nullable String name,
            @Nullable List<String> callNumbers,
            int onShelf,
            int onLoan,
            @Nullable LocalDate nextDue,
            int inTransit,
            int onHoldShelf,
            int inHouse) {
        CatalogueDetails.Place read() {
            return new CatalogueDetails.Place(
                    text(branch),
                    text(name),
                    list(callNumbers),
                    onShelf,
                    onLoan,
                    Optional.ofNullable(nextDue),
                    inTransit,
                    onHoldShelf,
                    inHouse);
        }
    }

    /** Where holds can be fetched. */
    record Branches(@Nullable List<Branch> branches) {
        CatalogueNews news(long request) {
            return new CatalogueNews.PickUps(
                    request,
                    list(branches).stream()
                            .map(branch -> new PickUp(text(branch.branch()), text(branch.name())))
                            .toList());
        }
    }

    /** A branch. */
    record Branch(@Nullable String branch, @Nullable String name) {}
}
