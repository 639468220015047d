package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.conformance.Conversation;
import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.conformance.ConversationException;
import fi.kimppa.sip2.conformance.Data;
import fi.kimppa.sip2.conformance.Player;
import fi.kimppa.sip2.conformance.Result;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code sip2 conformance}: plays the golden conversations against a server. */
final class ConformanceCommand {
    private static final String HELP = """
            Usage: sip2 conformance ADDRESS --data FILE [OPTION...] [NAME...]
                   sip2 conformance --list [NAME...]

            Plays the golden conversations that test a server against the one at ADDRESS, and reports what differs. They
            lend, return and pay: use a test library. NAME is a conversation, or a part of its name; without one all are
            played.

            ADDRESS is HOST:PORT, sip2:tcp:HOST:PORT, sip2:tls:HOST:PORT[?pin=SHA256] or
            sip2:https:HOST[:PORT][/PATH][?pin=SHA256].

              --data FILE         properties file with the terminals, cards and items of the test library:
                                  LOGIN=..., PASSWORD=..., CARD=..., PIN=..., ITEM=...; what a conversation needs and the
                                  file does not have makes it skipped
              --conversations PATH  a file or folder of conversations in place of the shipped ones
              --timeout SECONDS   how long an answer may take (10)
              --silence SECONDS   how long nothing must come where silence is right (1)
              --list              say which conversations there are, what they need and where each rule comes from
              --transcript        with each difference, everything that was said until then; cards and names masked
              --json              one JSON object a conversation, and one at the end with the numbers

            Exit codes: 0 none differs and at least one was played, 1 some differ or none was played, 2 usage, 3 no
            connection.
            """;

    private final Terminal terminal;

    ConformanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Exit run(List<String> args) {
        Options options = Options.read(
                args,
                Set.of("--list", "--json", "--transcript"),
                Set.of("--data", "--conversations", "--timeout", "--silence"),
                HELP);
        if (options.has("--help")) {
            terminal.out().print(HELP);
            return Exit.WELL;
        }
        try {
            return options.has("--list") ? list(options) : play(options);
        } catch (ConversationException e) {
            throw options.wrong(String.valueOf(e.getMessage()));
        } catch (LinkException e) {
            terminal.err().println("sip2: " + e.getMessage());
            return Exit.NO_CONNECTION;
        }
    }

    private Exit list(Options options) {
        for (Conversation conversation : chosen(options, options.rest())) {
            if (options.has("--json")) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", conversation.name());
                row.put("rule", conversation.rule());
                row.put("source", conversation.source());
                row.put(
                        "links",
                        conversation.links().stream()
                                .map(link -> link.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList());
                row.put("profile", conversation.profile());
                row.put("needs", List.copyOf(new TreeSet<>(conversation.needs())));
                terminal.out().println(Json.write(row));
            } else {
                terminal.out().println(conversation.name());
                terminal.out().println("    " + conversation.rule());
                terminal.out().println("    source: " + conversation.source());
                terminal.out().println("    needs: " + String.join(" ", new TreeSet<>(conversation.needs())));
            }
        }
        return Exit.WELL;
    }

    private Exit play(Options options) {
        if (options.rest().isEmpty()) {
            throw options.wrong("which server? Name its address");
        }
        Data data = Data.read(Path.of(
                options.value("--data").orElseThrow(() -> options.wrong("--data names the file with the test data"))));
        Player player = new Player(new Player.Settings(
                options.address(options.rest().getFirst()),
                data,
                Clock.system(ZoneId.systemDefault()),
                options.seconds("--timeout", Duration.ofSeconds(10)),
                options.seconds("--silence", Duration.ofSeconds(1))));
        int passed = 0;
        int differing = 0;
        int skipped = 0;
        for (Conversation conversation :
                chosen(options, options.rest().subList(1, options.rest().size()))) {
            Result result = player.play(conversation);
            switch (result) {
                case Result.Passed _ -> passed++;
                case Result.Differs _ -> differing++;
                case Result.Skipped _ -> skipped++;
            }
            report(conversation, result, options);
        }
        if (options.has("--json")) {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("passed", passed);
            numbers.put("differ", differing);
            numbers.put("skipped", skipped);
            terminal.out().println(Json.write(numbers));
        } else {
            terminal.out().printf("%d passed, %d differ, %d skipped%n", passed, differing, skipped);
        }
        return differing == 0 && passed > 0 ? Exit.WELL : Exit.DIFFERS;
    }

    private List<Conversation> chosen(Options options, List<String> names) {
        List<Conversation> all = options
                .value("--conversations")
                .map(path -> Conversation.read(Path.of(path)))
                .orElseGet(Conversation::shipped)
                .stream()
                .filter(conversation -> conversation.role() == Role.SERVER)
                .toList();
        for (String name : names) {
            if (all.stream().noneMatch(conversation -> conversation.name().contains(name))) {
                throw options.wrong("no conversation with a server has \"" + name + "\" in its name");
            }
        }
        return names.isEmpty()
                ? all
                : all.stream()
                        .filter(conversation -> names.stream().anyMatch(conversation.name()::contains))
                        .toList();
    }

    private void report(Conversation conversation, Result result, Options options) {
        if (options.has("--json")) {
            terminal.out().println(Json.write(map(conversation, result, options)));
            return;
        }
        switch (result) {
            case Result.Passed _ -> terminal.out().println("passed   " + conversation.name());
            case Result.Skipped(String reason) ->
                terminal.out().println("skipped  " + conversation.name() + ": " + reason);
            case Result.Differs differs -> {
                terminal.out().println("differs  " + conversation.name() + ", line " + differs.line());
                terminal.out().println("         rule: " + conversation.rule() + " (" + conversation.source() + ")");
                terminal.out().println("         expected: " + differs.expected());
                terminal.out().println("         found:    " + differs.found());
                differs.differences().forEach(one -> terminal.out().println("         - " + one));
                if (options.has("--transcript")) {
                    differs.conversation().forEach(line -> terminal.out().println("         | " + line));
                }
            }
        }
    }

    private static Map<String, Object> map(Conversation conversation, Result result, Options options) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", conversation.name());
        map.put("rule", conversation.rule());
        map.put("source", conversation.source());
        switch (result) {
            case Result.Passed _ -> map.put("result", "passed");
            case Result.Skipped(String reason) -> {
                map.put("result", "skipped");
                map.put("reason", reason);
            }
            case Result.Differs differs -> {
                map.put("result", "differs");
                map.put("line", differs.line());
                map.put("expected", differs.expected());
                map.put("found", differs.found());
                map.put("differences", differs.differences());
                if (options.has("--transcript")) {
                    map.put("transcript", differs.conversation());
                }
            }
        }
        return map;
    }
}
