/** gRPC-Java's unary echo over a Unix socket. */
@NullMarked
package io.t1.bench.peers.grpc;

import org.jspecify.annotations.NullMarked;
