package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Every kind of event with every value of its parts that makes a difference, read off the types themselves: a new event, choice or
 * answer is in without a word of it here. Answers come to each of the last questions of a state and to one that nobody asked.
 */
final class EveryEvent {
    /** A question that nobody has asked. */
    static final long NEVER_ASKED = 1_000_000;

    private static final int LAST_QUESTIONS = 3;
    private static final String ITEM = "3000000010";

    private final KioskState state;
    private final Instant now;
    private final Map<Type, List<?>> known = new HashMap<>();

    private EveryEvent(KioskState state) {
        this.state = state;
        now = state.around().now();
        List<PadTag> tags = new ArrayList<>(state.around().tags().values());
        tags.addAll(List.of(
                Play.tag(901, ITEM),
                Play.part(902, "3000000014", 1, 2),
                Play.foreign(903, "8000000001"),
                Play.unreadable(904),
                Play.unsecured(Play.tag(905, "3000000011"))));
        known.put(PadTag.class, tags);
        known.put(Uid.class, tags.stream().map(PadTag::uid).toList());
        known.put(
                String.class,
                List.of("", ITEM, Play.CARD, "2000099999", Play.STAFF_CARD, "NAANTALI", "20261222    235900", "x"));
        known.put(KioskSettings.class, List.of(Play.steered(Set.of(Offering.values()), "7")));
        known.put(Instant.class, List.of(now, now.plusSeconds(2), now.plusSeconds(31), now.plusSeconds(7200)));
        known.put(Duration.class, List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofHours(3)));
        known.put(LocalDate.class, List.of(state.around().today(), LocalDate.EPOCH));
        known.put(LocalDateTime.class, List.of(LocalDateTime.of(2026, 12, 22, 23, 59)));
        known.put(Timestamp.class, List.of(Timestamp.of(now, Play.HELSINKI), Timestamp.BLANK));
        known.put(CodedField.class, List.of(CodedField.of(Field.CH, "outcome=unknown")));
        known.put(Secret.class, List.of(Secret.of("1234")));
        known.put(Language.class, state.around().settings().languages());
        for (Class<?> truth : List.of(boolean.class, Boolean.class)) {
            known.put(truth, List.of(true, false));
        }
        for (Class<?> number : List.of(int.class, Integer.class)) {
            known.put(number, List.of(1, 0, 2, 5, 77));
        }
        known.put(char.class, List.of('a', 'ä', '1', ' '));
        known.put(OptionalInt.class, List.of(OptionalInt.empty(), OptionalInt.of(3)));
        known.put(BigDecimal.class, List.of(new BigDecimal("12.50")));
        long next = state.around().nextRequest();
        known.put(
                long.class,
                LongStream.concat(
                                LongStream.range(Math.max(0, next - LAST_QUESTIONS), next), LongStream.of(NEVER_ASKED))
                        .boxed()
                        .toList());
    }

    /** Everything that can happen to this state. */
    static List<KioskEvent> of(KioskState state) {
        return new EveryEvent(state)
                .values(KioskEvent.class).stream().map(KioskEvent.class::cast).toList();
    }

    /** The kinds of a sealed type, without those that only group others. */
    static List<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(type);
    }

    private List<?> values(Type type) {
        List<?> already = known.get(type);
        if (already == null) {
            already = made(type);
            known.put(type, already);
        }
        return already;
    }

    private List<?> made(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isEnum()) {
            return List.of(kind.getEnumConstants());
        }
        if (kind.isSealed()) {
            return kinds(kind).stream().flatMap(each -> values(each).stream()).toList();
        }
        if (kind.isRecord()) {
            return records(kind);
        }
        throw new AssertionError("no value is known of " + kind + ", in the events of " + state.getClass());
    }

    private List<?> container(Class<?> raw, Type[] arguments) {
        List<?> values = values(arguments[0]);
        if (raw == Optional.class) {
            List<Object> all = new ArrayList<>(List.of(Optional.empty()));
            values.forEach(value -> all.add(Optional.of(value)));
            return all;
        }
        if (raw == List.class) {
            return List.of(List.of(), List.of(values.getFirst()), values);
        }
        if (raw == Set.class) {
            return List.of(Set.of(), Set.copyOf(values));
        }
        if (raw == Map.class) {
            Map<Object, Object> one = new HashMap<>();
            List<?> others = values(arguments[1]);
            one.put(values.getFirst(), others.getLast());
            return List.of(Map.of(), one);
        }
        throw new AssertionError("no value is known of " + raw);
    }

    /** Each value of each part at least once; each question with each answer. What a record does not take is not built. */
    private List<?> records(Class<?> kind) {
        RecordComponent[] parts = kind.getRecordComponents();
        List<List<?>> choices = new ArrayList<>();
        for (RecordComponent part : parts) {
            choices.add(values(part.getGenericType()));
        }
        int rounds = choices.stream().mapToInt(List::size).max().orElse(1);
        int question = question(parts);
        int questions = question < 0 ? 1 : choices.get(question).size();
        List<Object> made = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int asked = 0; asked < questions; asked++) {
                Object[] values = new Object[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    List<?> from = choices.get(i);
                    values[i] = from.get((i == question ? asked : round) % from.size());
                }
                build(kind, parts, values).ifPresent(made::add);
            }
        }
        if (made.isEmpty()) {
            throw new AssertionError("no value of " + kind + " could be built");
        }
        return made;
    }

    private static int question(RecordComponent[] parts) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].getType() == long.class && parts[i].getName().equals("request")) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Object> build(Class<?> kind, RecordComponent[] parts, Object[] values) {
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!Modifier.isPublic(constructor.getModifiers()) || !Modifier.isPublic(kind.getModifiers())) {
                constructor.setAccessible(true);
            }
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty();
            }
            throw new AssertionError(kind + " with " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.toString(), e);
        }
    }
}
