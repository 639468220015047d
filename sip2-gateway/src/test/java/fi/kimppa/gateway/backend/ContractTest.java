package fi.kimppa.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract itself: how large it is, and that people are told what it asserts. */
class ContractTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "backends.md");

    @Test
    void hasAtLeast120CasesForEveryAdapter() {
        int cases = Arrays.stream(BackendContract.class.getMethods())
                .mapToInt(ContractTest::cases)
                .sum();
        assertThat(cases).isGreaterThanOrEqualTo(120);
    }

    private static int cases(Method method) {
        if (method.isAnnotationPresent(Test.class)) {
            return 1;
        }
        int values = Optional.ofNullable(method.getAnnotation(ValueSource.class))
                .map(source -> source.strings().length + source.ints().length)
                .orElse(0);
        int rows = Optional.ofNullable(method.getAnnotation(CsvSource.class))
                .map(source -> source.value().length)
                .orElse(0);
        int constants = Optional.ofNullable(method.getAnnotation(EnumSource.class))
                .map(source -> source.names().length == 0 ? constants(source.value()) : source.names().length)
                .orElse(0);
        return values + rows + constants;
    }

    private static int constants(Class<?> type) {
        return Optional.ofNullable(type.getEnumConstants())
                .map(all -> all.length)
                .orElse(0);
    }

    @Test
    void isTheTableOfTheReference() throws IOException {
        assertThat(Files.readString(REFERENCE)).contains(table());
    }

    private static String table() {
        String head = Arrays.stream(Adapter.values())
                .map(adapter -> "`" + adapter.name().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(" | ", "| | ", " |\n"));
        String line = "|---".repeat(Adapter.values().length + 1) + "|\n";
        return head
                + line
                + Arrays.stream(Ability.values())
                        .map(ability -> Arrays.stream(Adapter.values())
                                .map(adapter -> ability.of(adapter) ? "yes" : "no")
                                .collect(Collectors.joining(" | ", "| " + ability.sentence() + " | ", " |\n")))
                        .collect(Collectors.joining());
    }
}
