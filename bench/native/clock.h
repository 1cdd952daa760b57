/* What both ping-pongs share: pinning, the clock, percentiles, one line of JSON. */
#ifndef T1_CLOCK_H
#define T1_CLOCK_H

#define _GNU_SOURCE
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void pause_cpu(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* Pins the calling process; a negative cpu leaves it to the system. */
static void pin(int cpu) {
    if (cpu < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) die("sched_setaffinity");
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Nearest rank, of sorted samples. */
static int64_t percentile(const int64_t *sorted, long count, double p) {
    long rank = (long)(p * (double)count + 0.999999);
    if (rank < 1) rank = 1;
    if (rank > count) rank = count;
    return sorted[rank - 1];
}

static void print_percentiles(int64_t *samples, long count) {
    qsort(samples, (size_t)count, sizeof *samples, by_value);
    printf("{\"count\":%ld,\"p50_ns\":%lld,\"p90_ns\":%lld,\"p99_ns\":%lld,\"p999_ns\":%lld,\"max_ns\":%lld}\n", count,
           (long long)percentile(samples, count, 0.50), (long long)percentile(samples, count, 0.90),
           (long long)percentile(samples, count, 0.99), (long long)percentile(samples, count, 0.999),
           (long long)samples[count - 1]);
}

/* The number after --name, or the default. */
static inline long option(int argc, char **argv, const char *name, long otherwise) {
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], name) == 0) return strtol(argv[i + 1], NULL, 10);
    }
    return otherwise;
}

static inline int flag(int argc, char **argv, const char *name) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) return 1;
    }
    return 0;
}

#endif
