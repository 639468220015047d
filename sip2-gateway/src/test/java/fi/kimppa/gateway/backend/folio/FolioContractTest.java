package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.BackendContract;
import fi.kimppa.gateway.backend.Machine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A FOLIO tenant that remembers, over HTTP. */
class FolioContractTest implements BackendContract {
    private static FolioLibrary library;
    private Machine machine;

    @BeforeAll
    static void open() {
        library = new FolioLibrary();
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
