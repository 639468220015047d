package fi.kimppa.gateway.database;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Rows as records: the component {@code homeBranch} is the column {@code home_branch}. Spring's own mapper of properties looks for a
 * column {@code homebranch} first and takes an exception for the answer, for each such component of each row: twenty-one for a loan or
 * return, a tenth of all processor time under full load. May be used by several threads.
 */
public final class Rows<T extends Record> implements RowMapper<T> {
    private static final ConversionService CONVERSION = DefaultConversionService.getSharedInstance();

    private final Constructor<T> constructor;
    private final List<Column> columns;

    private Rows(Constructor<T> constructor, List<Column> columns) {
        this.constructor = constructor;
        this.columns = columns;
    }

    private record Column(String name, TypeDescriptor type) {}

    /** Of this record, whose canonical constructor takes every column's value. */
    public static <T extends Record> Rows<T> of(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            Column[] columns = new Column[components.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = new Column(
                        JdbcUtils.convertPropertyNameToUnderscoreName(components[i].getName()),
                        new TypeDescriptor(new MethodParameter(constructor, i)));
            }
            return new Rows<>(constructor, List.of(columns));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor", e);
        }
    }

    /** @throws SQLException also where a column is missing */
    @Override
    public T mapRow(ResultSet row, int number) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            Object value = JdbcUtils.getResultSetValue(row, row.findColumn(column.name), column.type.getType());
            values[i] = CONVERSION.convert(value, column.type);
        }
        return BeanUtils.instantiateClass(constructor, values);
    }
}
