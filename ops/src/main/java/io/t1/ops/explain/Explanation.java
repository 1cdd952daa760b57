package io.t1.ops.explain;

import io.t1.codec.Arm;
import java.util.List;

/**
 * One decision, taken apart.
 *
 * @param arm what is done, without exploration.
 * @param wanted what score and tau alone ask for: other than {@code arm} where the cap or the least gain stood against it.
 * @param score that the gate used: the node's own, or the table's.
 * @param fullBar {@code theta_q}: FULL from this score on.
 * @param cheapBar {@code theta_q - delta}: CHEAP from this score on.
 * @param outputs in the table's order.
 * @param flips nearest first within an input, features in the table's order, then the score; empty: nothing flips the arm.
 */
public record Explanation(
        Arm arm,
        Arm wanted,
        float score,
        float fullBar,
        float cheapBar,
        List<OutputExplanation> outputs,
        List<ArmFlip> flips) {}
