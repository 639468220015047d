package fi.kimppa.gateway.console;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chromium without a window, as a member of staff would use it. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("kimppa.chromium", "/usr/bin/chromium"));
    /** Debian's Chromium draws by OpenGL, and a machine without a graphics card computes that slowly. */
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu");

    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

    // One for all classes of a JVM: to start it takes seconds. Playwright belongs to the thread that made it, and so do
    // the tests.
    private static Optional<Program> program = Optional.empty();

    private final List<BrowserContext> windows = new ArrayList<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final String home;

    /** Playwright and the Chromium that it started. */
    private record Program(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        static Program start() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Program(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(CHROMIUM)
                                    .setArgs(ARGUMENTS)));
        }

        /** Ends it; one that does not end in time is left to the end of this JVM. */
        void end() {
            boolean _ = inTime(chromium::close) && inTime(playwright::close);
        }
    }

    /** Starts it unless it runs; pages are those of a gateway on this port. */
    public Browser(int port) {
        this.home = "http://127.0.0.1:" + port;
    }

    private static com.microsoft.playwright.Browser chromium() {
        Program running =
                program.filter(there -> there.chromium().isConnected()).orElseGet(Program::start);
        program = Optional.of(running);
        return running.chromium();
    }

    /** A new window of this width in CSS pixels. */
    public Page window(String language, int width, ColorScheme colours) {
        return window(options(language, width, colours));
    }

    private Page window(NewContextOptions options) {
        BrowserContext context = chromium().newContext(options);
        windows.add(context);
        return context.newPage();
    }

    private NewContextOptions options(String language, int width, ColorScheme colours) {
        return new NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setBaseURL(home);
    }

    /** A window after sign-in. */
    public Page signedIn(String language, int width, ColorScheme colours) {
        return signedIn("staff", language, width, colours);
    }

    /** A window after this user's sign-in. */
    public Page signedIn(String user, Look look) {
        return signedIn(user, look.language(), look.width(), look.colours());
    }

    /** A window after this user's sign-in; the first signs in, and while that lasts the others go on with its cookies. */
    public Page signedIn(String user, String language, int width, ColorScheme colours) {
        NewContextOptions options = options(language, width, colours);
        Optional.ofNullable(sessions.get(user)).ifPresent(options::setStorageState);
        Page page = window(options);
        page.navigate("/");
        if (page.url().endsWith("/sign-in")) {
            page.fill("#name", user);
            page.fill("#password", "demo-" + user);
            page.click("main button[type=submit]");
            page.waitForURL(home + "/");
            sessions.put(user, page.context().storageState());
        }
        return page;
    }

    /**
     * Closes a window, from an empty page and without waiting for ever: Chromium 150 does not always answer a close that meets a
     * navigation. What a test has seen by then stands; the next window is another Chromium's.
     */
    public static void close(Page page) {
        page.navigate("about:blank");
        closed(page.context());
    }

    private static void closed(BrowserContext window) {
        if (!inTime(window::close)) {
            program.ifPresent(Program::end);
            program = Optional.empty();
        }
    }

    /** Whether it came to its end. */
    private static boolean inTime(Runnable closing) {
        Thread waiting = Thread.currentThread();
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        waiting.interrupt();
                    }
                },
                CLOSED_WITHIN.toMillis());
        try {
            closing.run();
            return true;
        } catch (PlaywrightException e) {
            LOG.warn("Chromium did not close in time", e);
            return false;
        } finally {
            timer.cancel();
            boolean _ = Thread.interrupted();
        }
    }

    /**
     * What axe-core finds wrong, in a line each. It runs in the page itself, since ours have no frames, and describes what is wrong
     * alone: a selector for every node that is well, and a second page to put them together in, took most of the time.
     */
    public static List<String> findings(Page page) {
        page.waitForLoadState();
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        AxeResults results = new AxeBuilder(page)
                .options(options)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .setLegacyMode(true)
                .analyze();
        if (results.getPasses().isEmpty()) {
            throw new IllegalStateException("axe-core has looked at nothing");
        }
        return results.getViolations().stream().map(Browser::line).toList();
    }

    private static String line(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getTarget()))
                        .toList();
    }

    /** What stands there, with single blanks. Waits for the whole page: one that is still on its way has only the beginning of it. */
    public static String text(Page page, String selector) {
        page.waitForLoadState();
        return page.textContent(selector).replaceAll("\\s+", " ").strip();
    }

    /** Waits for the whole page, and keeps a picture of it for people where all is looked at. */
    public static void picture(Page page, String name) {
        page.waitForLoadState();
        if (!Look.sampled()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + ".png"))
                    .setFullPage(true));
        }
    }

    /** Closes what is left of its windows. */
    @Override
    public void close() {
        windows.forEach(Browser::closed);
        windows.clear();
    }
}
