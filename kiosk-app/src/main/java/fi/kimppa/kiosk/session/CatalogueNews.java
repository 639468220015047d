package fi.kimppa.kiosk.session;

import java.util.List;

/** What the catalogue answered to a {@link CatalogueTask}, by the number of the question. */
public sealed interface CatalogueNews {
    /** The number of the question. */
    long request();

    /**
     * One page of titles; none where nothing was found.
     *
     * @param total how many there are on all pages
     * @param more whether there are still more, which were not counted
     * @param near whether nothing was found and these are written in a similar way
     */
    record Found(long request, List<CatalogueTitle> titles, int total, boolean more, boolean near)
            implements CatalogueNews {
        /** Takes a copy. */
        public Found {
            titles = List.copyOf(titles);
        }
    }

    /** Where the copies of a work are. */
    record Described(long request, CatalogueDetails details) implements CatalogueNews {}

    /** There is no such work, or not any more. */
    record NoSuchTitle(long request) implements CatalogueNews {}

    /** Where holds can be fetched. */
    record PickUps(long request, List<PickUp> branches) implements CatalogueNews {
        /** Takes a copy. */
        public PickUps {
            branches = List.copyOf(branches);
        }
    }

    /** Nobody answered in time, or what was said was no answer. */
    record Silent(long request) implements CatalogueNews {}
}
