package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.BackendContract;
import fi.kimppa.gateway.backend.Machine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A Koha that remembers, by REST and SIP2. */
class KohaContractTest implements BackendContract {
    private static KohaLibrary library;
    private Machine machine;

    @BeforeAll
    static void open() {
        library = new KohaLibrary();
    }

    @AfterAll
    static void close() {
        library.close();
    }

    @BeforeEach
    void arrive() {
        machine = new Machine(library);
    }

    @Override
    public Machine machine() {
        return machine;
    }
}
