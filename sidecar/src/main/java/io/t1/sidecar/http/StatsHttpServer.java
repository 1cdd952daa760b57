package io.t1.sidecar.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.ServerStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the server's figures over HTTP on 127.0.0.1: {@code /metrics}, {@code /stats}, {@code /healthz},
 * {@code /readyz} and a page at {@code /}. Reads only: GET and HEAD, for requests whose {@code Host} is loopback.
 *
 * <p>Threading: a virtual thread a connection, so that a client which reads slowly holds up no other.
 */
public final class StatsHttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatsHttpServer.class);
    private static final int MAX_PORT = 65_535;
    private static final int BACKLOG = 64;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final ServerStats stats;
    private final PrometheusMetrics metrics;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Page page = Page.load();
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private StatsHttpServer(final ServerStats stats, final HttpServer server) {
        this.stats = stats;
        this.server = server;
        metrics = new PrometheusMetrics(stats);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Listens.
     *
     * @param port 1 to 65,535; 0 takes a free one, which {@link #port()} tells.
     * @throws BindException if the port is taken.
     */
    public static StatsHttpServer start(final int port, final ServerStats stats) throws IOException {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("http port=" + port + " not in 0.." + MAX_PORT);
        }
        limitConnections();
        final var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        final HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (final BindException e) {
            final var refused = new BindException(
                    "http port=" + port + ": " + e.getMessage() + "; choose another, or 0 for any free one");
            refused.initCause(e);
            throw refused;
        }
        final var http = new StatsHttpServer(stats, server);
        server.start();
        return http;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once; open requests end with a closed connection. Twice is harmless. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(final HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (final RuntimeException e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            throw e;
        }
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final Headers request = exchange.getRequestHeaders();
        final Headers response = exchange.getResponseHeaders();
        response.set("Cache-Control", "no-store");
        response.set("X-Content-Type-Options", "nosniff");
        if (!LoopbackHost.isNamedBy(request.getFirst("Host"))) {
            text(
                    exchange,
                    403,
                    "Host \"" + request.getFirst("Host") + "\" isn't loopback: ask 127.0.0.1 or localhost\n");
            return;
        }
        final String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.set("Allow", "GET, HEAD");
            text(exchange, 405, method + " isn't allowed here: GET and HEAD are\n");
            return;
        }
        final String path = exchange.getRequestURI().getPath();
        switch (path == null ? "" : path) { // null when the request names no path, as in "GET a:b"
            case "/" -> {
                response.set("Content-Security-Policy", page.contentSecurityPolicy());
                send(exchange, 200, "text/html; charset=utf-8", page.html());
            }
            case "/stats" ->
                send(
                        exchange,
                        200,
                        "application/json",
                        stats.snapshot().toJson().getBytes(StandardCharsets.UTF_8));
            case "/metrics" -> metrics(exchange);
            case "/healthz" -> text(exchange, 200, "alive\n");
            case "/readyz" -> {
                switch (stats.readiness()) {
                    case Readiness.Ready() -> text(exchange, 200, "ready\n");
                    case Readiness.NotReady(final String reason) -> text(exchange, 503, "not ready: " + reason + "\n");
                }
            }
            default -> text(exchange, 404, "nothing here; there are /, /stats, /metrics, /healthz and /readyz\n");
        }
    }

    private void metrics(final HttpExchange exchange) throws IOException {
        final String accept = exchange.getRequestHeaders().getFirst("Accept");
        final ExpositionFormatWriter writer = formats.findWriter(accept);
        final var body = new ByteArrayOutputStream(32 * 1024);
        writer.write(body, metrics.collect(), EscapingScheme.fromAcceptHeader(accept));
        send(exchange, 200, writer.getContentType(), body.toByteArray());
    }

    private static void text(final HttpExchange exchange, final int status, final String text) throws IOException {
        send(exchange, status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(final HttpExchange exchange, final int status, final String contentType, final byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The JDK's server takes its limits from system properties only; one that the user set stays. */
    private static void limitConnections() {
        setIfUnset("jdk.httpserver.maxConnections", "64");
        setIfUnset("sun.net.httpserver.maxReqTime", "10"); // seconds to send a request
        setIfUnset("sun.net.httpserver.maxRspTime", "30"); // seconds to take the answer
    }

    private static void setIfUnset(final String name, final String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
