package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.paper.Samples;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsCommandTest {
    private final StringWriter said = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private int run(String... args) {
        return ReceiptsCommand.run(new PrintWriter(said, true), args);
    }

    @Test
    void drawsEveryKindInEveryLanguageAndWidth() throws IOException {
        Path preview = folder.resolve("preview");
        assertThat(run("--preview", preview.toString())).isZero();
        int papers = Samples.all().size() * Texts.languages().size() * 3;
        assertThat(said.toString()).contains(papers + " papers");
        try (Stream<Path> files = Files.list(preview)) {
            assertThat(files).hasSize(2 * papers).allMatch(file -> file.toFile().length() > 100);
        }
        assertThat(preview.resolve("hold-slip-se-32.png")).exists();
    }

    @Test
    void givesAFileToBeginWithAndFindsItGood() throws IOException {
        String file = folder.resolve("receipts.layout").toString();
        assertThat(run("--template", file)).isZero();
        assertThat(run("--layout", file)).isZero();
        assertThat(said.toString()).contains(file + ": written").contains(file + ": good");
        assertThat(run("--template", file)).as("writes over nothing").isEqualTo(1);
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("{due}", "{fee}"));
        assertThat(run("--layout", file)).isEqualTo(2);
        assertThat(said.toString())
                .contains(file + ", line 12: {fee}: no paper says anything about a person; take it out");
    }

    @Test
    void saysWhatItWants() {
        assertThat(run()).isEqualTo(2);
        assertThat(said.toString()).contains("expected --layout, --preview or --template");
    }
}
