#include "CChecksum.h"

#include <string.h>

// The tree hashes every record twice, most of them shorter than one block of SHA-256: there the library's setting up costs
// more than the hashing. This is for that alone, and only where the processor does the rounds.

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static bool has_instructions;

__attribute__((constructor)) static void look_for_instructions(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return;
    has_instructions = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

// FIPS 180-4, section 4.2.2.
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

typedef struct {
    __m128i abef, cdgh;
} state;

__attribute__((target("sha,sse4.1,ssse3"))) static void take_block(state *now, const uint8_t *block) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i words[4], abef = now->abef, cdgh = now->cdgh;
    for (int i = 0; i < 4; i++)
        words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), big_endian);
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
        __m128i round = _mm_add_epi32(words[i & 3], _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, round);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(round, 0x0e));
        if (i >= 12) continue;
        // The words of four rounds later, from those of the last sixteen.
        __m128i next = _mm_sha256msg1_epu32(words[i & 3], words[(i + 1) & 3]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(words[(i + 3) & 3], words[(i + 2) & 3], 4));
        words[i & 3] = _mm_sha256msg2_epu32(next, words[(i + 3) & 3]);
    }
    now->abef = _mm_add_epi32(now->abef, abef);
    now->cdgh = _mm_add_epi32(now->cdgh, cdgh);
}

__attribute__((target("sha,sse4.1,ssse3"))) static void store(const state *last, uint8_t *digest) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i feba = _mm_shuffle_epi32(last->abef, 0x1b), dchg = _mm_shuffle_epi32(last->cdgh, 0xb1);
    __m128i abcd = _mm_blend_epi16(feba, dchg, 0xf0), efgh = _mm_alignr_epi8(dchg, feba, 8);
    _mm_storeu_si128((__m128i *)digest, _mm_shuffle_epi8(abcd, big_endian));
    _mm_storeu_si128((__m128i *)(digest + 16), _mm_shuffle_epi8(efgh, big_endian));
}

bool patron_sha256(uint8_t prefix, const void *bytes, size_t count, void *digest) {
    if (!has_instructions) return false;
    // FIPS 180-4, section 5.3.3: A to H, in the order of the instructions.
    state now = {
        _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
        _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19),
    };
    const uint8_t *rest = bytes;
    uint64_t bits = ((uint64_t)count + 1) * 8;
    uint8_t block[64];
    block[0] = prefix;
    size_t used = 1;
    if (count >= 63) {
        memcpy(block + 1, rest, 63);
        take_block(&now, block);
        rest += 63;
        count -= 63;
        for (; count >= 64; rest += 64, count -= 64) take_block(&now, rest);
        used = 0;
    }
    if (count) memcpy(block + used, rest, count);
    used += count;
    block[used++] = 0x80;
    if (used > 56) {
        memset(block + used, 0, 64 - used);
        take_block(&now, block);
        used = 0;
    }
    memset(block + used, 0, 56 - used);
    for (int i = 0; i < 8; i++) block[56 + i] = (uint8_t)(bits >> (56 - 8 * i));
    take_block(&now, block);
    store(&now, digest);
    return true;
}

#else

bool patron_sha256(uint8_t prefix, const void *bytes, size_t count, void *digest) { return false; }

#endif
