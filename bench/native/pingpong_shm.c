/*
 * The floor of one request in flight through shared memory: two processes that spin on one cache line each. The client
 * writes a sequence number into its line, the server answers with it in its own.
 *
 *   pingpong_shm --measure-ms 1000 --warmup-ms 200 --server-cpu 0 --client-cpu 1
 *
 * Prints one line of JSON: percentiles of the round trip in nanoseconds. Each sample is one round trip between two
 * readings of the clock, as ours are.
 */
#include "clock.h"
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SAMPLES = 1 << 24 };

/* Two lines apart: the prefetcher fetches pairs. */
struct line {
    _Alignas(128) _Atomic int64_t sequence;
};

struct lines {
    struct line request, response;
};

int main(int argc, char **argv) {
    const int64_t measured_ns = option(argc, argv, "--measure-ms", 1000) * 1000000LL;
    const int64_t warmup_ns = option(argc, argv, "--warmup-ms", 200) * 1000000LL;
    struct lines *lines =
        mmap(NULL, sizeof *lines, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lines == MAP_FAILED) die("mmap");
    const pid_t server = fork();
    if (server < 0) die("fork");
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        pin((int)option(argc, argv, "--server-cpu", -1));
        for (int64_t answered = 0; answered >= 0;) {
            const int64_t asked = atomic_load_explicit(&lines->request.sequence, memory_order_acquire);
            if (asked == answered) {
                pause_cpu();
                continue;
            }
            atomic_store_explicit(&lines->response.sequence, asked, memory_order_release);
            answered = asked; /* a negative one ends it */
        }
        _exit(0);
    }
    pin((int)option(argc, argv, "--client-cpu", -1));
    int64_t *samples = malloc(sizeof *samples * MOST_SAMPLES);
    if (samples == NULL) die("malloc");
    long count = 0;
    const int64_t begun = now_ns();
    int64_t sent = begun;
    for (int64_t sequence = 1; (sent - begun < warmup_ns + measured_ns || count == 0) && count < MOST_SAMPLES;
         sequence++) {
        atomic_store_explicit(&lines->request.sequence, sequence, memory_order_release);
        while (atomic_load_explicit(&lines->response.sequence, memory_order_acquire) != sequence) pause_cpu();
        const int64_t back = now_ns();
        if (sent - begun >= warmup_ns) samples[count++] = back - sent;
        sent = back;
    }
    atomic_store_explicit(&lines->request.sequence, -1, memory_order_release);
    waitpid(server, NULL, 0);
    print_percentiles(samples, count);
    return 0;
}
