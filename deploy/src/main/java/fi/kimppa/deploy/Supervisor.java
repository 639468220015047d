package fi.kimppa.deploy;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the demo's processes running: one that ends by itself is started again, so that killing one at will shows
 * what the others do meanwhile. One that ends five times within a minute is left alone and said.
 *
 * <p>Threads: {@link #watch} blocks one; {@link #close} may come from any other.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration CALM = Duration.ofMinutes(1);
    private static final int TOO_OFTEN = 5;

    private final PrintStream out;
    private final List<Post> posts = new ArrayList<>();
    private boolean closing;

    Supervisor(PrintStream out) {
        this.out = out;
    }

    /** A program that shall run, and the process that does. */
    private static final class Post {
        private final Supplier<Child> program;
        private final List<Long> ends = new ArrayList<>();
        private Child child;
        private boolean givenUp;

        Post(Supplier<Child> program) {
            this.program = program;
            this.child = program.get();
        }
    }

    /** Starts a program and keeps it running. */
    synchronized Child keep(Supplier<Child> program) {
        Post post = new Post(program);
        posts.add(post);
        return post.child;
    }

    /** Watches until closed. */
    synchronized void watch() throws InterruptedException {
        while (!closing) {
            posts.forEach(this::look);
            wait(200);
        }
    }

    private void look(Post post) {
        if (post.givenUp || post.child.alive()) {
            return;
        }
        long now = System.nanoTime();
        post.ends.removeIf(end -> now - end > CALM.toNanos());
        post.ends.add(now);
        String name = post.child.name();
        if (post.ends.size() >= TOO_OFTEN) {
            post.givenUp = true;
            out.println("The " + name + " has ended " + TOO_OFTEN + " times within a minute and stays down. Its log, "
                    + post.child.log() + ", ends:\n" + post.child.lastWords(12));
            return;
        }
        out.println("The " + name + " ended (status " + post.child.exitValue() + "); starting it again.");
        post.child = post.program.get();
    }

    /** Stops all: the terminals together, and then the gateway, which was started first. */
    @Override
    public void close() {
        List<Child> children;
        synchronized (this) {
            closing = true;
            notifyAll();
            children = posts.stream().map(post -> post.child).toList();
        }
        children.stream().skip(1).toList().parallelStream().forEach(Child::close);
        children.stream().limit(1).forEach(Child::close);
    }
}
