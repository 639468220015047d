package fi.kimppa.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A consortium of processes: gateways on one PostgreSQL behind HAProxy, with the configuration that is shipped, and library systems
 * besides the gateways' own store, two of SIP2 and one FOLIO, each at the end of a wire that can be cut. Threads: any; what befalls one process is one thread's
 * matter.
 */
final class ChaosHouse implements AutoCloseable {
    /** How many gateways there are. The first has the database server. */
    static final int GATEWAYS = 3;

    /** As large as the database's write-ahead files, which are laid out in advance: on a full disk they go on, and tables do not. */
    static final long FULL = 16L << 20;

    /** The journal's file is larger than that from the first, so that each of its pages is a new one. */
    private static final String LARGE_JOURNAL = """
            insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code, institution_id, item,
                                 transaction_date, no_block, cancel, fee_acknowledged, response, ok, opened_at, settled_at)
            select 0, 'embedded', '19', 'SETTLED', 'chaos', 'KIOSK', 'TURKU', 'TURKU', n::text, '20990101    000000', false, false,
                   false, repeat(md5(n::text), 50), false, now(), now()
              from generate_series(1, 14000) n
            """;

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration COMES_UP = Duration.ofMinutes(5);

    /** Their branches, and what the numbers of their items and cards begin with. */
    enum Library {
        OWN("TURKU", "41", "21"),
        NORTH("NAANTALI", "71", "81"),
        SOUTH("LIETO", "72", "82"),
        /** The one that is a FOLIO. */
        EAST("KAARINA", "73", "83");

        final String branch;
        final String items;
        final String cards;

        Library(String branch, String items, String cards) {
            this.branch = branch;
            this.items = items;
            this.cards = cards;
        }

        /** How the gateways' configuration calls it. */
        String system() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The library systems that are not the gateways'. */
    static final List<Library> OTHERS = List.of(Library.NORTH, Library.SOUTH, Library.EAST);

    private final Path home;
    private final Programs programs;
    private final Optional<Programs> newer;
    private final List<Gateway> gateways = new ArrayList<>();
    private final Child[] running = new Child[GATEWAYS];
    private final Map<Library, Child> libraries = new ConcurrentHashMap<>();
    private final Map<Library, Integer> libraryPorts = new EnumMap<>(Library.class);
    private final Map<Library, ChaosLine> lines = new EnumMap<>(Library.class);
    private final Ports front = Ports.free();
    private final int databasePort;
    private Child balancer;

    private ChaosHouse(Path home, Programs programs, Optional<Programs> newer) {
        this.home = home;
        this.programs = programs;
        this.newer = newer;
        Ports first = Ports.free();
        // The others find it there again, however often it is killed.
        databasePort = Ports.free().of(Ports.Use.HTTP);
        String keeping = "--kimppa.database.port=" + databasePort;
        // Once, for its database and what it is to hold.
        Gateway alone = new Gateway(
                programs, home.resolve("gateway-1"), home, first, Optional.empty(), Optional.empty(), List.of(keeping));
        try (Child child = alone.start()) {
            alone.awaitReady(child);
            furnish();
        }
        for (Library library : OTHERS) {
            int port = Ports.free().of(Ports.Use.SIP);
            libraryPorts.put(library, port);
            lines.put(library, ChaosLine.to(port));
        }
        balancer = startAll(first, keeping);
    }

    /** Starts everything and waits until it serves. */
    static ChaosHouse start(Path home, Programs programs) {
        return new ChaosHouse(home, programs, Optional.empty());
    }

    /**
     * Starts everything in an earlier version and waits until it serves.
     *
     * @param newer what gateways are updated to
     */
    static ChaosHouse start(Path home, Programs earlier, Programs newer) {
        return new ChaosHouse(home, earlier, Optional.of(newer));
    }

    private Child startAll(Ports first, String keeping) {
        for (Library library : OTHERS) {
            startLibrary(library);
        }
        for (int i = 0; i < GATEWAYS; i++) {
            Ports ports = i == 0 ? first : Ports.free();
            List<String> settings = new ArrayList<>(settings());
            settings.add("--kimppa.clock.offset-file=" + clockFile(i));
            // By this terminals know which one they speak with.
            settings.add("--kimppa.sip.retries-allowed=" + (i + 1));
            if (i == 0) {
                settings.add(keeping);
            } else {
                settings.add("--spring.datasource.url=" + url());
                settings.add("--spring.datasource.username=kimppa");
                settings.add("--spring.datasource.password=" + password());
            }
            gateways.add(new Gateway(
                    programs,
                    home.resolve("gateway-" + (i + 1)),
                    home.resolve("log-" + (i + 1)),
                    ports,
                    Optional.empty(),
                    Optional.empty(),
                    settings));
            startGateway(i);
            if (i == 0) {
                // The others find their database with it.
                awaitGateway(0);
            }
        }
        IntStream.range(1, GATEWAYS).forEach(this::awaitGateway);
        return startBalancer();
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "--kimppa.sip.plain.proxies=127.0.0.1/32",
                "--kimppa.deadlines.backend=3s",
                "--kimppa.deadlines.timeout-period=4s",
                "--kimppa.deadlines.kiosk=6s",
                "--kimppa.deadlines.settle=5s"));
        for (Library library : List.of(Library.NORTH, Library.SOUTH)) {
            String name = "--kimppa.backends.sip2." + library.system();
            settings.add(name + ".address=sip2:tcp:127.0.0.1:" + line(library).port());
            settings.add(name + ".answer=2s");
            settings.add(name + ".patience=1s");
            settings.add(name + ".connect=1s");
            settings.add(name + ".accounts.common.user=kimppa");
            settings.add(name + ".accounts.common.password=kimppa");
            settings.add(name + ".accounts.common.institution=CHAOS");
        }
        String folio = "--kimppa.backends.folio." + Library.EAST.system();
        settings.add(folio + ".http.url=http://127.0.0.1:" + line(Library.EAST).port());
        settings.add(folio + ".http.connect=1s");
        settings.add(folio + ".http.patience=1s");
        settings.add(folio + ".tenant=chaos");
        settings.add(folio + ".user=kimppa");
        settings.add(folio + ".password=kimppa");
        settings.add(folio + ".answer=2s");
        settings.add(folio + ".service-points.common=CHAOS");
        settings.add(folio + ".holds.cancellation-reason=" + new UUID(0, 0));
        return settings;
    }

    // ---- the database ------------------------------------------------------------------------------------

    /** The things of the gateways' own store, and whose the others are. */
    private void furnish() {
        List<String> statements = new ArrayList<>(List.of(
                """
                insert into terminals (login, kind, branch_code, institution_id, password)
                select 'chaos-' || n, 'KIOSK', branch, branch,
                       encode(salt, 'hex') || ':' || encode(sha256(salt || convert_to('chaos-' || n, 'UTF8')), 'hex')
                  from (select n, decode(md5(n::text), 'hex') as salt,
                               (array['TURKU', 'NAANTALI', 'LIETO'])[1 + n % 3] as branch
                          from generate_series(0, 999) n) made
                """,
                "insert into titles (id, title, author) select 900000 + n, 'Chaos', '' from generate_series(0, 9999) n",
                """
                insert into items (number, title_id, type, home_branch, current_branch)
                select '41' || lpad(n::text, 8, '0'), 900000 + n, 'BOOK', 'TURKU', 'TURKU' from generate_series(0, 9999) n
                """,
                """
                insert into patron_categories (code, loan_limit, hold_limit, overdue_limit, fee_limit)
                values ('CHAOS', 9999, 9999, 9999, 1000000)
                """,
                """
                insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                select '21' || lpad(n::text, 8, '0'), 'Chaos', 'Patron', date '1980-01-01', 'CHAOS', 'TURKU', '-',
                       date '2099-12-31'
                  from generate_series(0, 9999) n
                """,
                """
                insert into fees (card, fee_type, amount, created_at)
                select '21' || lpad(n::text, 8, '0'), '04', 100000, now() from generate_series(0, 9999) n
                """,
                LARGE_JOURNAL));
        for (Library library : Library.values()) {
            String code = library.branch;
            statements.add("insert into number_rules (numbers, pattern, municipality) values ('ITEM', '" + library.items
                    + "*', '" + code + "'), ('CARD', '" + library.cards + "*', '" + code + "')");
            if (library != Library.OWN) {
                statements.add("update municipalities set library_system = '" + library.system() + "' where code = '"
                        + code + "'");
            }
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not take the things of the chaos.", e);
        }
    }

    /** Past the gateways. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "kimppa", password());
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + databasePort + "/kimppa?connectTimeout=2&socketTimeout=20";
    }

    private String password() {
        return read(home.resolve("gateway-1/database.password")).strip();
    }

    /** The database server and the processes that serve its connections; none while it is away. */
    List<ProcessHandle> database() {
        return serverFile().stream()
                .limit(1)
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                // The number of one that has gone may be somebody else's by now.
                .filter(server -> server.info()
                        .command()
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent())
                .flatMap(server -> Stream.concat(Stream.of(server), server.children()))
                .toList();
    }

    /** What the server says of itself; nothing while it is away or about to write. */
    private List<String> serverFile() {
        try {
            return Files.readAllLines(home.resolve("gateway-1/database/postmaster.pid")).stream()
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartException("Cannot read " + file, e);
        }
    }

    // ---- the processes -----------------------------------------------------------------------------------

    /** Where data and logs are. */
    Path home() {
        return home;
    }

    /** Where terminals connect. */
    int port() {
        return front.of(Ports.Use.SIP);
    }

    /** A gateway's process, by its place from 0. */
    Child gateway(int place) {
        return running[place];
    }

    /** Makes a gateway's clock this much wrong. */
    void turnClock(int place, Duration offset) {
        Path file = clockFile(place);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, offset.toString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartException("Cannot write " + file, e);
        }
    }

    private Path clockFile(int place) {
        return home.resolve("clock-" + (place + 1) + ".txt");
    }

    void startGateway(int place) {
        running[place] = gateways.get(place).start();
    }

    void awaitGateway(int place) {
        gateways.get(place).awaitReady(running[place]);
    }

    /**
     * Starts a gateway as a service manager does: one that ends, because there is no database just now, is started again.
     *
     * @throws StartException if it has not come up after five minutes
     */
    void restartGateway(int place) {
        long until = System.nanoTime() + COMES_UP.toNanos();
        while (true) {
            startGateway(place);
            try {
                awaitGateway(place);
                return;
            } catch (StartException e) {
                if (running[place].alive() || System.nanoTime() - until > 0) {
                    throw e;
                }
            }
        }
    }

    /** Stops a gateway as a service manager does, and starts the newer version in its place. */
    void updateGateway(int place) {
        running[place].close();
        gateways.set(place, gateways.get(place).as(newer.orElseThrow()));
        restartGateway(place);
    }

    Child library(Library library) {
        return of(libraries, library);
    }

    private static <T> T of(Map<Library, T> things, Library library) {
        return Objects.requireNonNull(things.get(library), library.system());
    }

    void startLibrary(Library library) {
        List<String> arguments =
                new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path")));
        arguments.addAll(
                library == Library.EAST
                        ? List.of(ChaosFolio.class.getName(), port(library), library.items, library.cards)
                        : List.of(ChaosLibrary.class.getName(), port(library), library.items));
        arguments.add(books(library).toString());
        libraries.put(library, Child.java(library.system(), home, Map.of(), arguments));
    }

    private String port(Library library) {
        return Integer.toString(of(libraryPorts, library));
    }

    /** What a library has on the disk. */
    Path books(Library library) {
        return home.resolve(library.system() + "-books.txt");
    }

    /** The wire between the gateways and a library that is not theirs. */
    ChaosLine line(Library library) {
        return of(lines, library);
    }

    Child balancer() {
        return balancer;
    }

    /** Starts HAProxy again. */
    void restartBalancer() {
        balancer = startBalancer();
    }

    private Child startBalancer() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KIMPPA_SIP2", "127.0.0.1:" + port());
        environment.put("KIMPPA_PLAIN_HTTP", "yes");
        IntStream.range(0, GATEWAYS).forEach(place -> {
            Ports ports = gateways.get(place).ports();
            environment.put("KIMPPA_GATEWAY_" + (place + 1), "127.0.0.1:" + ports.of(Ports.Use.SIP));
            environment.put("KIMPPA_HEALTH_" + (place + 1), Integer.toString(ports.of(Ports.Use.HTTP)));
        });
        Path configuration = programs.home().resolve("deploy/src/main/dist/haproxy/haproxy.cfg");
        Child child =
                Child.program("haproxy", home, environment, List.of("haproxy", "-db", "-f", configuration.toString()));
        while (!listening()) {
            if (!child.alive()) {
                throw new StartException("HAProxy did not start: " + child.lastWords(5));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return child;
    }

    private boolean listening() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        balancer.kill();
        for (int place = GATEWAYS - 1; place >= 0; place--) {
            running[place].close();
        }
        for (Library library : OTHERS) {
            library(library).kill();
            line(library).close();
        }
    }
}
