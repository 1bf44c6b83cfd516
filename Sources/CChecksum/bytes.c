#include "CChecksum.h"

#include <string.h>

// In C because these walk megabytes at open, and tests do so in debug builds thousands of times.

size_t patron_count_nonzero(const void *bytes, size_t count, size_t limit) {
    const uint8_t *next = bytes;
    size_t found = 0;
    while (count >= 8 && found < limit) {
        uint64_t word;
        memcpy(&word, next, 8);
        if (word)
            for (int i = 0; i < 8; i++) found += next[i] != 0;
        next += 8;
        count -= 8;
    }
    if (found < limit)
        while (count--) found += *next++ != 0;
    return found < limit ? found : limit;
}

size_t patron_nonzero_end(const void *bytes, size_t count) {
    const uint8_t *first = bytes;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, first + count - 8, 8);
        if (word) break;
        count -= 8;
    }
    while (count && first[count - 1] == 0) count--;
    return count;
}

void patron_xor(void *bytes, size_t count, uint64_t mask) {
    uint8_t *next = bytes, key[8];
    memcpy(key, &mask, 8);
    for (size_t i = 0; i < count; i++) next[i] ^= key[i & 7];
}
