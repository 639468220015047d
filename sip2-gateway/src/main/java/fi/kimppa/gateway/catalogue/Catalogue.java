package fi.kimppa.gateway.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A catalogue that can be searched. May be used by several threads; calls block. */
public interface Catalogue {
    /** Where what is found comes from. */
    enum Source {
        /** The gateway's own store. */
        OWN,
        /** Finna, the national search service. */
        FINNA
    }

    /** Which one this is. */
    Source source();

    /**
     * Looks for titles, the best first.
     *
     * @throws CatalogueSilentException if nobody can say now
     */
    Found search(Query query);

    /**
     * One title and where its copies are.
     *
     * @param id as {@link Title#id()} has it
     * @param language fi, sv or en
     * @return empty if there is no such title
     * @throws CatalogueSilentException if nobody can say now
     */
    Optional<Availability> title(String id, String language);

    /**
     * What has come into the collection since a day, the newest first.
     *
     * @param most how many at most
     * @param language fi, sv or en
     * @throws CatalogueSilentException if nobody can say now
     */
    List<Title> added(LocalDate since, int most, String language);

    /** The title of a thing, by the thing's number (AB); empty where this catalogue does not know things. */
    Optional<String> titleOf(String item);
}
