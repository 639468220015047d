package fi.kimppa.gateway.catalogue;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody looks for.
 *
 * @param text as it was typed, at most {@link #LONGEST_TEXT} characters
 * @param by where its words are looked for
 * @param page from 1
 * @param size titles on a page, 1 to {@link #LARGEST_PAGE}
 * @param language in which words of the catalogue itself are wanted: fi, sv or en
 */
public record Query(String text, By by, int page, int size, String language) {
    /** Where words are looked for. */
    public enum By {
        /** Everywhere. */
        ANY,
        TITLE,
        AUTHOR,
        SUBJECT
    }

    /** Characters that a text may have. */
    static final int LONGEST_TEXT = 200;

    /** Titles that a page may have. */
    static final int LARGEST_PAGE = 50;

    /** The last page; whoever has not found it by then types another word. */
    static final int LAST_PAGE = 25;

    private static final int MOST_WORDS = 8;
    private static final int LONGEST_WORD = 40;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** The words of the text: letters and digits alone, eight at most. */
    public List<String> words() {
        return BETWEEN.splitAsStream(Normalizer.normalize(text, Normalizer.Form.NFC))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, Math.min(word.length(), LONGEST_WORD)))
                .limit(MOST_WORDS)
                .toList();
    }

    /** The words with a blank between them. */
    public String plain() {
        return String.join(" ", words());
    }

    /** How many titles come before this page. */
    public int skipped() {
        return (page - 1) * size;
    }
}
