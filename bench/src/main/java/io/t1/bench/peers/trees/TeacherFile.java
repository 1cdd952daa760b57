package io.t1.bench.peers.trees;

import io.t1.ops.distil.TeacherModels;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A teacher on disk: trained once, read by every fork that scores it. */
public final class TeacherFile {
    private static final long SEED = 1;

    private TeacherFile() {}

    /** The teacher in a file; trained and written first when the file isn't there. */
    public static List<byte[]> models(final Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file, TeacherModels.train(TeacherQueries.of(SEED), SEED));
        }
        final List<byte[]> models = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (int left = in.readInt(); left > 0; left--) {
                models.add(in.readNBytes(in.readInt()));
            }
        }
        return models;
    }

    /** How large it is, e.g. {@code 6 forests, 312 trees}. */
    public static String describe(final Path file) throws IOException {
        int trees = 0;
        final List<byte[]> models = models(file);
        for (final byte[] model : models) {
            trees += Forest.ofJson(model).trees().size();
        }
        return models.size() + " forests, " + trees + " trees of depth 3";
    }

    private static void write(final Path file, final List<byte[]> models) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(models.size());
            for (final byte[] model : models) {
                out.writeInt(model.length);
                out.write(model);
            }
        }
    }
}
