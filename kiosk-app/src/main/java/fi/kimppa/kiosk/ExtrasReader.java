package fi.kimppa.kiosk;

import fi.kimppa.kiosk.session.Extra;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads what a kiosk has beside borrowing, returning and the account: {@code functions.search}, {@code .mail}, {@code .news},
 * {@code .collections} and {@code .stars}. What nobody has said is there where our own gateway is.
 */
final class ExtrasReader {
    private static final int USUAL_MINUTES = 10;
    private static final int MOST_MINUTES = 1_440;

    private final Section file;
    private final Section functions;
    private final Section feed;

    ExtrasReader(Section file, Section functions, Section feed) {
        this.file = file;
        this.functions = functions;
        this.feed = feed;
    }

    Set<Extra> read() {
        boolean kimppa = file.flag("kimppaGateway", true);
        boolean fetched = !fetchEvery(file, feed).isZero();
        Reading flags = new Reading();
        Set<Extra> on = EnumSet.noneOf(Extra.class);
        for (Extra extra : Extra.values()) {
            Supplier<Boolean> flag = flags.part(() -> functions.flag(key(extra), kimppa && installed(extra, fetched)));
            flags.check(() -> {
                if (flag.get()) {
                    possible(extra, kimppa, fetched);
                    on.add(extra);
                }
            });
        }
        flags.end();
        return on;
    }

    /** What the kiosk's own file says in the keys that it had before there were functions to switch. */
    private boolean installed(Extra extra, boolean fetched) {
        return switch (extra) {
            case SEARCH -> file.flag("search", true);
            case STARS -> file.flag("stars", true);
            case NEWS, COLLECTIONS -> fetched;
            case MAIL -> true;
        };
    }

    private void possible(Extra extra, boolean kimppa, boolean fetched) {
        if (!kimppa) {
            throw functions.wrong(key(extra), "false where kimppaGateway is false: only a Kimppa gateway has it");
        }
        if (!fetched && (extra == Extra.NEWS || extra == Extra.COLLECTIONS)) {
            throw functions.wrong(key(extra), "false where feed.fetchMinutes is 0; set it to 10, for example, first");
        }
    }

    private static String key(Extra extra) {
        return extra.name().toLowerCase(Locale.ROOT);
    }

    /** How often the kiosk looks for what there is to read; another server has nothing. */
    static Duration fetchEvery(Section file, Section feed) {
        int usual = file.flag("kimppaGateway", true) ? USUAL_MINUTES : 0;
        return Duration.ofMinutes(feed.number("fetchMinutes", usual, 0, MOST_MINUTES));
    }
}
