#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `count` bytes, continuing from `seed` (0 to begin).
uint32_t patron_crc32c(uint32_t seed, const void *bytes, size_t count);

/// The same without special instructions; what `patron_crc32c` falls back to.
uint32_t patron_crc32c_portable(uint32_t seed, const void *bytes, size_t count);

/// Whether `patron_crc32c` uses the processor's CRC instructions.
bool patron_crc32c_is_accelerated(void);

/// The number of non-zero bytes, counted no further than `limit`.
size_t patron_count_nonzero(const void *bytes, size_t count, size_t limit);

/// The offset just after the last non-zero byte; 0 when all are zero.
size_t patron_nonzero_end(const void *bytes, size_t count);

/// XORs `count` bytes with the eight bytes of `mask` in memory order, repeated.
void patron_xor(void *bytes, size_t count, uint64_t mask);
