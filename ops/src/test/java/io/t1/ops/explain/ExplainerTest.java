package io.t1.ops.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.gating.Decider;
import io.t1.gating.DeciderThread;
import io.t1.gating.Decision;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
    private static final int QUERIES = 40;

    @ParameterizedTest
    @CsvSource({"1,4,5,0", "2,8,5,3", "3,1,4,0", "4,16,5,8"})
    void contributionsAddUpToWhatTheDeciderGives(
            final long seed, final int features, final int outputs, final int pairs) throws RefusedArtifactException {
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        try (Explainer explainer = new Explainer(artifact);
                Decider decider = Decider.open(artifact);
                DeciderThread thread = decider.newReader()) {
            for (final float[] query : RandomTables.features(seed, artifact, QUERIES)) {
                final Explanation explanation = explainer.explain(query, Float.NaN);
                final Decision decision = thread.decide(query);
                final float[] given = {
                    decision.tau(),
                    decision.spendCapMs(),
                    decision.minConfGain(),
                    decision.score(),
                    decision.expectedGain()
                };
                for (final OutputExplanation output : explanation.outputs()) {
                    final int sum = output.contributions().stream()
                            .mapToInt(Contribution::accumulatorSteps)
                            .sum();
                    assertEquals(
                            output.accumulator(),
                            output.baseSteps() + sum,
                            output.output().name());
                    assertEquals(
                            given[output.output().ordinal()],
                            output.value(),
                            output.output().name());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"11,4,5,0", "12,8,5,2", "13,3,4,0"})
    void aFlipIsTheFirstValueAtWhichTheArmIsAnother(
            final long seed, final int features, final int outputs, final int pairs) throws RefusedArtifactException {
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        final Set<String> seen = new HashSet<>();
        try (Explainer explainer = new Explainer(artifact)) {
            for (final float[] query : RandomTables.features(seed, artifact, QUERIES)) {
                final Explanation explanation = explainer.explain(query, Float.NaN);
                for (final ArmFlip flip : explanation.flips()) {
                    final boolean up = flip.direction() == ArmFlip.Direction.UP;
                    final float before = up ? Math.nextDown(flip.at()) : Math.nextUp(flip.at());
                    assertNotEquals(explanation.arm(), flip.arm());
                    assertEquals(flip.arm(), arm(explainer, artifact, query, flip, flip.at()), flip.toString());
                    assertEquals(explanation.arm(), arm(explainer, artifact, query, flip, before), flip.toString());
                    seen.add(flip.input().equals("score") ? "score" : "feature " + flip.direction());
                }
            }
        }
        assertEquals(Set.of("score", "feature UP", "feature DOWN"), seen, "what the seeds were to show");
    }

    @ParameterizedTest
    @CsvSource({"21", "22"})
    void aScoreOfTheNodesOwnDecidesAndTheTablesIsStillExplained(final long seed) throws RefusedArtifactException {
        final RouterArtifact artifact = RandomTables.artifact(seed, 4, 5, 0);
        final float[] query = RandomTables.features(seed, artifact, 1)[0];
        try (Explainer explainer = new Explainer(artifact)) {
            final Explanation own = explainer.explain(query, Float.NaN);
            final Explanation sent = explainer.explain(query, 0);
            assertEquals(0, sent.score());
            assertEquals(own.outputs(), sent.outputs());
            assertTrue(sent.wanted().code() <= own.wanted().code());
        }
    }

    private static Arm arm(
            final Explainer explainer,
            final RouterArtifact artifact,
            final float[] query,
            final ArmFlip flip,
            final float value) {
        if (flip.input().equals("score")) {
            return explainer.explain(query, value).arm();
        }
        final float[] changed = query.clone();
        changed[artifact.featureIndex(flip.input())] = value;
        return explainer.explain(changed, Float.NaN).arm();
    }
}
