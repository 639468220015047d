package fi.kimppa.deploy;

import java.util.Set;
import java.util.TreeSet;

/** A card as its holder knows it: the holds and payments that they were told of. One machine alone serves it. Threads: any. */
final class ChaosCard {
    private final String number;
    private final Set<String> held = new TreeSet<>();
    private int paid;

    ChaosCard(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    /** The items of its holds. */
    synchronized Set<String> held() {
        return Set.copyOf(held);
    }

    /** How often it has paid. */
    synchronized int paid() {
        return paid;
    }

    synchronized void pay() {
        paid++;
    }

    synchronized void hold(String item, boolean wanted) {
        if (wanted) {
            held.add(item);
        } else {
            held.remove(item);
        }
    }
}
