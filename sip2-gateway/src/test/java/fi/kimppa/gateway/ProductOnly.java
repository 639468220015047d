package fi.kimppa.gateway;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps what tests configure for themselves out of a whole gateway. */
public class ProductOnly extends TypeExcludeFilter {
    private static final String PRODUCT = GatewayApplication.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
        return !type.getResource().getURL().toString().startsWith(PRODUCT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProductOnly;
    }

    @Override
    public int hashCode() {
        return ProductOnly.class.hashCode();
    }
}
