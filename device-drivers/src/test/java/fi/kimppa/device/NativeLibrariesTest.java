package fi.kimppa.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is native in our libraries runs on small computers with 64-bit ARM too, and is what its name says. */
class NativeLibrariesTest {
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    /** {@code e_machine} of the ELF header at offset 18 (System V ABI, chapter 4; numbers of the ELF registry). */
    private static final int MACHINE = 18;

    private static final int X86_64 = 0x3E;
    private static final int AARCH64 = 0xB7;

    @ParameterizedTest
    @CsvSource(textBlock = """
        # The places where each library looks for its native part on 64-bit ARM, and on our own machines.
        Linux/armv8_64/libjSerialComm.so,                  Linux/x86_64/libjSerialComm.so
        com/sun/jna/linux-aarch64/libjnidispatch.so,       com/sun/jna/linux-x86-64/libjnidispatch.so
        org/sqlite/native/Linux/aarch64/libsqlitejdbc.so,  org/sqlite/native/Linux/x86_64/libsqlitejdbc.so
        """)
    void haveABuildFor64BitArm(String arm, String intel) throws IOException {
        assertThat(machine(arm)).as(arm).isEqualTo(AARCH64);
        assertThat(machine(intel)).as(intel).isEqualTo(X86_64);
    }

    private static int machine(String resource) throws IOException {
        try (InputStream file = NativeLibrariesTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(file).as(resource).isNotNull();
            byte[] header = file.readNBytes(MACHINE + 2);
            assertThat(header).startsWith(0x7F, 'E', 'L', 'F', CLASS_64, LITTLE_ENDIAN);
            return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort(MACHINE) & 0xFFFF;
        }
    }

    /** A library that brings native code for Linux and is not in the table above would be found on a kiosk only. */
    @Test
    void areAllInTheTable() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            // The fuzzer is of tests only.
            if (entry.endsWith(".jar") && !entry.contains("jazzer")) {
                try (JarFile jar = new JarFile(entry)) {
                    for (Enumeration<JarEntry> files = jar.entries(); files.hasMoreElements(); ) {
                        if (files.nextElement().getName().endsWith(".so")) {
                            found.add(
                                    entry.substring(entry.lastIndexOf('/') + 1).replaceFirst("-\\d.*", ""));
                        }
                    }
                }
            }
        }
        assertThat(found).containsExactly("jSerialComm", "jna", "sqlite-jdbc");
    }
}
