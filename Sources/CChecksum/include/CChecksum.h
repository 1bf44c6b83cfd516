#pragma once
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `count` bytes, continuing from `seed` (0 to begin).
uint32_t patron_crc32c(uint32_t seed, const void *bytes, size_t count);
