/*
 * The reference of the batch kernel: the best AVX2 that we could write for an INT8 router table without pairs.
 *
 *   kernel IMAGE CODES ACCUMULATORS STRIDE COUNT ROUNDS
 *
 * IMAGE is a table image as RouterTableDescriptor lays it out; CODES has features * STRIDE bytes, feature by feature, the
 * code of query q at feature * STRIDE + q; ACCUMULATORS is written: outputs * STRIDE little-endian int32, in the same
 * order, to be compared bit for bit (all variants are compared with each other first). COUNT is a multiple of 64, at
 * most STRIDE. Prints one JSON line: each variant's nanoseconds a decision, the median of ROUNDS taken in turns, and the
 * least of these medians.
 *
 * What a variant does, 32 queries at a time: two shuffles pick the left and the right knot of 32 codes, two unpacks put
 * them side by side, maddubs weighs and adds them: (16 - r) * left + r * right, exact in int16, as are sixteen of them.
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HEADER = 16, OUTPUT_BYTES = 20, KNOTS = 17, MAX_FEATURES = 16, MAX_OUTPUTS = 5, BATCHES_A_ROUND = 200 };

typedef struct {
    int features;
    int outputs;
    int32_t bias[MAX_OUTPUTS];
    /* left knots 0..15, then right knots 1..16 */
    uint8_t knots[MAX_FEATURES][MAX_OUTPUTS][32] __attribute__((aligned(64)));
} Table;

typedef void Kernel(const Table *, const uint8_t *codes, int32_t *acc, long stride, long count);

static inline __m256i table16(const uint8_t *at) {
    return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)at));
}

/* Sums in unpack order (0-7, 16-23 and 8-15, 24-31) to int32 accumulators in query order. */
static inline void store(__m256i low, __m256i high, int32_t bias, int32_t *to) {
    const __m256i b = _mm256_set1_epi32(bias);
    const __m256i q0 = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(low));
    const __m256i q8 = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(high));
    const __m256i q16 = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(low, 1));
    const __m256i q24 = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(high, 1));
    _mm256_storeu_si256((__m256i *)to, _mm256_add_epi32(_mm256_slli_epi32(q0, 6), b));
    _mm256_storeu_si256((__m256i *)(to + 8), _mm256_add_epi32(_mm256_slli_epi32(q8, 6), b));
    _mm256_storeu_si256((__m256i *)(to + 16), _mm256_add_epi32(_mm256_slli_epi32(q16, 6), b));
    _mm256_storeu_si256((__m256i *)(to + 24), _mm256_add_epi32(_mm256_slli_epi32(q24, 6), b));
}

/* Splits 32 codes into segments and byte pairs of weights (16 - r, r). */
#define SPLIT(CODE, S, LOW, HIGH)                                                     \
    const __m256i S = _mm256_and_si256(_mm256_srli_epi16(CODE, 4), fifteen);         \
    const __m256i r_##S = _mm256_and_si256(CODE, fifteen);                           \
    const __m256i w_##S = _mm256_sub_epi8(sixteen, r_##S);                           \
    const __m256i LOW = _mm256_unpacklo_epi8(w_##S, r_##S);                          \
    const __m256i HIGH = _mm256_unpackhi_epi8(w_##S, r_##S)

#define PIECES(SUM_LOW, SUM_HIGH, KNOTS_AT, S, LOW, HIGH)                             \
    do {                                                                              \
        const __m256i left = _mm256_shuffle_epi8(table16(KNOTS_AT), S);               \
        const __m256i right = _mm256_shuffle_epi8(table16((KNOTS_AT) + 16), S);       \
        SUM_LOW = _mm256_add_epi16(                                                   \
            SUM_LOW, _mm256_maddubs_epi16(LOW, _mm256_unpacklo_epi8(left, right)));   \
        SUM_HIGH = _mm256_add_epi16(                                                  \
            SUM_HIGH, _mm256_maddubs_epi16(HIGH, _mm256_unpackhi_epi8(left, right))); \
    } while (0)

/* Outputs first to first + outputs - 1 in one pass, 32 queries at a time: up to eight accumulators. */
static inline __attribute__((always_inline)) void pass(
    const Table *t, const int features, const int first, const int outputs, const uint8_t *codes, int32_t *acc,
    const long stride, const long count) {
    const __m256i fifteen = _mm256_set1_epi8(15);
    const __m256i sixteen = _mm256_set1_epi8(16);
    for (long q = 0; q < count; q += 32) {
        __m256i low[4], high[4];
        for (int o = 0; o < outputs; o++) {
            low[o] = high[o] = _mm256_setzero_si256();
        }
#pragma GCC unroll 16
        for (int f = 0; f < features; f++) {
            const __m256i code = _mm256_loadu_si256((const __m256i *)(codes + f * stride + q));
            SPLIT(code, s, wl, wh);
#pragma GCC unroll 4
            for (int o = 0; o < outputs; o++) {
                PIECES(low[o], high[o], t->knots[f][first + o], s, wl, wh);
            }
        }
        for (int o = 0; o < outputs; o++) {
            store(low[o], high[o], t->bias[first + o], acc + (first + o) * stride + q);
        }
    }
}

/* The same, 64 queries at a time: a table's loads serve twice, up to two outputs. */
static inline __attribute__((always_inline)) void pass64(
    const Table *t, const int features, const int first, const int outputs, const uint8_t *codes, int32_t *acc,
    const long stride, const long count) {
    const __m256i fifteen = _mm256_set1_epi8(15);
    const __m256i sixteen = _mm256_set1_epi8(16);
    for (long q = 0; q < count; q += 64) {
        __m256i low[4], high[4], low2[4], high2[4];
        for (int o = 0; o < outputs; o++) {
            low[o] = high[o] = low2[o] = high2[o] = _mm256_setzero_si256();
        }
#pragma GCC unroll 16
        for (int f = 0; f < features; f++) {
            const __m256i code = _mm256_loadu_si256((const __m256i *)(codes + f * stride + q));
            const __m256i code2 = _mm256_loadu_si256((const __m256i *)(codes + f * stride + q + 32));
            SPLIT(code, s, wl, wh);
            SPLIT(code2, s2, wl2, wh2);
#pragma GCC unroll 4
            for (int o = 0; o < outputs; o++) {
                PIECES(low[o], high[o], t->knots[f][first + o], s, wl, wh);
                PIECES(low2[o], high2[o], t->knots[f][first + o], s2, wl2, wh2);
            }
        }
        for (int o = 0; o < outputs; o++) {
            store(low[o], high[o], t->bias[first + o], acc + (first + o) * stride + q);
            store(low2[o], high2[o], t->bias[first + o], acc + (first + o) * stride + q + 32);
        }
    }
}

static void fourInOnePass(const Table *t, const uint8_t *codes, int32_t *acc, long stride, long count) {
    pass(t, t->features, 0, 4, codes, acc, stride, count);
    for (int o = 4; o < t->outputs; o++) {
        pass(t, t->features, o, 1, codes, acc, stride, count);
    }
}

static void eightFeaturesUnrolled(const Table *t, const uint8_t *codes, int32_t *acc, long stride, long count) {
    if (t->features != 8) {
        fourInOnePass(t, codes, acc, stride, count);
        return;
    }
    pass(t, 8, 0, 4, codes, acc, stride, count);
    for (int o = 4; o < t->outputs; o++) {
        pass(t, 8, o, 1, codes, acc, stride, count);
    }
}

static void twoAndTwo(const Table *t, const uint8_t *codes, int32_t *acc, long stride, long count) {
    pass(t, t->features, 0, 2, codes, acc, stride, count);
    pass(t, t->features, 2, 2, codes, acc, stride, count);
    for (int o = 4; o < t->outputs; o++) {
        pass(t, t->features, o, 1, codes, acc, stride, count);
    }
}

static void twoAndTwo64(const Table *t, const uint8_t *codes, int32_t *acc, long stride, long count) {
    pass64(t, t->features, 0, 2, codes, acc, stride, count);
    pass64(t, t->features, 2, 2, codes, acc, stride, count);
    for (int o = 4; o < t->outputs; o++) {
        pass64(t, t->features, o, 1, codes, acc, stride, count);
    }
}

static void oneByOne64(const Table *t, const uint8_t *codes, int32_t *acc, long stride, long count) {
    for (int o = 0; o < t->outputs; o++) {
        pass64(t, t->features, o, 1, codes, acc, stride, count);
    }
}

static const struct {
    const char *name;
    Kernel *kernel;
} VARIANTS[] = {
    {"four_in_one_pass", fourInOnePass},
    {"eight_features_unrolled", eightFeaturesUnrolled},
    {"two_and_two", twoAndTwo},
    {"two_and_two_64", twoAndTwo64},
    {"one_by_one_64", oneByOne64},
};
enum { N_VARIANTS = sizeof VARIANTS / sizeof VARIANTS[0] };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void fail(const char *what, const char *which) {
    fprintf(stderr, "kernel: %s: %s\n", what, which);
    exit(2);
}

static uint8_t *readAll(const char *path, long *length) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail("can't open", path);
    }
    fseek(file, 0, SEEK_END);
    *length = ftell(file);
    rewind(file);
    uint8_t *bytes = aligned_alloc(64, (size_t)(*length + 127) / 64 * 64);
    if (fread(bytes, 1, (size_t)*length, file) != (size_t)*length) {
        fail("can't read", path);
    }
    fclose(file);
    return bytes;
}

static Table *readTable(const char *path) {
    long length;
    const uint8_t *image = readAll(path, &length);
    Table *t = aligned_alloc(64, (sizeof(Table) + 63) / 64 * 64);
    t->features = image[6];
    t->outputs = image[7];
    if (length < HEADER || memcmp(image, "T1RT", 4) != 0 || image[4] != 2 || image[8] != 0 || t->features > MAX_FEATURES ||
        t->outputs > MAX_OUTPUTS) {
        fail("not the image, version 2, of a table without pairs", path);
    }
    const long knots = HEADER + t->outputs * OUTPUT_BYTES + t->features;
    if (length < knots + (long)t->features * t->outputs * KNOTS) {
        fail("the table's image is cut", path);
    }
    for (int o = 0; o < t->outputs; o++) {
        memcpy(&t->bias[o], image + HEADER + o * OUTPUT_BYTES, 4);
        for (int f = 0; f < t->features; f++) {
            const uint8_t *k = image + knots + (f * t->outputs + o) * KNOTS;
            memcpy(t->knots[f][o], k, 16);
            memcpy(t->knots[f][o] + 16, k + 1, 16);
        }
    }
    return t;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fail("usage", "kernel IMAGE CODES ACCUMULATORS STRIDE COUNT ROUNDS");
    }
    const Table *table = readTable(argv[1]);
    long length;
    const uint8_t *codes = readAll(argv[2], &length);
    const long stride = atol(argv[4]);
    const long count = atol(argv[5]);
    const int rounds = atoi(argv[6]);
    if (count < 64 || count % 64 != 0 || count > stride || length < table->features * stride || rounds < 1) {
        fail("STRIDE, COUNT or ROUNDS doesn't fit", argv[2]);
    }
    const size_t bytes = sizeof(int32_t) * (size_t)(table->outputs * stride);
    int32_t *first = aligned_alloc(64, (bytes + 63) / 64 * 64);
    int32_t *acc = aligned_alloc(64, (bytes + 63) / 64 * 64);
    double *times = calloc((size_t)(N_VARIANTS * rounds), sizeof(double));
    memset(first, 0, bytes);
    for (int v = 0; v < N_VARIANTS; v++) {
        memset(acc, 0, bytes);
        VARIANTS[v].kernel(table, codes, acc, stride, count);
        if (v == 0) {
            memcpy(first, acc, bytes);
        } else if (memcmp(first, acc, bytes) != 0) {
            fail("differs from the first variant", VARIANTS[v].name);
        }
    }
    for (int round = -2; round < rounds; round++) { /* two to warm up */
        for (int v = 0; v < N_VARIANTS; v++) {
            const double start = now();
            for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
                VARIANTS[v].kernel(table, codes, acc, stride, count);
                __asm__ volatile("" : : "r"(acc) : "memory");
            }
            if (round >= 0) {
                times[v * rounds + round] = (now() - start) / ((double)BATCHES_A_ROUND * (double)count);
            }
        }
    }
    FILE *out = fopen(argv[3], "wb");
    if (!out || fwrite(acc, 1, bytes, out) != bytes || fclose(out) != 0) {
        fail("can't write", argv[3]);
    }
    double best = 1e9;
    printf("{\"variants\":{");
    for (int v = 0; v < N_VARIANTS; v++) {
        qsort(times + v * rounds, (size_t)rounds, sizeof(double), ascending);
        const double median = times[v * rounds + rounds / 2];
        best = median < best ? median : best;
        printf("%s\"%s\":%.4f", v == 0 ? "" : ",", VARIANTS[v].name, median);
    }
    printf("},\"features\":%d,\"outputs\":%d,\"count\":%ld,\"ns_per_decision\":%.4f}\n", table->features,
        table->outputs, count, best);
    return 0;
}
