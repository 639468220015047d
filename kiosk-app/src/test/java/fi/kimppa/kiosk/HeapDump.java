package fi.kimppa.kiosk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A heap dump as HotSpot writes it (HPROF 1.0.2, identifiers of eight bytes, less than 2 GB): whose object lies at a place in the
 * file, and who holds that. For the one who has to mend a leak.
 */
final class HeapDump {
    private static final int LONGEST_PATH = 30;

    private final ByteBuffer file;
    private final Map<Long, String> texts = new HashMap<>();
    private final Map<Long, Kind> kinds = new HashMap<>();
    private final Set<Long> roots = new HashSet<>();

    /**
     * A class.
     *
     * @param parent its superclass, 0 if none
     * @param fields types of its own instance fields, in order, each a character
     */
    private record Kind(long parent, String fields, String name) {}

    /** Where an array's elements stand. */
    private interface Arrays {
        void array(long id, int from, int to);
    }

    /** Who holds whom. */
    private interface References {
        void reference(long holder, String how, long held);
    }

    private HeapDump(ByteBuffer file) {
        this.file = file;
    }

    static HeapDump read(Path path) {
        try (FileChannel channel = FileChannel.open(path)) {
            return new HeapDump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shortest way from a root to the array that lies at a place of the file, from the inside out. */
    String holders(int place) {
        long[] found = {0};
        walk(
                (id, from, to) -> {
                    if (from <= place && place < to) {
                        found[0] = id;
                    }
                },
                (_, _, _) -> {});
        if (found[0] == 0) {
            return "in no array";
        }
        Map<Long, String> ways = new HashMap<>();
        ways.put(found[0], "an array");
        Set<Long> targets = Set.of(found[0]);
        for (int step = 0; step < LONGEST_PATH && !targets.isEmpty(); step++) {
            OptionalLong root =
                    targets.stream().filter(roots::contains).mapToLong(id -> id).findFirst();
            if (root.isPresent()) {
                return ways.get(root.getAsLong()) + " <- a root";
            }
            Set<Long> held = targets;
            Map<Long, String> next = new HashMap<>();
            walk((_, _, _) -> {}, (holder, how, id) -> {
                if (held.contains(id) && !ways.containsKey(holder)) {
                    next.putIfAbsent(holder, ways.get(id) + " <- " + how);
                }
            });
            ways.putAll(next);
            targets = Set.copyOf(next.keySet());
        }
        return targets.stream().map(ways::get).findFirst().orElse(String.join(" | ", ways.values()));
    }

    private void walk(Arrays arrays, References references) {
        ByteBuffer in = file.duplicate();
        while (in.get() != 0) {
            // The name of the form, up to its zero byte.
        }
        in.position(in.position() + 4 + 8);
        Map<Long, Long> names = new HashMap<>();
        while (in.hasRemaining()) {
            int tag = in.get() & 0xFF;
            in.getInt();
            int length = in.getInt();
            int end = in.position() + length;
            switch (tag) {
                case 0x01 -> {
                    long id = in.getLong();
                    byte[] text = new byte[length - 8];
                    in.get(text);
                    texts.put(id, new String(text, StandardCharsets.UTF_8));
                }
                case 0x02 -> {
                    in.getInt();
                    long id = in.getLong();
                    in.getInt();
                    names.put(id, in.getLong());
                }
                case 0x0C, 0x1C -> segment(in, end, names, arrays, references);
                default -> in.position(end);
            }
            in.position(end);
        }
    }

    private void segment(ByteBuffer in, int end, Map<Long, Long> names, Arrays arrays, References references) {
        while (in.position() < end) {
            int tag = in.get() & 0xFF;
            switch (tag) {
                case 0xFF, 0x05, 0x07 -> roots.add(in.getLong());
                case 0x01 -> root(in, 8);
                case 0x02, 0x03, 0x08 -> root(in, 8);
                case 0x04, 0x06 -> root(in, 4);
                case 0x20 -> classDump(in, names, references);
                case 0x21 -> instance(in, references);
                case 0x22 -> objects(in, references);
                case 0x23 -> primitives(in, arrays);
                default -> throw new IllegalStateException("heap dump: record " + tag + " at " + in.position());
            }
        }
    }

    private void root(ByteBuffer in, int more) {
        roots.add(in.getLong());
        in.position(in.position() + more);
    }

    private void classDump(ByteBuffer in, Map<Long, Long> names, References references) {
        long id = in.getLong();
        in.getInt();
        long parent = in.getLong();
        in.position(in.position() + 5 * 8 + 4);
        int constants = in.getShort() & 0xFFFF;
        for (int i = 0; i < constants; i++) {
            in.getShort();
            in.position(in.position() + width(in.get()));
        }
        String name = Optional.ofNullable(texts.get(names.getOrDefault(id, 0L)))
                .orElse("?")
                .replace('/', '.');
        int statics = in.getShort() & 0xFFFF;
        for (int i = 0; i < statics; i++) {
            String field = texts.getOrDefault(in.getLong(), "?");
            byte type = in.get();
            if (type == 2) {
                references.reference(id, "static " + name + "." + field, in.getLong());
            } else {
                in.position(in.position() + width(type));
            }
        }
        int count = in.getShort() & 0xFFFF;
        var fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            in.getLong();
            fields.append((char) in.get());
        }
        kinds.put(id, new Kind(parent, fields.toString(), name));
    }

    private void instance(ByteBuffer in, References references) {
        long id = in.getLong();
        in.getInt();
        long kindId = in.getLong();
        int end = in.getInt();
        end += in.position();
        Kind kind = kinds.get(kindId);
        String name = kind == null ? "?" : kind.name();
        while (kind != null) {
            for (char type : kind.fields().toCharArray()) {
                if (type == 2) {
                    long held = in.getLong();
                    // A weak or soft reference holds nothing for long.
                    if (!name.startsWith("java.lang.ref.WeakReference") && !name.endsWith("WeakHashMap$Entry")) {
                        references.reference(id, name, held);
                    }
                } else {
                    in.position(in.position() + width((byte) type));
                }
            }
            kind = kinds.get(kind.parent());
        }
        in.position(end);
    }

    private void objects(ByteBuffer in, References references) {
        long id = in.getLong();
        in.getInt();
        int count = in.getInt();
        Kind kind = kinds.get(in.getLong());
        for (int i = 0; i < count; i++) {
            references.reference(id, kind == null ? "an array of objects" : kind.name(), in.getLong());
        }
    }

    private static void primitives(ByteBuffer in, Arrays arrays) {
        long id = in.getLong();
        in.getInt();
        int count = in.getInt();
        int end = width(in.get()) * count;
        end += in.position();
        arrays.array(id, in.position(), end);
        in.position(end);
    }

    private static int width(byte type) {
        return switch (type) {
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            case 2, 7, 11 -> 8;
            default -> throw new IllegalStateException("heap dump: type " + type);
        };
    }

    /** Every place at which these bytes stand. */
    List<Integer> places(byte[] wanted) {
        List<Integer> places = new ArrayList<>();
        int last = file.limit() - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (file.get(at) == wanted[0] && matches(wanted, at)) {
                places.add(at);
            }
        }
        return places;
    }

    private boolean matches(byte[] wanted, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (file.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
