package fi.kimppa.deploy;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A thing as the patrons know it: who was told that they have it, and how often somebody was. */
final class ChaosItem {
    /** Held by whoever does something with it: a thing is in one hand at a time. */
    final ReentrantLock hand = new ReentrantLock();

    private final String number;
    private Optional<String> borrower = Optional.empty();
    private int lent;
    private int renewed;

    ChaosItem(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    synchronized Optional<String> borrower() {
        return borrower;
    }

    synchronized int lent() {
        return lent;
    }

    synchronized void lend(String card) {
        borrower = Optional.of(card);
        lent++;
    }

    synchronized int renewed() {
        return renewed;
    }

    synchronized void renew() {
        renewed++;
    }

    synchronized void takeBack() {
        borrower = Optional.empty();
    }
}
