import CChecksum
import TestSupport
import Testing

/// The two CRC-32C paths by the function's C name.
enum ChecksumPath: CaseIterable {
    case dispatched
    case portable

    func crc32c(_ bytes: [UInt8], seed: UInt32 = 0) -> UInt32 {
        switch self {
        case .dispatched: patron_crc32c(seed, bytes, bytes.count)
        case .portable: patron_crc32c_portable(seed, bytes, bytes.count)
        }
    }
}

@Suite struct ChecksumTests {
    // RFC 3720, appendix B.4; the last is the check value of the CRC catalogues.
    static let vectors: [([UInt8], UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
        ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0..<32), 0x46dd_794e),
        (Array((0..<32).reversed()), 0x113f_db5c),
        (Array("123456789".utf8), 0xe306_9283),
    ]

    @Test(arguments: ChecksumPath.allCases)
    func `both paths give the published checksums`(_ path: ChecksumPath) {
        for (bytes, checksum) in Self.vectors { #expect(path.crc32c(bytes) == checksum) }
    }
}

@Suite struct ChecksumPropertyTests {
    @Test func `both paths agree on any bytes, whole or in two parts`() throws {
        try Property.forAll(seeds: 300) { generator in
            let count = Int.random(in: 0...100, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let cut = Int.random(in: 0...count, using: &generator)
            let whole = ChecksumPath.dispatched.crc32c(bytes)
            try #require(ChecksumPath.portable.crc32c(bytes) == whole)
            for path in ChecksumPath.allCases {
                let first = path.crc32c(Array(bytes[..<cut]))
                try #require(path.crc32c(Array(bytes[cut...]), seed: first) == whole)
            }
        }
    }

    @Test func `zeroes are counted as a plain loop counts them`() throws {
        try Property.forAll(seeds: 300) { generator in
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...3, using: &generator) / 3 }
            let limit = Int.random(in: 0...5, using: &generator)
            try #require(patron_count_nonzero(bytes, count, limit) == min(limit, bytes.count { $0 != 0 }))
            try #require(patron_nonzero_end(bytes, count) == (bytes.lastIndex { $0 != 0 } ?? -1) + 1)
        }
    }
}
