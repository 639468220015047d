package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What distinguishes a state from others for whoever decides: kinds, answers and presence, without numbers, names and times. */
final class Shape {
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
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    shape.append(part(component.getAccessor().invoke(value))).append(',');
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(value.getClass().toString(), e);
                }
            }
        }
        return shape.append(')').toString();
    }
}
