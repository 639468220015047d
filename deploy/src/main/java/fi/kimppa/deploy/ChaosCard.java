package fi.kimppa.deploy;

import java.util.Set;
import java.util.TreeSet;

/** A card as its holder knows it: the holds that they were told of. One machine alone serves it. Threads: any. */
final class ChaosCard {
    private final String number;
    private final Set<String> held = new TreeSet<>();

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

    synchronized void hold(String item, boolean wanted) {
        if (wanted) {
            held.add(item);
        } else {
            held.remove(item);
        }
    }
}
