package fi.kimppa.kiosk.runtime;

import fi.kimppa.sip2.message.Checkin;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The returns that a kiosk accepted while nobody answered, on disk (SQLite, WAL, synchronous FULL) until the library has heard of
 * them. What a method has returned from is written. Each row is encrypted with AES-GCM under a key in a file of its own, which
 * only the kiosk's user may read: the rows tell what was returned when, and may travel with a stolen disk.
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
     * One accepted return.
     *
     * @param id rises with each return, never reused
     * @param checkin as it was to be said to the library, with the times of the return
     */
    public record Entry(long id, Checkin checkin) {}

    private enum Stage {
        /** The library has not heard of it. */
        WAITING,
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
        String name = UUID.randomUUID().toString();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into returns (name, stage, nonce, body) values (?, ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, Stage.WAITING.name());
            insert.setBytes(3, nonce);
            insert.setBytes(4, crypt(Cipher.ENCRYPT_MODE, name, nonce, line(checkin)));
            insert.executeUpdate();
        } catch (SQLException | GeneralSecurityException e) {
            throw new SpoolException(file, "a return could not be written", e);
        }
    }

    /** The returns that the library has not heard of, oldest first. */
    public synchronized List<Entry> waiting() {
        return entries(Stage.WAITING);
    }

    /** The returns that the library refused, oldest first, for staff. */
    public synchronized List<Entry> refused() {
        return entries(Stage.REFUSED);
    }

    /** How many returns the library has not heard of. */
    public synchronized int size() {
        try (PreparedStatement count = connection.prepareStatement("select count(*) from returns where stage = ?")) {
            count.setString(1, Stage.WAITING.name());
            try (ResultSet result = count.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        } catch (SQLException e) {
            throw new SpoolException(file, "could not be counted", e);
        }
    }

    /** The library has it, or staff have put it right. */
    public synchronized void settle(long id) {
        update("delete from returns where id = ?", id);
    }

    /** The library said no: kept for staff, never told again. */
    public synchronized void refuse(long id) {
        update("update returns set stage = '" + Stage.REFUSED + "' where id = ?", id);
    }

    private void update(String sql, long id) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new SpoolException(file, "return " + id + " could not be changed", e);
        }
    }

    private List<Entry> entries(Stage stage) {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id, name, nonce, body from returns where stage = ? order by id")) {
            select.setString(1, stage.name());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] frame = crypt(Cipher.DECRYPT_MODE, row.getString(2), row.getBytes(3), row.getBytes(4));
                    if (!(codec.decode(frame) instanceof Decoded.Complete complete)) {
                        throw new SpoolException(file, "return " + row.getLong(1) + " cannot be read");
                    }
                    entries.add(new Entry(row.getLong(1), Checkin.from(complete.frame())));
                }
            }
        } catch (SQLException | GeneralSecurityException e) {
            throw new SpoolException(file, "could not be read", e);
        }
        return entries;
    }

    /** The message as one line of SIP2, without its terminator. */
    private byte[] line(Checkin checkin) {
        byte[] frame = codec.encode(checkin.toFrame(), false);
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
