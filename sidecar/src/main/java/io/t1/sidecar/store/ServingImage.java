package io.t1.sidecar.store;

import io.t1.codec.TableKey;
import java.util.List;

/**
 * What is live of one key, whole: enough to decide by.
 *
 * @param key the traffic.
 * @param roles who plays which role.
 * @param tables those with a role, each version once.
 */
public record ServingImage(TableKey key, Roles roles, List<StoredArtifact> tables) {}
