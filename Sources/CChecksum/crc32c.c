#include "CChecksum.h"

#include <string.h>

// The reflected Castagnoli polynomial.
#define POLYNOMIAL 0x82f63b78u

static uint32_t tables[8][256];

// Sliced by eight: each table advances the checksum over one byte of an eight-byte word.
__attribute__((constructor)) static void make_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) ? POLYNOMIAL : 0);
        tables[0][byte] = crc;
    }
    for (int slice = 1; slice < 8; slice++)
        for (int byte = 0; byte < 256; byte++) {
            uint32_t crc = tables[slice - 1][byte];
            tables[slice][byte] = (crc >> 8) ^ tables[0][crc & 0xff];
        }
}

uint32_t patron_crc32c_portable(uint32_t seed, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint32_t crc = ~seed;
    while (count >= 8) {
        uint32_t low = crc ^ ((uint32_t)next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24);
        crc = tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff] ^ tables[4][low >> 24]
            ^ tables[3][next[4]] ^ tables[2][next[5]] ^ tables[1][next[6]] ^ tables[0][next[7]];
        next += 8;
        count -= 8;
    }
    while (count--) crc = (crc >> 8) ^ tables[0][(crc ^ *next++) & 0xff];
    return ~crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t accelerated(uint32_t seed, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint64_t crc = ~seed;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        crc = _mm_crc32_u64(crc, word);
        next += 8;
        count -= 8;
    }
    uint32_t crc32 = (uint32_t)crc;
    while (count--) crc32 = _mm_crc32_u8(crc32, *next++);
    return ~crc32;
}

bool patron_crc32c_is_accelerated(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>

static uint32_t accelerated(uint32_t seed, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint32_t crc = ~seed;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        crc = __crc32cd(crc, word);
        next += 8;
        count -= 8;
    }
    while (count--) crc = __crc32cb(crc, *next++);
    return ~crc;
}

bool patron_crc32c_is_accelerated(void) { return true; }

#else

static uint32_t accelerated(uint32_t seed, const void *bytes, size_t count) {
    return patron_crc32c_portable(seed, bytes, count);
}

bool patron_crc32c_is_accelerated(void) { return false; }

#endif

uint32_t patron_crc32c(uint32_t seed, const void *bytes, size_t count) {
    return patron_crc32c_is_accelerated() ? accelerated(seed, bytes, count) : patron_crc32c_portable(seed, bytes, count);
}
