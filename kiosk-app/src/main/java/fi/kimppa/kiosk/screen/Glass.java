package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.Event;
import javafx.scene.Cursor;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A dressed scene, on a display or on none. All methods may be called from any thread but JavaFX's own. */
final class Glass {
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static final Color BEHIND = Color.BLACK;
    private static final Color ALSO_BEHIND = Color.rgb(0, 0, 1);

    private final Scene scene;
    private final Optional<Stage> stage;

    private Glass(Scene scene, Optional<Stage> stage) {
        this.scene = scene;
        this.stage = stage;
    }

    /** On a display: over all of it, or in a window of the profile's size. */
    static Glass onDisplay(String title, DeviceProfile profile, boolean fullScreen, Supplier<Parent> root) {
        start();
        return onFxThread(() -> {
            Scene scene = scene(root.get(), profile);
            var stage = new Stage(fullScreen ? StageStyle.UNDECORATED : StageStyle.DECORATED);
            stage.setTitle(title);
            stage.setScene(scene);
            stage.setFullScreenExitHint("");
            stage.setFullScreen(fullScreen);
            if (fullScreen) {
                lock(stage);
                // Without a window manager full screen alone keeps the old size.
                stage.setX(0);
                stage.setY(0);
                stage.setWidth(profile.width());
                stage.setHeight(profile.height());
            }
            stage.show();
            return new Glass(scene, Optional.of(stage));
        });
    }

    /** A patron with a keyboard finds no way out, and sees no pointer. */
    private static void lock(Stage stage) {
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        stage.setOnCloseRequest(Event::consume);
        stage.getScene().setCursor(Cursor.NONE);
    }

    /** On none: pictures and touches work, nobody sees it. */
    static Glass offScreen(DeviceProfile profile, Supplier<Parent> root) {
        start();
        return onFxThread(() -> new Glass(scene(root.get(), profile), Optional.empty()));
    }

    static void start() {
        if (STARTED.compareAndSet(false, true)) {
            // JavaFX would keep every text that it has ever laid out, titles of loans among them.
            System.setProperty("prism.cacheLayoutSize", "0");
            var running = new CompletableFuture<@Nullable Void>();
            Platform.startup(() -> running.complete(null));
            Platform.setImplicitExit(false);
            running.join();
        }
    }

    private static Scene scene(Parent root, DeviceProfile profile) {
        var scene = new Scene(root, profile.width(), profile.height());
        Theme.dress(scene, profile);
        return scene;
    }

    /**
     * Draws a frame, also where nothing has changed, and calls {@code drawn} on the FX thread once it is laid out and on its way to the
     * display. While the one before it cannot be drawn, that does not happen. Any thread.
     */
    void afterNextFrame(Runnable drawn) {
        Platform.runLater(() -> {
            scene.addPostLayoutPulseListener(new Runnable() {
                @Override
                public void run() {
                    scene.removePostLayoutPulseListener(this);
                    drawn.run();
                }
            });
            // Nobody sees what is behind everything; that it changes has the whole scene drawn.
            scene.setFill(BEHIND.equals(scene.getFill()) ? ALSO_BEHIND : BEHIND);
        });
    }

    /** Takes keys too; {@code spelling} says whether letters are wanted, on the FX thread. */
    void onKeys(Consumer<KioskEvent> events, BooleanSupplier spelling) {
        onFxThread(() -> {
            Keyboard.listen(scene, events, spelling);
            return true;
        });
    }

    /** FX thread only. */
    Scene scene() {
        return scene;
    }

    /** What is seen now, as a PNG file; missing folders are made. */
    void snapshot(Path png) {
        snapshot(scene, png);
    }

    static void snapshot(Scene scene, Path png) {
        var picture = onFxThread(() -> SwingFXUtils.fromFXImage(scene.snapshot(null), null));
        try {
            if (png.getParent() != null) {
                Files.createDirectories(png.getParent());
            }
            ImageIO.write(opaque(picture), "png", png.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The picture " + png + " cannot be written", e);
        }
    }

    /** A display has no transparent spots, and without them a picture is written in half the time. */
    private static BufferedImage opaque(BufferedImage picture) {
        var opaque = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        opaque.createGraphics().drawImage(picture, 0, 0, null);
        return opaque;
    }

    void press(String nodeId) {
        onFxThread(() -> {
            Finger.press(scene, nodeId);
            return true;
        });
    }

    boolean canPress(String nodeId) {
        return onFxThread(() -> Finger.obstacle(scene, nodeId).isEmpty());
    }

    void close() {
        onFxThread(() -> {
            stage.ifPresent(Stage::close);
            return true;
        });
    }

    static <T> T onFxThread(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
