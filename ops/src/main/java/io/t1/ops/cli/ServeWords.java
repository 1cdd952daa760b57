package io.t1.ops.cli;

import io.t1.sidecar.Setting;
import io.t1.sidecar.SidecarContext;
import io.t1.sidecar.SidecarSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of {@code t1 serve} when they are settings and nothing else. */
final class ServeWords {
    private ServeWords() {}

    /**
     * Reads {@code serve}, then {@code --flag value} or {@code --flag=value} for each setting.
     *
     * @param environment wins where no flag is given.
     * @return null when there is anything else, or anything wrong: the command line knows what to say.
     */
    static @Nullable SidecarContext settings(final String[] words, final Map<String, String> environment) {
        if (words.length == 0 || !words[0].equals("serve")) {
            return null;
        }
        final Map<String, Setting> byFlag = new HashMap<>();
        SidecarSettings.ALL.forEach(setting -> byFlag.put(setting.flag(), setting));
        final SidecarContext context = new SidecarContext();
        try {
            context.environment(environment);
            for (int i = 1; i < words.length; i++) {
                final int equals = words[i].indexOf('=');
                final Setting setting = byFlag.get(equals < 0 ? words[i] : words[i].substring(0, equals));
                if (setting == null || (equals < 0 && i + 1 == words.length)) {
                    return null;
                }
                setting.assign().accept(context, equals < 0 ? words[++i] : words[i].substring(equals + 1));
            }
            return context.conclude();
        } catch (final IllegalArgumentException _) {
            return null;
        }
    }
}
