package fi.kimppa.kiosk.runtime;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The returns and loans that a kiosk accepted while nobody answered, on disk (SQLite, WAL, synchronous FULL) until the library has
 * heard of them, in the order in which they happened. What a method has returned from is written. Each row is encrypted with AES-GCM
 * under a key in a file of its own, which only the kiosk's user may read: the rows tell what was returned when and who borrowed what,
 * and may travel with a stolen disk. No PIN is ever among them.
 *
 * <p>Threads: any; calls are serialised.
 */
public final class Spool implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final SecretKeySpec key;
    private final Connection connection;
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final SecureRandom random = new SecureRandom();

    /**
     * One accepted return or loan.
     *
     * @param id rises with each entry, never reused
     * @param message a 09 or an 11 as it was to be said to the library, with its own times
     * @param stage how far it has come
     */
    public record Entry(long id, Request message, Stage stage) {
        /** Whether it was sent and nobody knows what became of it. */
        boolean told() {
            return stage == Stage.TOLD || stage == Stage.TOLD_BESIDE_ANOTHER;
        }

        /** AB. */
        public String item() {
            return switch (message) {
                case Checkin checkin -> checkin.itemIdentifier();
                case Checkout checkout -> checkout.itemIdentifier();
                default -> throw new IllegalStateException("neither a return nor a loan: " + message.type());
            };
        }

        /** When it happened. */
        Timestamp at() {
            return switch (message) {
                case Checkin checkin -> checkin.transactionDate();
                case Checkout checkout -> checkout.transactionDate();
                default -> throw new IllegalStateException("neither a return nor a loan: " + message.type());
            };
        }

        /** AB and AA of a loan. */
        private boolean isLoanOf(Checkout loan) {
            return message instanceof Checkout other
                    && other.itemIdentifier().equals(loan.itemIdentifier())
                    && other.patronIdentifier().equals(loan.patronIdentifier());
        }
    }

    /** How far an entry has come. */
    public enum Stage {
        /** The library has not heard of it. */
        WAITING,
        /** A loan was sent, and no certain answer has come: it is asked about before it is sent again. */
        TOLD,
        /** The same of one that cannot be known again: when it was sent, another loan of the thing stood with its due date. */
        TOLD_BESIDE_ANOTHER,
        /** The library said no: a matter for staff. */
        REFUSED
    }

    private Spool(Path file, SecretKeySpec key, Connection connection) {
        this.file = file;
        this.key = key;
        this.connection = connection;
    }

    /**
     * Opens the spool in a folder, which is made if it is not there.
     *
     * @throws SpoolException when the disk does not let it, or the key is gone while returns wait
     */
    public static Spool open(Path folder) {
        Path file = folder.resolve("returns.db");
        Path keyFile = folder.resolve("returns.key");
        try {
            Files.createDirectories(folder);
            boolean fresh = !Files.exists(file);
            SecretKeySpec key = key(keyFile, fresh);
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = full");
                statement.execute("pragma busy_timeout = 5000");
                statement.execute("""
                        create table if not exists returns (
                          id integer primary key autoincrement,
                          name text not null unique,
                          stage text not null,
                          nonce blob not null,
                          body blob not null
                        )""");
            }
            return new Spool(file, key, connection);
        } catch (IOException | SQLException e) {
            throw new SpoolException(file, "could not be opened", e);
        }
    }

    private static SecretKeySpec key(Path keyFile, boolean mayMake) throws IOException {
        if (mayMake) {
            byte[] made = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(made);
            try (var channel = Files.newByteChannel(
                    keyFile,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(made));
            } catch (FileAlreadyExistsException e) {
                // The kiosk was stopped between the key and the first table: the key is as good as new.
                return read(keyFile);
            } finally {
                Arrays.fill(made, (byte) 0);
            }
        }
        return read(keyFile);
    }

    private static SecretKeySpec read(Path keyFile) throws IOException {
        byte[] bytes = Files.readAllBytes(keyFile);
        try {
            if (bytes.length != KEY_BYTES) {
                throw new SpoolException(keyFile, "expected a key of " + KEY_BYTES + " bytes, found " + bytes.length);
            }
            return new SecretKeySpec(bytes, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Writes a return down.
     *
     * @throws SpoolException when it is not on disk
     */
    public synchronized void add(Checkin checkin) {
        insert(checkin);
    }

    /**
     * Writes a loan down. One that stands there already is not written twice: the kiosk may have stopped before it could say so.
     *
     * @throws SpoolException when it is not on disk
     */
    public synchronized void add(Checkout loan) {
        if (loan.patronPassword().isPresent()) {
            throw new IllegalArgumentException("a PIN is never written to disk");
        }
        boolean there = lastOf(loan.itemIdentifier())
                .filter(last -> last.isLoanOf(loan))
                .isPresent();
        if (!there) {
            insert(loan);
        }
    }

    private void insert(Request message) {
        String name = UUID.randomUUID().toString();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into returns (name, stage, nonce, body) values (?, ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, Stage.WAITING.name());
            insert.setBytes(3, nonce);
            insert.setBytes(4, crypt(Cipher.ENCRYPT_MODE, name, nonce, line(message)));
            insert.executeUpdate();
        } catch (SQLException | GeneralSecurityException e) {
            throw new SpoolException(file, "an entry could not be written", e);
        }
    }

    /** What the library has not heard of, oldest first. */
    public synchronized List<Entry> waiting() {
        return entries(false);
    }

    /** What the library refused, oldest first, for staff. */
    public synchronized List<Entry> refused() {
        return entries(true);
    }

    /** How many loans the library has not heard of. */
    public synchronized int loans() {
        return size() == 0
                ? 0
                : Math.toIntExact(waiting().stream()
                        .filter(entry -> entry.message() instanceof Checkout)
                        .count());
    }

    /** How many loans of this card the library has not heard of. */
    public synchronized int loansOf(String card) {
        return size() == 0
                ? 0
                : Math.toIntExact(waiting().stream()
                        .filter(entry -> entry.message() instanceof Checkout loan
                                && loan.patronIdentifier().equals(card))
                        .count());
    }

    /** Whether an item is on loan by the last that the library has not heard of; empty where nothing waits. */
    public Optional<Boolean> lent(String item) {
        return last(item).map(Checkout.class::isInstance);
    }

    /** The last that happened to an item and that the library has not heard of. */
    synchronized Optional<Request> last(String item) {
        return size() == 0 ? Optional.empty() : lastOf(item).map(Entry::message);
    }

    private Optional<Entry> lastOf(String item) {
        return waiting().reversed().stream()
                .filter(entry -> entry.item().equals(item))
                .findFirst();
    }

    /** How many returns and loans the library has not heard of. */
    public synchronized int size() {
        try (PreparedStatement count = connection.prepareStatement("select count(*) from returns where stage <> ?")) {
            count.setString(1, Stage.REFUSED.name());
            try (ResultSet result = count.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        } catch (SQLException e) {
            throw new SpoolException(file, "could not be counted", e);
        }
    }

    /** The library has it, or staff have put it right. */
    public synchronized void settle(long id) {
        try (PreparedStatement delete = connection.prepareStatement("delete from returns where id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw unchanged(id, e);
        }
    }

    /**
     * A loan is about to be sent: from now on it is asked about before it is sent again.
     *
     * @param besideAnother whether a loan of the same thing stands that has the same due date
     */
    public synchronized void tell(long id, boolean besideAnother) {
        move(id, besideAnother ? Stage.TOLD_BESIDE_ANOTHER : Stage.TOLD);
    }

    /** It is certain that the library has not heard of a loan that was sent. */
    public synchronized void untold(long id) {
        move(id, Stage.WAITING);
    }

    /** The library said no: kept for staff, never told again. */
    public synchronized void refuse(long id) {
        move(id, Stage.REFUSED);
    }

    /** Loans that were left to staff and happened before this: whose they were is not kept for ever. */
    public synchronized void forgetLoans(Instant before, ZoneId zone) {
        refused().stream()
                .filter(entry -> entry.message() instanceof Checkout)
                .filter(entry -> entry.at().instant(zone).map(before::isAfter).orElse(true))
                .forEach(entry -> settle(entry.id()));
    }

    private void move(long id, Stage stage) {
        try (PreparedStatement update = connection.prepareStatement("update returns set stage = ? where id = ?")) {
            update.setString(1, stage.name());
            update.setLong(2, id);
            update.executeUpdate();
        } catch (SQLException e) {
            throw unchanged(id, e);
        }
    }

    private SpoolException unchanged(long id, SQLException e) {
        return new SpoolException(file, "entry " + id + " could not be changed", e);
    }

    private List<Entry> entries(boolean refused) {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select id, name, nonce, body, stage from returns where (stage = ?) = ? order by id")) {
            select.setString(1, Stage.REFUSED.name());
            select.setBoolean(2, refused);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] frame = crypt(Cipher.DECRYPT_MODE, row.getString(2), row.getBytes(3), row.getBytes(4));
                    if (!(codec.decode(frame) instanceof Decoded.Complete complete)) {
                        throw new SpoolException(file, "entry " + row.getLong(1) + " cannot be read");
                    }
                    entries.add(
                            new Entry(row.getLong(1), Request.from(complete.frame()), Stage.valueOf(row.getString(5))));
                }
            }
        } catch (SQLException | GeneralSecurityException e) {
            throw new SpoolException(file, "could not be read", e);
        }
        return entries;
    }

    /** The message as one line of SIP2, without its terminator. */
    private byte[] line(Request message) {
        byte[] frame = codec.encode(message.toFrame(), false);
        return Arrays.copyOf(
                frame, frame.length - WireProfile.DEFAULT.terminator().text().length());
    }

    /** The row's name goes into the seal, so that no row can take another's place. */
    private byte[] crypt(int mode, String name, byte[] nonce, byte[] bytes) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(bytes);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SpoolException(file, "could not be closed", e);
        }
    }
}
