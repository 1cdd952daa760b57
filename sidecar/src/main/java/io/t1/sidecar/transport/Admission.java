package io.t1.sidecar.transport;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.tables.ControlReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect: over the Unix socket, processes of allowed users; over TCP, whoever is on this machine; and no more
 * than so many at once. Threading: any.
 *
 * @param users allowed over the Unix socket.
 * @param connections open now.
 * @param maxConnections served at once.
 */
record Admission(AllowedUsers users, ChannelGroup connections, int maxConnections) {
    /** Why a new connection isn't served; null when it is. */
    ControlReply.@Nullable Refused refusal(final Channel channel) {
        if (!(channel.localAddress() instanceof InetSocketAddress)) {
            try {
                final long uid = Transport.peerUid(channel);
                if (!users.contains(uid)) {
                    return new ControlReply.Refused(
                            ErrorCode.NOT_PERMITTED,
                            "uid " + uid + " isn't among the users that may connect: " + users + " (--allow-users)");
                }
            } catch (final IOException e) {
                return new ControlReply.Refused(
                        ErrorCode.NOT_PERMITTED, "this connection's user can't be told: " + e.getMessage());
            }
        }
        if (connections.size() > maxConnections) {
            return new ControlReply.Refused(
                    ErrorCode.OVERLOADED,
                    "connections=" + connections.size() + " > " + maxConnections + " (--max-connections)");
        }
        return null;
    }
}
