import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import net.openhft.chronicle.values.ValueModel;

/**
 * Compiles, while the build runs, the class that Chronicle Map would otherwise generate and compile at each opening: a
 * server that finds it on its class path loads no compiler. Run by the source launcher: {@code [folder of classes]}.
 *
 * <p>The source is what the library itself generates; it is neither kept nor changed.
 */
final class StoreValueClasses {
    /** The state that a map keeps at the head of its file. */
    private static final String VALUE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";

    private StoreValueClasses() {}

    /** Fails the build when the library no longer generates as it did. */
    public static void main(final String[] args) throws ReflectiveOperationException {
        final Class<?> value = Class.forName(VALUE);
        final String name = value.getSimpleName() + ValueModel.$$NATIVE;
        final Method generator = Class.forName("net.openhft.chronicle.values.Generators")
                .getDeclaredMethod("generateNativeClass", ValueModel.class, String.class);
        generator.setAccessible(true);
        compile(
                value.getPackageName() + "." + name,
                (String) generator.invoke(null, ValueModel.acquire(value), name),
                Path.of(args[0]));
    }

    private static void compile(final String name, final String source, final Path classes) {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        final List<String> options =
                List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        final boolean compiled = compiler.getTask(
                        messages, null, null, options, null, List.of(new GeneratedSource(name, source)))
                .call();
        if (!compiled) {
            throw new IllegalStateException(name + " doesn't compile: " + messages);
        }
    }

    private static final class GeneratedSource extends SimpleJavaFileObject {
        private final String source;

        GeneratedSource(final String name, final String source) {
            super(URI.create("string:///" + name.replace('.', '/').replace("$", "%24") + Kind.SOURCE.extension), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(final boolean ignoreEncodingErrors) {
            return source;
        }

        @Override
        public boolean isNameCompatible(final String simpleName, final JavaFileObject.Kind kind) {
            return kind == Kind.SOURCE;
        }
    }
}
