package io.t1.router;

import java.lang.reflect.InvocationTargetException;

/**
 * The module of the Vector API, which a JVM resolves when {@code --add-modules=jdk.incubator.vector} names it, or when
 * {@link #load} is called.
 *
 * <p>A JVM that names an incubating module at its start can't take its module graph from an AOT cache, nor link classes
 * ahead: that costs a server some hundred milliseconds. Loading it later costs as much, on a thread that nobody waits for.
 * It needs {@code java.base/jdk.internal.module} exported to this class, as the launcher's jar does.
 */
public final class VectorModule {
    /** Its name. */
    public static final String NAME = "jdk.incubator.vector";

    private static final String CLASS = NAME + ".Vector";

    private VectorModule() {}

    /** Whether its classes can be used. */
    public static boolean isLoaded() {
        try {
            Class.forName(CLASS, false, VectorModule.class.getClassLoader());
            return true;
        } catch (final ClassNotFoundException _) {
            return false;
        }
    }

    /**
     * Loads it, unless it is there.
     *
     * @return whether it is there now; without the export, or in a runtime without the module, it isn't.
     */
    public static boolean load() {
        if (isLoaded()) {
            return true;
        }
        try {
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
            return isLoaded();
        } catch (final InvocationTargetException | IllegalAccessException | NoSuchMethodException _) {
            return false; // no such module in this runtime, or no export: the other kernels compute the same
        } catch (final ClassNotFoundException _) {
            return false; // another JVM's module system
        }
    }
}
