package io.t1.sidecar.store;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;

class StoreValueClassesTest {
    @Test
    void openingAStoreFindsWhatItWouldCompileOtherwise() {
        final String compiled = "net/openhft/chronicle/hash/VanillaGlobalMutableState$$Native.class";
        assertNotNull(TableStore.class.getClassLoader().getResource(compiled), "the build made no " + compiled);
    }
}
