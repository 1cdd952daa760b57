package io.t1.sidecar.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.sidecar.Await;
import io.t1.sidecar.journal.JournalCounters;
import io.t1.sidecar.stats.LoopStats;
import io.t1.sidecar.stats.Phase;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.stats.StatsSources;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsHttpServerIT {
    private final ServerStats stats = new ServerStats(new ServerStats.Context());
    private volatile Readiness readiness = new Readiness.NotReady("no table is active yet");
    private StatsHttpServer server;

    @BeforeEach
    void start() throws IOException {
        stats.sources(new StatsSources(List::of, () -> 0, () -> readiness, () -> JournalCounters.OFF));
        server = StatsHttpServer.start(0, stats);
    }

    @AfterEach
    void stop() {
        server.close();
        stats.close();
    }

    @Test
    void isReadyOnlyWhileItDecides() throws IOException {
        assertEquals(503, RawHttp.get(server.port(), "/readyz").status());
        assertTrue(RawHttp.get(server.port(), "/readyz").text().contains("no table is active yet"));
        readiness = new Readiness.Ready();
        assertEquals(200, RawHttp.get(server.port(), "/readyz").status());
        readiness = new Readiness.NotReady("draining");
        assertEquals(503, RawHttp.get(server.port(), "/readyz").status());
        assertEquals(200, RawHttp.get(server.port(), "/healthz").status());
    }

    @Test
    void showsThePassagesOfNowAsJson() throws IOException {
        final LoopStats loop = stats.newLoop();
        for (int n = 1; n <= 100; n++) {
            loop.record(Phase.WHOLE, n * 1_000L);
        }
        final var answer = RawHttp.get(server.port(), "/stats");
        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("content-type"));
        final var whole = new ObjectMapper().readTree(answer.body()).at("/latency/window/whole");
        assertEquals(100, whole.at("/count").asLong());
        assertEquals(99, whole.at("/p99_us").asDouble(), 0.1);
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndRunsOnlyItsOwnScript() throws IOException {
        final var answer = RawHttp.get(server.port(), "/");
        assertEquals(200, answer.status());
        assertEquals("text/html; charset=utf-8", answer.header("content-type"));
        final String page = answer.text();
        assertFalse(
                Pattern.compile("(src|href)\\s*=|url\\(|@import").matcher(page).find(), "the page loads something");
        assertEquals(1, page.split("<script>", -1).length - 1, "the policy's hash names one script");
        assertEquals(1, page.split("<style>", -1).length - 1, "the policy's hash names one style");
        assertTrue(answer.header("content-security-policy").contains("default-src 'none'"));
        assertTrue(answer.header("content-security-policy").contains("script-src 'sha256-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.1:8080", "localhost:1", "[::1]:80"})
    void answersLoopbackNames(final String host) throws IOException {
        assertEquals(
                200,
                RawHttp.request(server.port(), "GET", "/healthz", "Host: " + host)
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "127.0.0.1.evil.example",
                "localhost.evil.example:80",
                "127.0.0.2",
                "0.0.0.0",
                "[::2]",
                "localhost:80@evil.example",
                "localhost:x",
                "10.0.0.1"
            })
    void refusesNamesThatAPageElsewhereCouldResolveToLoopback(final String host) throws IOException {
        for (final String path : List.of("/", "/stats", "/metrics", "/healthz", "/readyz", "/nothing")) {
            assertEquals(
                    403,
                    RawHttp.request(server.port(), "GET", path, "Host: " + host).status(),
                    path);
        }
    }

    @Test
    void refusesARequestWithoutAHost() throws IOException {
        final int status = RawHttp.request(server.port(), "GET", "/stats", "").status();
        assertTrue(status == 400 || status == 403, "status=" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void readsOnly(final String method) throws IOException {
        final var answer = RawHttp.request(server.port(), method, "/stats", "Host: localhost", "Content-Length: 0");
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD", answer.header("allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/stats/", "/stats/../etc", "/metrics2", "/index.html", "/%2e%2e/"})
    void knowsItsPathsOnly(final String path) throws IOException {
        assertEquals(404, RawHttp.get(server.port(), path).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/healthz"})
    void headAnswersLikeGetWithoutABody(final String path) throws IOException {
        final var get = RawHttp.get(server.port(), path);
        final var head = RawHttp.request(server.port(), "HEAD", path, "Host: localhost");
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
        assertEquals(get.header("content-type"), head.header("content-type"));
        if (!path.equals("/metrics")) { // whose length moves with its figures
            assertEquals(get.header("content-length"), head.header("content-length"));
        }
    }

    @Test
    void clientsThatSendNothingHoldUpNoOther() throws IOException {
        final List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream().write("GET /st".getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }
            assertEquals(200, RawHttp.get(server.port(), "/healthz").status());
        } finally {
            for (final Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        for (final NetworkInterface network :
                NetworkInterface.networkInterfaces().toList()) {
            for (final InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThrows(
                            IOException.class,
                            () -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, server.port()), 500);
                                }
                            },
                            address.toString());
                }
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        final var refused = assertThrows(BindException.class, () -> StatsHttpServer.start(server.port(), stats));
        assertTrue(refused.toString().contains("port=" + server.port()), refused.toString());
    }

    @Test
    void givesItsPortBackWhenClosed() throws IOException {
        final int port = server.port();
        server.close();
        Await.until(
                () -> {
                    try (StatsHttpServer again = StatsHttpServer.start(port, stats)) {
                        return again.port() == port;
                    } catch (final IOException e) {
                        return false;
                    }
                },
                () -> "port " + port + " is still taken");
    }
}
