package fi.kimppa.gateway.catalogue;

import java.util.List;

/**
 * One page of what was found.
 *
 * @param total how many there are on all pages
 * @param more whether there are still more, which were not counted
 * @param near whether nothing was found and these are written in a similar way
 */
public record Found(List<Title> titles, int total, boolean more, boolean near) {
    /** Nothing. */
    public static final Found NOTHING = new Found(List.of(), 0, false, false);

    /** Takes a copy of the list. */
    public Found {
        titles = List.copyOf(titles);
    }
}
