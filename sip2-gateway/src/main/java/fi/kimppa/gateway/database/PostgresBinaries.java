package fi.kimppa.gateway.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that travel in the class path (initdb, pg_ctl, postgres), unpacked once. */
final class PostgresBinaries {
    /** Version of the binaries in the pom; names the folder, so that an upgrade unpacks anew. */
    static final String VERSION = "18.4";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** The programs below this folder; unpacks them if they are not there. */
    static PostgresBinaries in(Path folder) throws IOException {
        String machine = System.getProperty("os.arch");
        Path home = folder.toAbsolutePath().resolve("postgres-" + VERSION + "-" + machine);
        if (!Files.isDirectory(home)) {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempDirectory(folder.toAbsolutePath(), "postgres-unpacking-");
            unpack(machine, unfinished);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // Another process has unpacked the same programs meanwhile.
                if (!Files.isDirectory(home)) {
                    throw e;
                }
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("cannot rename within " + folder, e);
            }
        }
        return new PostgresBinaries(home);
    }

    /** The path of one program. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static void unpack(String machine, Path target) throws IOException {
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", machine);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
