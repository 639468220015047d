package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What staff do with imports; each deed stands in the record of changes. */
@Component
class Imports {
    private static final String KEY = "store.import";
    private static final int LONGEST_NAME = 200;

    private final ImportStore store;
    private final Pieces pieces;
    private final ExchangeSettings settings;
    private final Settings record;

    Imports(ImportStore store, Pieces pieces, ExchangeSettings settings, Settings record) {
        this.store = store;
        this.pieces = pieces;
        this.settings = settings;
        this.record = record;
    }

    /**
     * What comes with a file.
     *
     * @param file its name
     * @param holdings name of the field of holdings; has no meaning for files of commas
     */
    record Order(Kind kind, String file, String holdings, boolean overwrite) {}

    /**
     * Takes a file in; its dry run begins by itself.
     *
     * @return number of the import; empty if the file is larger than it may be
     */
    Optional<Long> take(Order order, InputStream file, String who) throws IOException {
        String name = order.file().replaceAll("\\p{Cntrl}+", " ").strip();
        String kept = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        byte[] key = Pieces.key();
        String holdings = order.kind() == Kind.MARC ? order.holdings() : "";
        long number = store.insert(order.kind(), kept, holdings, order.overwrite(), who, key);
        boolean arrived = false;
        try {
            Optional<Long> bytes =
                    pieces.keep(number, key, file, settings.maxFile().toBytes());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            arrived = true;
            record.audited(who, () -> {
                store.arrived(number, bytes.get());
                return List.of(entry(number, "brought " + kept));
            });
            return Optional.of(number);
        } finally {
            if (!arrived) {
                boolean _ = store.delete(number);
            }
        }
    }

    /** Has it written. */
    void begin(long number, String who) {
        record.audited(who, () -> store.begin(number) ? List.of(entry(number, "confirmed")) : List.of());
    }

    /** Deletes it; what it has written stays. */
    void delete(long number, String who) {
        record.audited(who, () -> {
            boolean wasAtIt = store.lock(number)
                    .filter(job -> job.state() == State.WRITING)
                    .isPresent();
            return store.delete(number)
                    ? List.of(entry(number, wasAtIt ? "deleted while it was written" : "deleted"))
                    : List.of();
        });
    }

    private static Entry entry(long number, String what) {
        return new Entry(Scope.CONSORTIUM, KEY, Optional.empty(), Optional.of("#" + number + " " + what));
    }
}
