package fi.kimppa.kiosk.session;

/**
 * A question to the catalogue. Each ends in one {@link CatalogueNews} with its number; where nobody answers in time, in
 * {@link CatalogueNews.Silent}.
 */
public sealed interface CatalogueTask {
    /** Titles on one page of what is found. */
    int PAGE = 10;

    /** The last page that the catalogue gives. */
    int LAST_PAGE = 25;

    /** Its number. */
    long request();

    /**
     * Which titles have these words? Ends in {@link CatalogueNews.Found}.
     *
     * @param page from 1 to {@link #LAST_PAGE}
     */
    record Titles(long request, String text, SearchBy by, int page, Language language) implements CatalogueTask {
        /** What somebody looks for is nobody's business. */
        @Override
        public String toString() {
            return "Titles[" + request + ", ***, " + by + ", " + page + "]";
        }
    }

    /** Where are the copies of this work? Ends in {@link CatalogueNews.Described} or {@link CatalogueNews.NoSuchTitle}. */
    record Title(long request, String id, Language language) implements CatalogueTask {}

    /** Where can a hold be fetched? Ends in {@link CatalogueNews.PickUps}. */
    record Branches(long request) implements CatalogueTask {}
}
