package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.Adapter;
import fi.kimppa.gateway.backend.BackendContract;
import fi.kimppa.gateway.backend.Machine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The embedded store, in PostgreSQL. */
class EmbeddedContractTest implements BackendContract {
    private static BackHalf house;
    private static StoreLibrary library;
    private Machine machine;

    @BeforeAll
    static void open() {
        house = BackHalf.start();
        library = new StoreLibrary(
                Adapter.EMBEDDED,
                house.bean(EmbeddedBackend.class),
                BackHalf.TURKU,
                house.consortium(),
                house.jdbc(),
                house.clock());
    }

    @AfterAll
    static void close() {
        library.close();
        house.close();
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
