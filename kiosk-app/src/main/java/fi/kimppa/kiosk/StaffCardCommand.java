package fi.kimppa.kiosk;

import fi.kimppa.kiosk.runtime.StaffPins;
import fi.kimppa.sip2.wire.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the line of a staff card for a kiosk's configuration. Card number and PIN are read from the console, so that neither stands
 * in the shell's history; from standard input where there is no console.
 */
@Command(
        name = "kiosk staff-card",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a line for \"staffCards\" in a kiosk's configuration: a card that opens the staff menu, with its PIN.",
            "Asks for the card's number, as the kiosk's scanner reads it, and twice for the PIN, 6 to 10 digits."
        })
final class StaffCardCommand implements Callable<Integer> {
    /** The first argument that means this command. */
    static final String NAME = "staff-card";

    private static final int WRONG = 2;
    private static final int LEAST_DIGITS = 6;
    private static final int MOST_DIGITS = 10;

    private final InputStream input;
    private final PrintStream out;
    private final PrintStream complaints;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What reports call the card, such as 'kortti 3'; not who holds it.")
    private String name = "";

    private record Typed(String number, Secret pin, Secret again) {}

    StaffCardCommand(InputStream input, PrintStream out, PrintStream complaints) {
        this.input = input;
        this.out = out;
        this.complaints = complaints;
    }

    /** Runs the command with the arguments after its name; the process's exit code. */
    static int run(String... args) {
        return new CommandLine(new StaffCardCommand(System.in, System.out, System.err)).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        Typed typed = terminal.isPresent() ? ask(terminal.get()) : read();
        try {
            return make(typed);
        } finally {
            typed.pin().erase();
            typed.again().erase();
        }
    }

    private int make(Typed typed) {
        if (typed.number().isBlank() || !isPin(typed.pin())) {
            complaints.println("Expected a card number, and a PIN of 6 to 10 digits");
            return WRONG;
        }
        if (!typed.pin().equals(typed.again())) {
            complaints.println("The two PINs are not the same");
            return WRONG;
        }
        try {
            out.println(
                    StaffPins.card(name, typed.number().strip(), typed.pin()).line());
            return 0;
        } catch (IllegalArgumentException e) {
            complaints.println("Expected a name of 1 to 40 letters, digits, blanks, hyphens and dots");
            return WRONG;
        }
    }

    private static boolean isPin(Secret typed) {
        char[] characters = typed.reveal();
        int digits = 0;
        for (char character : characters) {
            digits += character >= '0' && character <= '9' ? 1 : 0;
        }
        Arrays.fill(characters, '\0');
        return digits == characters.length && digits >= LEAST_DIGITS && digits <= MOST_DIGITS;
    }

    private static Typed ask(Console console) {
        @Nullable String number = console.readLine("Card number: ");
        return new Typed(
                number == null ? "" : number,
                hidden(console.readPassword("PIN: ")),
                hidden(console.readPassword("PIN again: ")));
    }

    /** Nothing at the end of the input. */
    private static Secret hidden(char @Nullable [] typed) {
        if (typed == null) {
            return Secret.empty();
        }
        Secret secret = Secret.of(typed);
        Arrays.fill(typed, '\0');
        return secret;
    }

    private Typed read() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        return new Typed(line(lines), Secret.of(line(lines)), Secret.of(line(lines)));
    }

    private static String line(BufferedReader lines) throws IOException {
        @Nullable String line = lines.readLine();
        return line == null ? "" : line;
    }
}
