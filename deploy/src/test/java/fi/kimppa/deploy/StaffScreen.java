package fi.kimppa.deploy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The staff page in Chromium, as a member of staff who has signed in sees it. Threads: one test's. */
final class StaffScreen implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("kimppa.chromium", "/usr/bin/chromium"));
    private static final double PATIENCE_MS = 20_000;

    private final Playwright playwright;
    private final Browser chromium;
    private final Page page;
    private final String home;

    StaffScreen(House house) {
        home = "http://127.0.0.1:" + house.ports().of(Ports.Use.HTTP);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        // Debian's draws by OpenGL, and a machine without a graphics card computes that slowly.
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        page = chromium.newContext(new Browser.NewContextOptions().setLocale("en"))
                .newPage();
        page.navigate(home + "/sign-in");
        page.fill("#name", "staff");
        page.fill("#password", "demo-staff");
        page.click("main button[type=submit]");
        page.waitForURL(home + "/");
        page.evaluate("window.neverReloaded = true");
    }

    /** Waits until the row of a terminal has this class. */
    void awaitRow(String terminal, String state) {
        page.waitForSelector(
                "#terminal-" + terminal + "." + state, new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MS));
    }

    /** How long it takes from an event at a machine until its row has this class. */
    Duration rowAfter(Runnable event, String terminal, String state) {
        long begin = System.nanoTime();
        event.run();
        awaitRow(terminal, state);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Orders the tag of an item at a staff pad; how long it takes until the page says that it is written. */
    Duration tagWritten(String item, String pad) {
        page.navigate(home + "/desk/items?number=" + item);
        page.selectOption("#pad", pad);
        long begin = System.nanoTime();
        page.click("form[action$='/items/tag'] button");
        page.waitForSelector(
                "#order:has-text('written and read back')", new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MS));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Whether it is still the page that was opened first. */
    boolean neverReloaded() {
        return Boolean.TRUE.equals(page.evaluate("window.neverReloaded"));
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
