package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.t1.codec.CategoryValue;
import io.t1.router.Quantiser;
import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoriesTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RouterArtifactJson.schema());
    private static final RouterArtifact TABLE = RandomTables.artifact(9, 5, 5, 1);
    private static final FeatureSpec LANGUAGE = CategoryKnots.feature("language", List.of("en", "de", "日本語"));

    @Test
    void areReadAsTheyWereWritten() throws RefusedArtifactException {
        final byte[] written = RouterArtifactJson.write(with(LANGUAGE));
        final FeatureSpec read = RouterArtifactJson.read(written).features().get(4);
        assertEquals(LANGUAGE.categories(), read.categories());
        assertArrayEquals(LANGUAGE.knots(), read.knots());
        assertArrayEquals(written, RouterArtifactJson.write(RouterArtifactJson.read(written)));
        assertEquals(List.of(), SCHEMA.validate(new String(written, StandardCharsets.UTF_8), InputFormat.JSON));
    }

    @Test
    void aTableOfNumbersIsAsItWas() {
        assertFalse(new String(RouterArtifactJson.write(TABLE), StandardCharsets.UTF_8).contains("categories"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15})
    void eachHasACodeOnAKnotOfItsOwnAndSoHaveAllOthers(final int count) throws RefusedArtifactException {
        final List<String> names =
                IntStream.range(0, count).mapToObj(i -> "client-" + i).toList();
        final FeatureSpec feature = CategoryKnots.feature("client", names);
        ArtifactChecks.check(with(feature));
        final Quantiser quantiser = Quantiser.of(List.of(feature));
        final int stride = count <= 7 ? 32 : 16; // 32 codes lie between two lines of a pair's grid
        for (int i = 0; i < count; i++) {
            assertEquals(
                    i * stride,
                    code(quantiser, CategoryValue.of(feature.categories().get(i))));
        }
        assertEquals(count * stride, code(quantiser, CategoryValue.OTHER));
        assertEquals(count * stride, code(quantiser, Float.NaN));
        final List<String> shuffled = new ArrayList<>(names);
        Collections.reverse(shuffled);
        assertEquals(
                feature.categories(), CategoryKnots.feature("client", shuffled).categories());
    }

    @Test
    void whatTheyDoNotSayIsRefusedWithTheFeature() {
        final float[] moved = LANGUAGE.knots().clone();
        moved[2] += 1;
        refused(spec(LANGUAGE.defaultCode(), moved, LANGUAGE.categories()), "$.features[4].knots", "language");
        refused(spec(0, LANGUAGE.knots(), LANGUAGE.categories()), "$.features[4].default_code", "language");
        final List<String> turned = new ArrayList<>(LANGUAGE.categories());
        Collections.swap(turned, 0, 1);
        refused(spec(LANGUAGE.defaultCode(), LANGUAGE.knots(), turned), "$.features[4].categories", "language");
        refused(spec(96, LANGUAGE.knots(), List.of("en", "en", "de")), "$.features[4].categories", "of language");
        refused(spec(96, LANGUAGE.knots(), List.of("")), "$.features[4].categories[0]", "length=0");
        refused(spec(96, LANGUAGE.knots(), List.of("a\nb")), "$.features[4].categories[0]", "control");
        refused(spec(96, LANGUAGE.knots(), Collections.nCopies(16, "x")), "$.features[4].categories", "count=16");
        final String empty = new String(RouterArtifactJson.write(with(LANGUAGE)), StandardCharsets.UTF_8)
                .replaceFirst("(?s)(\"categories\" : \\[).*?]", "$1 ]");
        final var notEmpty = assertThrows(
                RefusedArtifactException.class, () -> RouterArtifactJson.read(empty.getBytes(StandardCharsets.UTF_8)));
        assertEquals("$.features[4].categories", notEmpty.path());
    }

    @Test
    void noConstraintMayNameThem() {
        final List<FeatureSpec> features = new ArrayList<>(TABLE.features());
        features.set(0, CategoryKnots.feature("entropy", List.of("low", "high")));
        final var refused = assertThrows(RefusedArtifactException.class, () -> ArtifactChecks.check(with(features)));
        assertEquals("$.monotone[0].feature", refused.path());
        assertTrue(String.valueOf(refused.getMessage()).contains("entropy has categories"), refused.getMessage());
    }

    private static int code(final Quantiser quantiser, final float value) {
        final byte[] code = new byte[1];
        quantiser.quantise(new float[] {value}, code);
        return code[0] & 0xFF;
    }

    private static FeatureSpec spec(final int defaultCode, final float[] knots, final List<String> categories) {
        return new FeatureSpec("language", "category", defaultCode, knots, categories);
    }

    private static void refused(final FeatureSpec feature, final String path, final String reason) {
        final var refused = assertThrows(RefusedArtifactException.class, () -> ArtifactChecks.check(with(feature)));
        assertEquals(path, refused.path());
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    private static RouterArtifact with(final FeatureSpec last) {
        final List<FeatureSpec> features = new ArrayList<>(TABLE.features());
        features.set(4, last);
        return with(features);
    }

    private static RouterArtifact with(final List<FeatureSpec> features) {
        return new RouterArtifact(
                TABLE.key(),
                features,
                TABLE.outputs(),
                TABLE.pairs(),
                TABLE.monotone(),
                TABLE.gate(),
                TABLE.frontier(),
                TABLE.baseline(),
                TABLE.provenance(),
                TABLE.golden());
    }
}
