package fi.kimppa.kiosk;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPicture;
import fi.kimppa.kiosk.paper.LayoutException;
import fi.kimppa.kiosk.paper.Layouts;
import fi.kimppa.kiosk.paper.Receipts;
import fi.kimppa.kiosk.paper.Samples;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kiosk receipts}: checks a layout file and shows what it prints, without a printer or a library. */
@Command(
        name = "kiosk receipts",
        mixinStandardHelpOptions = true,
        description = "Checks the layouts of receipts and slips and shows what they print.",
        footer = {
            "",
            "Exit codes: 0 done, 1 a file cannot be written, 2 the layout or the command line is wrong.",
            "Begin with --template: it writes the product's own layouts into a file, to be changed."
        })
final class ReceiptsCommand implements Callable<Integer> {
    /** The word on the command line. */
    static final String NAME = "receipts";

    private static final int BROKEN = 1;
    private static final int WRONG = 2;
    private static final List<Integer> WIDTHS = List.of(32, 42, 48);

    private final PrintWriter out;

    @Option(
            names = "--layout",
            paramLabel = "FILE",
            description = "The layouts to check; without it the product's own.")
    private Optional<Path> layout = Optional.empty();

    @Option(
            names = "--preview",
            paramLabel = "DIR",
            description = "Writes every kind in every language and width there, as text and as PNG.")
    private Optional<Path> preview = Optional.empty();

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "Writes the product's own layouts into a new file.")
    private Optional<Path> template = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ReceiptsCommand(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param out takes what is said
     * @param args without the word {@value #NAME}
     * @return the exit code
     */
    static int run(PrintWriter out, String... args) {
        var line = new CommandLine(new ReceiptsCommand(out));
        line.setOut(out);
        line.setErr(out);
        line.setExecutionExceptionHandler((exception, _, _) -> switch (exception) {
            case LayoutException e -> told(out, String.valueOf(e.getMessage()), WRONG);
            case IOException e -> told(out, "cannot be written: " + e.getMessage(), BROKEN);
            default -> throw exception;
        });
        return line.execute(args);
    }

    private static int told(PrintWriter out, String message, int code) {
        out.println(message);
        return code;
    }

    @Override
    public Integer call() throws IOException {
        if (layout.isEmpty() && preview.isEmpty() && template.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "expected --layout, --preview or --template");
        }
        if (template.isPresent()) {
            Files.writeString(template.get(), Layouts.builtInFile(), StandardOpenOption.CREATE_NEW);
            out.println(template.get() + ": written");
        }
        Layouts layouts = layout.map(Layouts::read).orElse(Layouts.BUILT_IN);
        layout.ifPresent(file -> out.println(file + ": good"));
        if (preview.isPresent()) {
            out.println(preview.get() + ": " + draw(layouts, preview.get()) + " papers as text and as pictures");
        }
        return 0;
    }

    private static int draw(Layouts layouts, Path folder) throws IOException {
        Files.createDirectories(folder);
        int drawn = 0;
        for (int columns : WIDTHS) {
            var receipts = new Receipts(Samples.SETTINGS, Samples.MACHINE, columns, layouts);
            for (Map.Entry<String, Printout> sample : Samples.all().entrySet()) {
                for (Language language : Texts.languages()) {
                    Receipt receipt = receipts.compose(sample.getValue(), language);
                    String name = sample.getKey() + "-" + language.tag() + "-" + columns;
                    Files.writeString(folder.resolve(name + ".txt"), receipt.toText(columns));
                    Files.write(folder.resolve(name + ".png"), ReceiptPicture.png(receipt, columns));
                    drawn++;
                }
            }
        }
        return drawn;
    }
}
