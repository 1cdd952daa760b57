package io.t1.sidecar.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks HTTP/1.1 over a socket by hand, so that any header can be sent and every byte of the answer is seen. */
final class RawHttp {
    private static final int TIMEOUT_MS = 10_000;
    private static final String HEADER_END = "\r\n\r\n";

    private RawHttp() {}

    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(final String name) {
            return headers.getOrDefault(name, "");
        }
    }

    static Answer get(final int port, final String path, final String... headers) throws IOException {
        return request(port, "GET", path, "Host: 127.0.0.1:" + port, headers);
    }

    static Answer request(
            final int port, final String method, final String path, final String hostLine, final String... headers)
            throws IOException {
        final StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        if (!hostLine.isEmpty()) {
            request.append(hostLine).append("\r\n");
        }
        for (final String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static Answer parse(final byte[] bytes) {
        final String all = new String(bytes, StandardCharsets.ISO_8859_1);
        final int end = all.indexOf(HEADER_END);
        if (end < 0) {
            throw new AssertionError("no HTTP answer: \"" + all + "\"");
        }
        final String[] lines = all.substring(0, end).split("\r\n", -1);
        final Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            final int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).trim());
        }
        final int bodyFrom = end + HEADER_END.length();
        final byte[] body = new byte[bytes.length - bodyFrom];
        System.arraycopy(bytes, bodyFrom, body, 0, body.length);
        return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
    }
}
