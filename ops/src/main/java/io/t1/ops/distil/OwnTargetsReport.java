package io.t1.ops.distil;

import io.t1.router.artifact.MonotoneCertificate;
import java.util.List;

/**
 * How well a table follows targets of a user's own.
 *
 * @param queries learnt from.
 * @param features in the table.
 * @param fidelity each step from the targets to the table, by fits that hadn't seen the queries judged; the last is the
 *     table's own.
 * @param certificate what an exact walk over the table's cells found.
 */
public record OwnTargetsReport(
        int queries, int features, List<TargetFidelity> fidelity, MonotoneCertificate certificate) {}
