package io.t1.ops.observation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row without a defect of its own, on its way from who reads its file to who gathers its query's rows.
 *
 * @param queryId whose rows belong together.
 * @param file number of the file, as {@link PartedScan#files} lists it.
 * @param row of the file, from 1: a query's rows are gathered in order of file and row.
 * @param cells all else, in bytes of its own.
 */
public record PackedRow(String queryId, int file, long row, byte[] cells) {
    static PackedRow of(final ObservationRow row, final int file) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, row.arm());
            write(out, row.slice());
            for (final float feature : row.features()) {
                out.writeFloat(feature);
            }
            out.writeDouble(row.ndcg10());
            out.writeDouble(row.latencyMicros());
            out.writeDouble(row.propensity());
        } catch (final IOException e) {
            throw new UncheckedIOException("packing " + row.location(), e);
        }
        return new PackedRow(String.valueOf(row.queryId()), file, row.location().row(), bytes.toByteArray());
    }

    /** The row as it was read, without document ids. */
    ObservationRow row(final PartedScan scan) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(cells))) {
            final String arm = read(in);
            final String slice = read(in);
            final float[] features = new float[scan.features().size()];
            for (int f = 0; f < features.length; f++) {
                features[f] = in.readFloat();
            }
            return new ObservationRow(
                    new RowPlace(scan.files().get(file), row),
                    queryId,
                    arm,
                    slice,
                    features,
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    List.of(),
                    null);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "unpacking row " + row + " of " + scan.files().get(file), e);
        }
    }

    private static void write(final DataOutputStream out, final @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String read(final DataInputStream in) throws IOException {
        final int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
