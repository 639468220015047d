package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What distinguishes a state from others for whoever decides: kinds, answers and presence, without numbers, names and times. */
final class Shape {
    /** How the parts of a record are read. To ask its class each time took most of the time of {@link EveryPairTest}. */
    private static final ClassValue<List<Method>> PARTS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            List<Method> parts = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .toList();
            parts.forEach(part -> part.setAccessible(true));
            return parts;
        }
    };

    private Shape() {}

    static String of(KioskState state) {
        return part(state) + " " + around(state.around());
    }

    private static String around(Surroundings around) {
        return around.line()
                + (around.usable(DeviceKind.PAD) ? " pad" : " none")
                + (around.tags().isEmpty() ? "" : " laid")
                + (around.preferences().open() ? " choosing" : "")
                + (around.aids().keys() ? " keys" : "");
    }

    private static String part(Object value) {
        return switch (value) {
            case Surroundings _ -> "";
            case Patience patience -> patience.warned() ? "warned" : "";
            case Enum<?> constant -> constant.name();
            case Boolean flag -> flag.toString();
            case Optional<?> maybe -> maybe.map(inner -> "1" + part(inner)).orElse("0");
            case Map<?, ?> map -> map.isEmpty() ? "0" : "n";
            case Collection<?> many ->
                many.stream()
                        .map(Shape::part)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString();
            case Record record -> record(record);
            default -> "";
        };
    }

    private static String record(Record value) {
        StringBuilder shape = new StringBuilder(value.getClass().getSimpleName()).append('(');
        if (value.getClass().getPackage() == Shape.class.getPackage()) {
            for (Method part : PARTS.get(value.getClass())) {
                try {
                    shape.append(part(part.invoke(value))).append(',');
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(value.getClass().toString(), e);
                }
            }
        }
        return shape.append(')').toString();
    }
}
