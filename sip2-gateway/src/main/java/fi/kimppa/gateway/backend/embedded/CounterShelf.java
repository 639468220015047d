package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Where a copy is at this moment, never who has it, and how its tag is written. */
@Component
class CounterShelf {
    /** A word that a shell takes as it stands. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]+");

    /** A copy of a work as a row. */
    record Copy(String number, String home, String where, String callNumber) {}

    private final Store store;
    private final Consortium consortium;
    private final CounterTexts texts;
    private final Clock clock;

    CounterShelf(Store store, Consortium consortium, CounterTexts texts, Clock clock) {
        this.store = store;
        this.consortium = consortium;
        this.texts = texts;
        this.clock = clock;
    }

    /** A row; nothing for a copy that was withdrawn meanwhile. */
    Optional<Copy> copy(String number, Locale language) {
        return store.item(number)
                .map(item ->
                        new Copy(number, texts.branch(item.homeBranch()), where(number, language), item.callNumber()));
    }

    /** One sentence. */
    String where(String number, Locale language) {
        Optional<LoanRow> loan = store.openLoan(number);
        if (loan.isPresent()) {
            return texts.text(language, "desk.where.lent", texts.day(loan.get().dueAt(), language));
        }
        ItemRow item = store.item(number).orElseThrow();
        Optional<HoldRow> caught =
                store.claim(item, clock.instant()).filter(hold -> hold.state() != HoldRow.State.WAITING);
        String here = texts.branch(item.currentBranch());
        if (caught.filter(hold -> hold.state() == HoldRow.State.READY).isPresent()) {
            return texts.text(language, "desk.where.held", here);
        }
        return Optional.ofNullable(item.destination())
                .or(() -> caught.map(HoldRow::pickupBranch))
                .map(to -> texts.text(language, "desk.where.travels", here, texts.branch(to)))
                .orElseGet(() -> texts.text(language, "desk.where.here", here));
    }

    /**
     * What is typed at the terminal with the pad, one command for each part. A number that a shell would take for something
     * else stands in quotation marks.
     */
    List<String> tagCommands(Item item) {
        String owner = consortium
                .branch(item.homeBranch())
                .map(Branch::isil)
                .map(isil -> " --owner=" + word(isil))
                .orElse("");
        return IntStream.rangeClosed(1, item.parts())
                .mapToObj(part -> "kimppa-devices tag write UID --item=" + word(item.number()) + owner
                        + (item.parts() > 1 ? " --part=" + part + "/" + item.parts() : ""))
                .toList();
    }

    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
