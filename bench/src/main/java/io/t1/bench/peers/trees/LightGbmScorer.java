package io.t1.bench.peers.trees;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.List;

/** LightGBM4J on the same trees, by its call for a single row; one call a forest. */
final class LightGbmScorer implements TreeScorer {
    private final LGBMBooster[] boosters;

    LightGbmScorer(final List<byte[]> models) throws Exception {
        final List<LGBMBooster> loaded = new ArrayList<>();
        for (final byte[] model : models) {
            loaded.add(
                    LGBMBooster.loadModelFromString(LightGbmModel.text(Forest.ofJson(model), TeacherQueries.FEATURES)));
        }
        boosters = loaded.toArray(new LGBMBooster[0]);
    }

    @Override
    public void score(final float[] row, final float[] out) throws LGBMException {
        for (int i = 0; i < boosters.length; i++) {
            out[i] = (float) boosters[i].predictForMatSingleRow(row, PredictionType.C_API_PREDICT_NORMAL);
        }
    }

    @Override
    public void close() {
        try {
            for (final LGBMBooster booster : boosters) {
                booster.close();
            }
        } catch (final LGBMException e) {
            throw new IllegalStateException("closing LightGBM", e);
        }
    }
}
