/// The numbers of the format, as `docs/FORMAT.md` lists them.
package enum Format {
    /// The newest version this code reads, which is that of packed segments.
    package static let version = packedVersion
    /// The version of segments as the writer writes them, and the least that can read them.
    package static let plainVersion: UInt16 = 1
    /// The version of packed segments, and the least that can read them.
    package static let packedVersion: UInt16 = 2

    /// `PTRNSEG` and a line end, so that a text-mode copy shows.
    package static let segmentMagic: UInt64 = 0x0a47_4553_4e52_5450
    /// `PBLK`.
    package static let blockMagic: UInt32 = 0x4b4c_4250
    /// `pend`.
    package static let blockEndMagic: UInt32 = 0x646e_6570
    /// `PFTR`.
    package static let footerMagic: UInt32 = 0x5254_4650
    /// `PTRNEND` and a line end.
    package static let trailerMagic: UInt64 = 0x0a44_4e45_4e52_5450

    /// `PTRNPAR` and a line end.
    package static let parityMagic: UInt64 = 0x0a52_4150_4e52_5450
    /// The size of a cell, the unit in which parity finds and rebuilds damage.
    package static let parityCellByteCount = 16 << 10

    /// What a disk writes whole or not at all.
    package static let sectorByteCount = 512
    /// Blocks start at multiples of this.
    package static let alignment = 8
    /// The raw and the stored size of a block are at most this.
    package static let rawByteLimit = 16 << 20
    /// A segment's blocks end before this.
    package static let segmentByteLimit = 1 << 30
    /// How far back LZ4 looks.
    package static let dictionaryByteLimit = 64 << 10
    /// Bytes in a segment header for the organization's name.
    package static let organizationByteLimit = 128

    /// `offset` rounded up to where a block may start.
    static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }
}
