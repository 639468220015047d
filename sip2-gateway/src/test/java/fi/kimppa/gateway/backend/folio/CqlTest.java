package fi.kimppa.gateway.backend.folio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a terminal sends means itself in a query, and nothing more. */
class CqlTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static boolean finds(String query, String barcode) {
        ObjectNode record = JSON.createObjectNode().put("barcode", barcode);
        return StubCql.parse(query).test(record);
    }

    @Test
    void quotesWhateverHasAMeaningInAQuery() {
        assertThat(Cql.exact("barcode", "a\"b*c?d^e\\f")).isEqualTo("barcode==\"a\\\"b\\*c\\?d\\^e\\\\f\"");
    }

    @Test
    void letsNoCardNumberWidenTheQuery() {
        for (String bad :
                new String[] {"*", "?", "200*", "\" or barcode=\"*", "\\", "\\*", "x\" or cql.allRecords=\"1"}) {
            assertThat(finds(Cql.exact("barcode", bad), "2000012345")).as(bad).isFalse();
            assertThat(finds(Cql.exact("barcode", bad), bad)).as(bad).isTrue();
        }
    }

    @Test
    void findsAnyTextByItselfAlone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "ab12\"*?^\\ ()=|";
        for (int turn = 0; turn < 2_000; turn++) {
            String one = text(random, letters);
            String other = text(random, letters);
            assertThat(finds(Cql.exact("barcode", one), one))
                    .as("seed %d, %s", seed, one)
                    .isTrue();
            assertThat(finds(Cql.exact("barcode", one), other))
                    .as("seed %d, %s and %s", seed, one, other)
                    .isEqualTo(one.equals(other));
        }
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void asksForSeveralValuesAndSeveralConditions() {
        assertThat(Cql.and(Cql.exact("a", "1"), Cql.oneOf("b", "x", "y z")))
                .isEqualTo("a==\"1\" and b==(\"x\" or \"y z\")");
    }
}
