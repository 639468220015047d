package fi.kimppa.device.tag;

import java.util.List;
import java.util.Optional;

/**
 * What a tag stores beside the fields of {@link ItemTag}, kept so that it can be written back.
 *
 * @param objects of the variable model, in the order they are stored; those whose meaning is broken among them
 * @param extensions of the fixed model, in the order they are stored
 * @param whole whether all of it could be read; false after a cut read or where a part is broken
 */
public record Extras(List<DataObject> objects, List<Extension> extensions, boolean whole) {
    /** Nothing else is stored. */
    public static final Extras NONE = new Extras(List.of(), List.of(), true);

    public Extras {
        objects = List.copyOf(objects);
        extensions = List.copyOf(extensions);
    }

    /** Further objects of the variable model. */
    public static Extras of(DataObject... objects) {
        return new Extras(List.of(objects), List.of(), true);
    }

    /** Extension blocks of the fixed model. */
    public static Extras of(Extension... extensions) {
        return new Extras(List.of(), List.of(extensions), true);
    }

    /** The text of the first object of that element, if there is one and it is text. */
    public Optional<String> text(DataElement element) {
        return objects.stream().filter(object -> object.is(element)).findFirst().flatMap(DataObject::text);
    }
}
