import Crypto

/// A SHA-256 hash of the Merkle tree: of a record, of a node, or of the whole.
public struct MerkleHash: Hashable, BitwiseCopyable, Sendable {
    /// How many bytes a hash has.
    public static let byteCount = 32

    // The 32 bytes in their order, whatever the machine's: only ever copied and compared.
    private var word0: UInt64
    private var word1: UInt64
    private var word2: UInt64
    private var word3: UInt64

    /// The hash that `bytes` are; `nil` unless there are 32.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unsafe Array(bytes).span.bytes, at: 0)
    }

    /// The hash whose bytes stand at `offset`.
    init(_ bytes: RawSpan, at offset: Int) {
        self = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: MerkleHash.self)
    }

    private init(_ digest: SHA256Digest) {
        self = unsafe digest.withUnsafeBytes { unsafe $0.loadUnaligned(as: MerkleHash.self) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        store(in: &bytes, at: 0)
        return bytes
    }

    /// Writes the 32 bytes at `offset`.
    func store(in bytes: inout [UInt8], at offset: Int) {
        unsafe bytes.withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: self, toByteOffset: offset, as: MerkleHash.self)
        }
    }
}

// MARK: - RFC 6962, section 2.1

extension MerkleHash {
    /// The root of the tree without leaves.
    public static let emptyRoot = MerkleHash(SHA256().finalize())

    /// The hash of a leaf: SHA-256 of a zero byte and the data.
    public static func leaf(_ data: RawSpan) -> MerkleHash {
        var hasher = SHA256()
        unsafe withUnsafeBytes(of: UInt8(0)) { unsafe hasher.update(bufferPointer: $0) }
        unsafe data.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        return MerkleHash(hasher.finalize())
    }

    /// The hash of a node: SHA-256 of a byte of 1 and the hashes of both halves.
    public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        var hasher = SHA256()
        unsafe withUnsafeBytes(of: UInt8(1)) { unsafe hasher.update(bufferPointer: $0) }
        unsafe withUnsafeBytes(of: (left, right)) { unsafe hasher.update(bufferPointer: $0) }
        return MerkleHash(hasher.finalize())
    }

    /// The root of a tree with these leaves.
    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard let first = leaves.first else { return emptyRoot }
        guard leaves.count > 1 else { return first }
        let middle = leaves.startIndex + MerkleTree.split(leaves.count)
        return node(root(leaves[..<middle]), root(leaves[middle...]))
    }
}

extension MerkleHash: CustomStringConvertible {
    /// The bytes in hexadecimal.
    public var description: String { Hexadecimal.text(bytes) }
}
