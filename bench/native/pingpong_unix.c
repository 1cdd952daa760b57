/*
 * The floor of one request in flight over a Unix stream socket: two processes, a request of so many bytes there, a
 * response of so many back, nothing decided. Blocking, or with --spin both ends never sleep.
 *
 *   pingpong_unix --request 89 --response 73 --measure-ms 1000 --warmup-ms 200 --server-cpu 0 --client-cpu 1 [--spin]
 *
 * Prints one line of JSON: percentiles of the round trip in nanoseconds.
 */
#include "clock.h"
#include <errno.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 16, MOST_SAMPLES = 1 << 24 };

static void send_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t n = send(fd, bytes, length, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN || errno == EINTR) continue;
            die("send");
        }
        bytes += n;
        length -= (size_t)n;
    }
}

/* Returns 0 when the peer has closed. */
static int receive_all(int fd, char *bytes, size_t length, int flags) {
    while (length > 0) {
        ssize_t n = recv(fd, bytes, length, flags);
        if (n == 0) return 0;
        if (n < 0) {
            if (errno == EAGAIN) {
                pause_cpu();
                continue;
            }
            if (errno == EINTR) continue;
            die("recv");
        }
        bytes += n;
        length -= (size_t)n;
    }
    return 1;
}

int main(int argc, char **argv) {
    const size_t request = (size_t)option(argc, argv, "--request", 89);
    const size_t response = (size_t)option(argc, argv, "--response", 73);
    const int64_t measured_ns = option(argc, argv, "--measure-ms", 1000) * 1000000LL;
    const int64_t warmup_ns = option(argc, argv, "--warmup-ms", 200) * 1000000LL;
    const int flags = flag(argc, argv, "--spin") ? MSG_DONTWAIT : 0;
    if (request < 1 || request > MOST_BYTES || response < 1 || response > MOST_BYTES) {
        fprintf(stderr, "pingpong_unix: --request and --response are 1..%d bytes\n", MOST_BYTES);
        return 2;
    }
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) die("socketpair");
    static char bytes[MOST_BYTES];
    const pid_t server = fork();
    if (server < 0) die("fork");
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        pin((int)option(argc, argv, "--server-cpu", -1));
        while (receive_all(ends[1], bytes, request, flags)) send_all(ends[1], bytes, response);
        _exit(0);
    }
    close(ends[1]);
    pin((int)option(argc, argv, "--client-cpu", -1));
    int64_t *samples = malloc(sizeof *samples * MOST_SAMPLES);
    if (samples == NULL) die("malloc");
    long count = 0;
    const int64_t begun = now_ns();
    int64_t sent = begun;
    while ((sent - begun < warmup_ns + measured_ns || count == 0) && count < MOST_SAMPLES) {
        send_all(ends[0], bytes, request);
        if (!receive_all(ends[0], bytes, response, flags)) {
            fprintf(stderr, "pingpong_unix: the server process has ended\n");
            return 1;
        }
        const int64_t back = now_ns();
        if (sent - begun >= warmup_ns) samples[count++] = back - sent;
        sent = back;
    }
    close(ends[0]);
    waitpid(server, NULL, 0);
    print_percentiles(samples, count);
    return 0;
}
