package io.t1.codec.frame;

import io.t1.codec.wire.RingWaiting;

/**
 * A ring that a server has made for a client.
 *
 * @param path of its file, absolute.
 * @param ringId as in the file's header.
 * @param fileBytes of the whole file.
 * @param requestBytes of the ring from client to server.
 * @param responseBytes of the ring from server to client.
 * @param waiting how the server waits for requests.
 */
public record RingGrant(
        String path, long ringId, int fileBytes, int requestBytes, int responseBytes, RingWaiting waiting) {}
