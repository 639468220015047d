package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The books of a library system of the chaos: each loan and return is on the disk before anybody hears of it, unless there is no file.
 * Threads: any; one at a time writes.
 */
final class ChaosBooks {
    private static final LocalDate DUE = LocalDate.of(2099, 1, 1);
    private static final int OWED = 100_000;

    private final Optional<FileChannel> file;
    private final Map<String, Loan> loans = new HashMap<>();
    private final Map<String, Integer> renewed = new HashMap<>();
    private final Map<String, Integer> paid = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final ReentrantLock one = new ReentrantLock();

    private ChaosBooks(Optional<FileChannel> file) {
        this.file = file;
    }

    /**
     * An open loan.
     *
     * @param at since when
     */
    record Loan(String item, String card, Instant at) {}

    /**
     * What a file says.
     *
     * @param loans who has what
     * @param lent how often each item was lent
     * @param renewed how often each item was renewed
     * @param paid how often each card has paid
     * @param held the holds that stand: card and item, with a blank between them
     */
    record Read(
            Map<String, Loan> loans,
            Map<String, Integer> lent,
            Map<String, Integer> renewed,
            Map<String, Integer> paid,
            Set<String> held) {}

    /** Books that are kept in memory only. */
    static ChaosBooks unwritten() {
        return new ChaosBooks(Optional.empty());
    }

    /** Goes on with the books in this file, which need not be there yet. */
    static ChaosBooks open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        String all = Files.readString(path);
        // A half line would spoil the next one.
        file.truncate(all.substring(0, all.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length);
        ChaosBooks books = new ChaosBooks(Optional.of(file));
        Read read = read(path);
        books.loans.putAll(read.loans());
        books.renewed.putAll(read.renewed());
        books.paid.putAll(read.paid());
        books.held.addAll(read.held());
        return books;
    }

    /** Reads a file; a last line that a kill cut off was answered to nobody and does not count. */
    static Read read(Path path) {
        Map<String, Loan> loans = new HashMap<>();
        Map<String, Integer> lent = new HashMap<>();
        Map<String, Integer> renewed = new HashMap<>();
        Map<String, Integer> paid = new HashMap<>();
        Set<String> held = new HashSet<>();
        try {
            String all = Files.exists(path) ? Files.readString(path) : "";
            for (String line :
                    all.substring(0, all.lastIndexOf('\n') + 1).lines().toList()) {
                String[] words = line.split(" ", 4);
                switch (words[0]) {
                    case "LENT" -> {
                        loans.put(words[1], new Loan(words[1], words[2], Instant.parse(words[3])));
                        lent.merge(words[1], 1, Integer::sum);
                    }
                    case "BACK" -> loans.remove(words[1]);
                    case "RENEWED" -> renewed.merge(words[1], 1, Integer::sum);
                    case "PAID" -> paid.merge(words[1], 1, Integer::sum);
                    case "HELD" -> held.add(words[1] + ' ' + words[2]);
                    case "UNHELD" -> held.remove(words[1] + ' ' + words[2]);
                    default -> throw new StartException("The books of a library say \"" + words[0] + "\": " + path);
                }
            }
            return new Read(loans, lent, renewed, paid, held);
        } catch (IOException e) {
            throw new StartException("The books of a library cannot be read: " + path, e);
        }
    }

    /**
     * Lends an item.
     *
     * @return false if it is lent already
     * @throws IOException if the disk takes no more; then nothing is lent
     */
    boolean lend(Loan loan) throws IOException {
        one.lock();
        try {
            if (loans.containsKey(loan.item)) {
                return false;
            }
            write("LENT " + loan.item + ' ' + loan.card + ' ' + loan.at);
            loans.put(loan.item, loan);
            return true;
        } finally {
            one.unlock();
        }
    }

    /**
     * Takes it back, if it was lent.
     *
     * @throws IOException if the disk takes no more; then it is lent still
     */
    void takeBack(String item) throws IOException {
        one.lock();
        try {
            if (loans.containsKey(item)) {
                write("BACK " + item);
                loans.remove(item);
            }
        } finally {
            one.unlock();
        }
    }

    /**
     * Renews a loan, as often as it is told.
     *
     * @return false if this card has no such loan
     * @throws IOException if the disk takes no more; then nothing is renewed
     */
    boolean renew(String item, String card) throws IOException {
        one.lock();
        try {
            Loan loan = loans.get(item);
            if (loan == null || !loan.card.equals(card)) {
                return false;
            }
            write("RENEWED " + item);
            renewed.merge(item, 1, Integer::sum);
            return true;
        } finally {
            one.unlock();
        }
    }

    /** Until when a loan runs: each renewal adds a day, so that one too many can be seen. */
    LocalDate due(String item) {
        one.lock();
        try {
            return DUE.plusDays(renewed.getOrDefault(item, 0));
        } finally {
            one.unlock();
        }
    }

    /**
     * Books a payment of one euro, as often as it is told.
     *
     * @throws IOException if the disk takes no more; then nothing is booked
     */
    void pay(String card) throws IOException {
        one.lock();
        try {
            write("PAID " + card);
            paid.merge(card, 1, Integer::sum);
        } finally {
            one.unlock();
        }
    }

    /** What a card owes, in euros: much, and one less for each payment. */
    int owed(String card) {
        one.lock();
        try {
            return OWED - paid.getOrDefault(card, 0);
        } finally {
            one.unlock();
        }
    }

    /**
     * Notes a hold of a card on an item, or takes it away.
     *
     * @return false if there was nothing to do
     * @throws IOException if the disk takes no more; then all is as before
     */
    boolean hold(String card, String item, boolean wanted) throws IOException {
        one.lock();
        try {
            String hold = card + ' ' + item;
            if (held.contains(hold) == wanted) {
                return false;
            }
            write((wanted ? "HELD " : "UNHELD ") + hold);
            return wanted ? held.add(hold) : held.remove(hold);
        } finally {
            one.unlock();
        }
    }

    /** The items that a card has holds on. */
    List<String> heldBy(String card) {
        one.lock();
        try {
            return held.stream()
                    .filter(hold -> hold.startsWith(card + ' '))
                    .map(hold -> hold.substring(card.length() + 1))
                    .sorted()
                    .toList();
        } finally {
            one.unlock();
        }
    }

    /** The open loan of an item. */
    Optional<Loan> loan(String item) {
        one.lock();
        try {
            return Optional.ofNullable(loans.get(item));
        } finally {
            one.unlock();
        }
    }

    /** The open loans of a card, by item. */
    List<Loan> of(String card) {
        one.lock();
        try {
            return loans.values().stream()
                    .filter(loan -> loan.card().equals(card))
                    .sorted(Comparator.comparing(Loan::item))
                    .toList();
        } finally {
            one.unlock();
        }
    }

    private void write(String line) throws IOException {
        if (file.isPresent()) {
            append(file.get(), line);
        }
    }

    private static void append(FileChannel file, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
        long before = file.size();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
    }
}
