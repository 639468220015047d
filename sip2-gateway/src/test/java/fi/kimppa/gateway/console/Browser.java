package fi.kimppa.gateway.console;

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
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chromium without a window, as a member of staff would use it. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("kimppa.chromium", "/usr/bin/chromium"));
    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String home;

    /** Starts it; pages are those of a gateway on this port. */
    public Browser(int port) {
        this.home = "http://127.0.0.1:" + port;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    /** A new window of this width in CSS pixels. */
    public Page window(String language, int width, ColorScheme colours) {
        BrowserContext context = chromium.newContext(new NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setBaseURL(home));
        return context.newPage();
    }

    /** What a page is looked at in: every language by day, one of them by night, since colours know no language. */
    public static List<ColorScheme> colours(String language) {
        return language.equals("fi") ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(ColorScheme.LIGHT);
    }

    /** A window after sign-in. */
    public Page signedIn(String language, int width, ColorScheme colours) {
        return signedIn("staff", language, width, colours);
    }

    /** A window after this user's sign-in. */
    public Page signedIn(String user, String language, int width, ColorScheme colours) {
        Page page = window(language, width, colours);
        page.navigate("/sign-in");
        page.fill("#name", user);
        page.fill("#password", "demo-" + user);
        page.click("main button[type=submit]");
        page.waitForURL(home + "/");
        return page;
    }

    /**
     * Closes a window, from an empty page and without waiting for ever: Chromium 150 does not always answer a close that meets a
     * navigation. What a test has seen by then stands.
     */
    public static void close(Page page) {
        page.navigate("about:blank");
        inTime(page::close);
    }

    private static void inTime(Runnable closing) {
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
        } catch (PlaywrightException e) {
            LOG.warn("Chromium did not close in time", e);
        } finally {
            timer.cancel();
            boolean _ = Thread.interrupted();
        }
    }

    /** What axe-core finds wrong, in a line each. */
    public static List<String> findings(Page page) {
        AxeResults results = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
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

    /** Keeps a picture for people. */
    public static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void close() {
        inTime(chromium::close);
        inTime(playwright::close);
    }
}
