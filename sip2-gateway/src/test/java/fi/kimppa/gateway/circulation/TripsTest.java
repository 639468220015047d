package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** How often a change in a library system elsewhere goes to the gateway's own database while its machine waits: each time takes long. */
class TripsTest {
    private static final String MAKELA = "2000012345";
    private static final String ITEM = "3000000011";

    private static BackHalf house;

    /** The data source, with an eye on what one thread asks. */
    static class Counting implements BeanPostProcessor {
        private static final ThreadLocal<List<String>> TRIPS = ThreadLocal.withInitial(ArrayList::new);

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof DataSource source
                    ? new DelegatingDataSource(source) {
                        @Override
                        public Connection getConnection() throws SQLException {
                            return watched(Connection.class, super.getConnection(), "");
                        }
                    }
                    : bean;
        }

        private static <T> T watched(Class<T> type, T real, String text) {
            return type.cast(Proxy.newProxyInstance(
                    Counting.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                        try {
                            if (method.getName().startsWith("execute")) {
                                TRIPS.get().add(text);
                            } else if (method.getName().equals("commit")
                                    && ((Connection) real)
                                                    .unwrap(PgConnection.class)
                                                    .getTransactionState()
                                            != TransactionState.IDLE) {
                                TRIPS.get().add("commit");
                            }
                            Object result = method.invoke(real, arguments);
                            return result instanceof PreparedStatement statement
                                    ? watched(PreparedStatement.class, statement, String.valueOf(arguments[0]))
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class, Counting.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    /** Look, write with the commit; ask the system; write, add what goes with it with the commit. */
    @Test
    void aLoanOrReturnElsewhereMakesFour() {
        Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        turku.lend(MAKELA, ITEM);
        turku.bringBack(ITEM);

        assertThat(trips(() -> turku.lend(MAKELA, ITEM))).hasSize(4);
        assertThat(trips(() -> turku.bringBack(ITEM))).hasSize(4);
    }

    private static List<String> trips(Runnable work) {
        Counting.TRIPS.get().clear();
        work.run();
        return List.copyOf(Counting.TRIPS.get());
    }
}
