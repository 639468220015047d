package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.CounterTill.Means;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;

/** What staff do at the desk every day, for tests of other packages. */
public final class DeskMorning {
    private DeskMorning() {}

    /** Finds and changes a patron, takes a fee, looks at things. */
    public static void at(BackHalf house) {
        CounterPatrons patrons = house.bean(CounterPatrons.class);
        CounterAccount account = house.bean(CounterAccount.class);
        CounterTill till = house.bean(CounterTill.class);
        CounterCollection collection = house.bean(CounterCollection.class);
        patrons.byName("virtanen s");
        CounterPatron patron = patrons.byCard("2000012353")
                .flatMap(holder -> patrons.patron(holder.id()))
                .orElseThrow();
        account.lent(patron.card());
        account.awaited(patron.card());
        account.blocks(patron.card());
        patrons.change(patron.id(), CounterPatronForm.of(patron), "anna");
        Set<Long> owed = till.open(patron).stream().map(Fees.Fee::id).collect(Collectors.toSet());
        till.pay(patron, owed, new BigDecimal("0.10"), Means.CASH, "a-morning", "anna");
        collection.find("sinuhe");
        int title = collection.item("3000000011").orElseThrow().titleId();
        collection.copies(title);
        collection.waiting(title);
        house.bean(CounterRecord.class).ofPatron(patron.id(), 5);
        house.bean(CounterRecord.class).ofItem("3000000011", 5);
    }
}
