package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.Pins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Puts hashes in the place of PINs. A hash is slow on purpose, about a tenth of a second of one core: four at a time, on threads
 * of their own, and never on that of a request.
 */
@Component
class PinWork {
    private static final int AT_ONCE = 4;

    private final PatronTable patrons;

    PinWork(PatronTable patrons) {
        this.patrons = patrons;
    }

    /** The same rows without PINs. Where a patron has this PIN already, the hash stays as it is, so that the row is the same. */
    List<Row> hashed(List<Row> rows) throws InterruptedException {
        List<Row> withPin = rows.stream()
                .filter(row -> row.texts().containsKey(PatronTable.PIN))
                .toList();
        if (withPin.isEmpty()) {
            return rows;
        }
        Map<String, String> known = patrons.hashes(withPin.stream()
                .map(row -> row.texts().getOrDefault("card", ""))
                .collect(Collectors.toSet()));
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("import-pin-", 0).daemon().factory())) {
            List<Future<Row>> hashes = threads.invokeAll(rows.stream()
                    .map(row -> (Callable<Row>) () -> hashed(row, known))
                    .toList());
            List<Row> done = new ArrayList<>();
            for (Future<Row> hash : hashes) {
                done.add(hash.resultNow());
            }
            return done;
        }
    }

    private static Row hashed(Row row, Map<String, String> known) {
        Map<String, String> texts = new HashMap<>(row.texts());
        String pin = texts.remove(PatronTable.PIN);
        if (pin != null) {
            String before = known.getOrDefault(texts.getOrDefault("card", ""), "");
            boolean same = !before.isEmpty() && Pins.isHashOf(before, pin);
            texts.put(PatronTable.PIN_HASH, same ? before : Pins.hash(pin));
        }
        return new Row(row.record(), row.part(), texts);
    }
}
