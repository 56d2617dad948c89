/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium, the one of the system: nothing is downloaded. {@code -Dgossip.chromium} and
 * {@code -Dgossip.chromedriver} tell where it is if not where Debian puts it.
 */
final class Browser implements AutoCloseable {
    private static final String BINARY = System.getProperty("gossip.chromium", "/usr/bin/chromium");
    private static final String DRIVER = System.getProperty("gossip.chromedriver", "/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final long PATIENCE_SECONDS = 60;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(String... arguments) {
        if (!Files.isExecutable(Path.of(BINARY)) || !Files.isExecutable(Path.of(DRIVER))) {
            throw new IllegalStateException("no browser at " + BINARY + " with a driver at " + DRIVER
                    + ": install chromium and chromium-driver, or set -Dgossip.chromium and -Dgossip.chromedriver");
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(BINARY)
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
                .addArguments("--hide-scrollbars", "--no-first-run", "--disable-background-networking")
                .addArguments("--window-size=1440,1180")
                .addArguments(arguments);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(DRIVER).toFile())
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return new Browser(driver);
    }

    /** Opens the dashboard and waits until it follows the node. */
    void openDashboard(int port) {
        openPage(port);
        awaitText("#connection-text", "Live");
    }

    /** Opens the dashboard without waiting for data, which the node may refuse. */
    void openPage(int port) {
        driver.get("http://127.0.0.1:" + port + "/dashboard");
    }

    void prefer(String colorScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String text(String selector) {
        return Objects.requireNonNullElse(
                (String) run("return document.querySelector(arguments[0])?.textContent ?? ''", selector), "");
    }

    /** Clicks what may be drawn anew at any moment. */
    void click(String selector) {
        await("a click on " + selector, () -> {
            List<WebElement> found = driver.findElements(By.cssSelector(selector));
            try {
                found.get(0).click();
                return true;
            } catch (StaleElementReferenceException | IndexOutOfBoundsException drawnAnew) {
                return false;
            }
        });
    }

    void type(String selector, String text) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    void execute(String script, Object... arguments) {
        driver.executeScript(script, arguments);
    }

    Object run(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), script);
    }

    Object runAsync(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeAsyncScript(script, arguments), script);
    }

    void awaitText(String selector, String expected) {
        await(selector + " shows '" + expected + "'", () -> text(selector).contains(expected));
    }

    void awaitNoText(String selector, String unexpected) {
        await(
                selector + " no longer shows '" + unexpected + "'",
                () -> !text(selector).contains(unexpected));
    }

    void await(String what, Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.get()) {
            if (System.nanoTime() - deadline > 0) {
                picture("failure");
                throw new AssertionError("did not happen within " + PATIENCE_SECONDS + " s: " + what
                        + "; the page shows: " + text("body"));
            }
        }
    }

    /** Saves what can be seen as {@code target/screenshots/NAME.png}. */
    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, the browser counts the time for which the thread of the page really ran, whatever else the machine does. */
    void countTime() {
        driver.executeCdpCommand("Performance.setTimeDomain", Map.of("timeDomain", "threadTicks"));
        driver.executeCdpCommand("Performance.enable", Map.of());
    }

    /** {@return how long the thread of the page ran since the page was opened, in seconds} */
    double secondsBusy() {
        Map<String, Object> answer = driver.executeCdpCommand("Performance.getMetrics", Map.of());
        return ((List<?>) Objects.requireNonNull(answer.get("metrics")))
                .stream()
                        .map(metric -> (Map<?, ?>) metric)
                        .filter(metric -> "TaskDuration".equals(metric.get("name")))
                        .mapToDouble(metric -> ((Number) Objects.requireNonNull(metric.get("value"))).doubleValue())
                        .sum();
    }

    /** What the browser complained about: scripts that threw, files that are missing, the content policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("/api/v1/diff?")) // a member may fall silent for a moment
                .toList();
    }

    /** {@return the accessibility rules that the page breaks, found by axe: one line each} */
    @SuppressWarnings("unchecked")
    List<String> brokenAccessibilityRules() {
        execute(axe());
        return (List<String>) runAsync("const done = arguments[arguments.length - 1];"
                + "axe.run(document, {resultTypes: ['violations']}).then("
                + "  result => done(result.violations.map(v => v.id + ': ' + v.help + ' '"
                + "    + v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))),"
                + "  failure => done([String(failure)]));");
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
