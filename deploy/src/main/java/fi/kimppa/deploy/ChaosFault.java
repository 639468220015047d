package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosHouse.Library;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One thing that goes wrong, and for how long. */
sealed interface ChaosFault {
    /** What stands still for longer is taken for dead by everybody. */
    Duration LONG = Duration.ofSeconds(65);

    /** How long it lasts. */
    Duration lasting();

    /** What is hit; one thing is hit by one fault at a time. */
    String target();

    /** Its name for people. */
    default String name() {
        return target() + " "
                + switch (this) {
                    case GatewayKilled _, LibraryKilled _, DatabaseKilled _, BalancerKilled _ -> "killed";
                    case GatewayFrozen _, LibraryFrozen _, DatabaseFrozen _ -> "frozen";
                    case GatewayUpdated _ -> "updated";
                    case ClockStepped _ -> "stepped";
                    case LibraryDiskFull _, DatabaseDiskFull _ -> "full";
                    case LineCut _ -> "cut";
                    case LineSlow _ -> "slow";
                    case DatabaseGone _ -> "gone";
                };
    }

    /** A gateway is killed (signal 9) and started again after this long. */
    record GatewayKilled(int place, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "gateway-" + (place + 1);
        }
    }

    /** A gateway stands still (signal STOP) and goes on where it was. */
    record GatewayFrozen(int place, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "gateway-" + (place + 1);
        }
    }

    /**
     * A gateway is stopped and another version takes its place.
     *
     * @param database whether the database server is stopped with it
     */
    record GatewayUpdated(int place, boolean database) implements ChaosFault {
        /** As long as the new one takes to start. */
        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }

        @Override
        public String target() {
            return "gateway-" + (place + 1);
        }
    }

    /**
     * A gateway's clock is wrong.
     *
     * @param offset how far it is ahead; negative if it is behind
     */
    record ClockStepped(int place, Duration offset, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "clock of gateway-" + (place + 1);
        }
    }

    /** A library system is killed and started again after this long. */
    record LibraryKilled(Library library, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return library.system();
        }
    }

    /** A library system stands still. */
    record LibraryFrozen(Library library, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return library.system();
        }
    }

    /** No library system can write more than it has: its disk is full. */
    record LibraryDiskFull(Library library, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return library.system();
        }
    }

    /** The wire to a library system is cut. */
    record LineCut(Library library, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "line to " + library.system();
        }
    }

    /** The wire to a library system is slow: each piece comes so late. */
    record LineSlow(Library library, Duration delay, Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "line to " + library.system();
        }
    }

    /** The database server is killed; whoever keeps it starts it again. */
    record DatabaseKilled(Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "database";
        }
    }

    /** The database server stands still. */
    record DatabaseFrozen(Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "database";
        }
    }

    /** The database server is killed, and killed again whenever it is started, for so long. */
    record DatabaseGone(Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "database";
        }
    }

    /** The database's journal cannot grow: its disk is full. */
    record DatabaseDiskFull(Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "database";
        }
    }

    /** The balancer is killed and started again after this long. */
    record BalancerKilled(Duration lasting) implements ChaosFault {
        @Override
        public String target() {
            return "haproxy";
        }
    }

    /** The next one, drawn from a seeded source; one in forty lasts more than a minute, if there is time for it. */
    static ChaosFault draw(Random random, Duration time) {
        Library library = ChaosHouse.OTHERS.get(random.nextInt(ChaosHouse.OTHERS.size()));
        int place = random.nextInt(ChaosHouse.GATEWAYS);
        Duration lasting = Duration.ofMillis(300L + random.nextInt(random.nextInt(4) == 0 ? 15_000 : 3_000));
        if (random.nextInt(40) == 0 && time.compareTo(LONG.multipliedBy(4)) > 0) {
            lasting = lasting.plus(LONG);
        }
        Duration offset = Duration.ofSeconds(1L + random.nextInt(random.nextBoolean() ? 10 : 1_200))
                .multipliedBy(random.nextBoolean() ? 1 : -1);
        List<ChaosFault> all = List.of(
                new GatewayKilled(place, lasting),
                new GatewayKilled(place, lasting),
                new GatewayFrozen(place, lasting),
                new ClockStepped(place, offset, lasting),
                new LibraryKilled(library, lasting),
                new LibraryFrozen(library, lasting),
                new LibraryDiskFull(library, lasting),
                new LineCut(library, lasting),
                new LineSlow(library, Duration.ofMillis(50L + random.nextInt(2_500)), lasting),
                new DatabaseKilled(lasting),
                new DatabaseFrozen(lasting),
                new DatabaseDiskFull(lasting),
                new BalancerKilled(Duration.ofMillis(lasting.toMillis() / 4)));
        return all.get(random.nextInt(all.size()));
    }
}
