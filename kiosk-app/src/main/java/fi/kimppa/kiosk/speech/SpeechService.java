package fi.kimppa.kiosk.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says one thing at a time. Something new ends what is being said; nothing waits behind it.
 *
 * <p>Each utterance is two processes: the engine writes samples, we set their volume, a player takes them to the sound card. To
 * interrupt is to end both. A program that is missing or fails is logged once until it works again, told once to staff, and never
 * disturbs the kiosk.
 *
 * <p>Threads: any may call any method; every method returns at once. One thread of its own waits for the processes.
 */
public final class SpeechService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpeechService.class);
    private static final int CHIME_RATE = 22_050;
    private static final int LAST_WORDS_SECONDS = 10;

    private final Settings settings;
    private final Consumer<String> broken;
    private final Thread thread =
            Thread.ofPlatform().name("kiosk-speech").daemon().unstarted(this::run);
    private final List<Process> processes = new ArrayList<>();
    private @Nullable Job next;
    private @Nullable Job current;
    private boolean closed;
    private volatile boolean working = true;

    /**
     * What speaks.
     *
     * @param engine that speaks
     * @param player program like {@code aplay} of ALSA, by name or path
     * @param device of ALSA, for example {@code default} or {@code plughw:1,0}
     */
    public record Settings(Engine engine, String player, String device) {}

    /** Something to be heard. */
    private sealed interface Job {
        /** Called when it was heard to its end or could not be; not when something else took its place. */
        Runnable ended();

        record Speech(Utterance utterance, int volume, Runnable ended) implements Job {}

        record Sound(Chime chime, int softer, Runnable ended) implements Job {}
    }

    /**
     * A service that can speak at once.
     *
     * @param broken is told, once until it works again, why nothing can be heard; must return at once
     */
    public SpeechService(Settings settings, Consumer<String> broken) {
        this.settings = settings;
        this.broken = broken;
        thread.start();
    }

    /** Whether the last thing that was to be heard could be heard. */
    public boolean working() {
        return working;
    }

    /**
     * Says it, instead of whatever is being said.
     *
     * @param volume step, see {@link fi.kimppa.kiosk.session.Aids}; below 0 where a loudspeaker is turned down further
     * @param ended called on the service's thread when it was said to the end, or cannot be said; not when it was interrupted
     */
    public void say(Utterance utterance, int volume, Runnable ended) {
        put(new Job.Speech(utterance, volume, ended));
    }

    /**
     * A short sound, unless something is being said: a voice is not to be talked over.
     *
     * @param softer steps of 6 dB by which the loudspeaker is turned down
     */
    public void sound(Chime chime, int softer) {
        synchronized (this) {
            if (next instanceof Job.Speech || current instanceof Job.Speech) {
                return;
            }
        }
        sound(chime, softer, () -> {});
    }

    /**
     * A short sound, instead of whatever is heard.
     *
     * @param ended as in {@link #say}
     */
    void sound(Chime chime, int softer, Runnable ended) {
        put(new Job.Sound(chime, softer, ended));
    }

    private synchronized void put(Job job) {
        next = job;
        stop();
        notifyAll();
    }

    /** Silence, at once. */
    public synchronized void hush() {
        next = null;
        stop();
    }

    /** With the lock held. */
    private void stop() {
        current = null;
        processes.forEach(Process::destroyForcibly);
        processes.clear();
    }

    private void run() {
        try {
            while (true) {
                Job job = take();
                if (job == null) {
                    return;
                }
                hear(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Job take() throws InterruptedException {
        while (next == null && !closed) {
            wait();
        }
        Job job = closed ? null : next;
        next = null;
        current = job;
        return job;
    }

    private void hear(Job job) throws InterruptedException {
        String failure = "";
        try {
            switch (job) {
                case Job.Speech speech -> speak(speech);
                case Job.Sound sound ->
                    play(job, CHIME_RATE, out -> out.write(sound.chime().samples(CHIME_RATE, sound.softer())));
            }
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a fault in the voice", e);
            failure = e.getClass().getSimpleName();
        }
        if (finished(job)) {
            judge(failure);
            job.ended().run();
        }
    }

    /** Whether it came to its end by itself. */
    private synchronized boolean finished(Job job) {
        boolean itself = job.equals(current);
        if (itself) {
            stop();
        }
        return itself;
    }

    private void judge(String failure) {
        boolean works = failure.isEmpty();
        if (!works && working) {
            LOG.warn("nothing can be heard: {}", failure);
            broken.accept(failure);
        }
        if (works && !working) {
            LOG.info("the kiosk can be heard again");
        }
        working = works;
    }

    private void speak(Job.Speech speech) throws IOException, InterruptedException {
        var language = speech.utterance().language();
        List<String> command = settings.engine()
                .command(language)
                .orElseThrow(() -> new IOException("the engine has no voice for " + language.tag()));
        Optional<Process> started = start(speech, command);
        if (started.isEmpty()) {
            return;
        }
        Process engine = started.get();
        try (OutputStream text = engine.getOutputStream()) {
            text.write(speech.utterance().text().getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream sound = engine.getInputStream()) {
            int rate = settings.engine().rate(language, sound);
            play(speech, rate, out -> Loudness.copy(sound, out, speech.volume()));
        }
        await(engine, command.getFirst());
    }

    /** Something that writes samples. */
    private interface Samples {
        void writeTo(OutputStream out) throws IOException;
    }

    private void play(Job job, int rate, Samples samples) throws IOException, InterruptedException {
        List<String> command = List.of(
                settings.player(),
                "-q",
                "-t",
                "raw",
                "-f",
                "S16_LE",
                "-c",
                "1",
                "-r",
                Integer.toString(rate),
                "-D",
                settings.device(),
                "-");
        Optional<Process> started = start(job, command);
        if (started.isEmpty()) {
            return;
        }
        Process player = started.get();
        player.getInputStream().close();
        try (OutputStream out = player.getOutputStream()) {
            samples.writeTo(out);
        }
        await(player, settings.player());
    }

    /** Starts a program, unless something else has taken the place of what it is for. What it complains of may quote the text. */
    private synchronized Optional<Process> start(Job job, List<String> command) throws IOException {
        if (!job.equals(current)) {
            return Optional.empty();
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return Optional.of(process);
    }

    private static void await(Process process, String program) throws IOException, InterruptedException {
        // The sound has been handed over; a program that does not end then never will.
        if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " ended with " + process.exitValue());
        }
    }

    /** Ends the voice and its processes. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            hush();
            notifyAll();
        }
        thread.interrupt();
    }
}
