package fi.kimppa.sip2.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program {@code sip2}. The first word says what to do; each command has its own {@code --help}. */
public final class Sip2Tool {
    private static final String HELP = """
            Usage: sip2 COMMAND ...

              send         say any message to a SIP2 server and show its answer
              conformance  play the golden conversations against a SIP2 server and report what differs
              decode       label the SIP2 messages that come on standard input
              replay       play a terminal's part of a wire capture against a SIP2 server
              load         put load on a SIP2 server and report rate and times

            sip2 COMMAND --help says what a command understands.

            Exit codes: 0 all is well, 1 the server's answer differs from what it should be, 2 the command line or a
            file of it cannot be understood, 3 the server cannot be reached.
            """;

    private Sip2Tool() {}

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        // UTF-8 whatever the locale, since titles and names have all letters.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), new Terminal(System.in, out, err)).code());
    }

    static Exit run(List<String> args, Terminal terminal) {
        String command = args.isEmpty() ? "" : args.getFirst();
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        try {
            return switch (command) {
                case "send" -> new SendCommand(terminal).run(rest);
                case "conformance" -> new ConformanceCommand(terminal).run(rest);
                case "replay" -> new ReplayCommand(terminal).run(rest);
                case "decode" -> new DecodeCommand(terminal).run(rest);
                case "load" -> new LoadCommand(terminal).run(rest);
                case "--help", "-h", "help" -> {
                    terminal.out().print(HELP);
                    yield Exit.WELL;
                }
                case "" -> throw new UsageException("say what to do", HELP);
                default -> throw new UsageException("there is no command \"" + command + "\"", HELP);
            };
        } catch (UsageException e) {
            terminal.err().println("sip2: " + e.getMessage());
            terminal.err().println();
            terminal.err().print(e.help());
            return Exit.USAGE;
        }
    }
}
