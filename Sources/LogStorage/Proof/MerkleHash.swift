import CNettle
import EventSourcing

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

    /// SHA-256 of `prefix`, if there is one, and `bytes`; by Nettle, which keeps its context on the stack.
    private init(sha256 prefix: UInt8?, _ bytes: UnsafeRawBufferPointer) {
        (word0, word1, word2, word3) = (0, 0, 0, 0)
        var context = sha256_ctx()
        unsafe nettle_sha256_init(&context)
        if var prefix { unsafe nettle_sha256_update(&context, 1, &prefix) }
        unsafe bytes.withMemoryRebound(to: UInt8.self) {
            if !$0.isEmpty { unsafe nettle_sha256_update(&context, $0.count, $0.baseAddress) }
        }
        unsafe withUnsafeMutableBytes(of: &self) {
            unsafe $0.withMemoryRebound(to: UInt8.self) {
                unsafe nettle_sha256_digest(&context, Self.byteCount, $0.baseAddress)
            }
        }
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
    public static let emptyRoot = unsafe MerkleHash(sha256: nil, UnsafeRawBufferPointer(start: nil, count: 0))

    /// The hash of a leaf: SHA-256 of a zero byte and the data.
    public static func leaf(_ data: RawSpan) -> MerkleHash {
        unsafe data.withUnsafeBytes { unsafe MerkleHash(sha256: 0, $0) }
    }

    /// The hash of a node: SHA-256 of a byte of 1 and the hashes of both halves.
    public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        unsafe withUnsafeBytes(of: (left, right)) { unsafe MerkleHash(sha256: 1, $0) }
    }

    /// The root of a tree with these leaves.
    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard let first = leaves.first else { return emptyRoot }
        guard leaves.count > 1 else { return first }
        let middle = leaves.startIndex + MerkleTree.split(leaves.count)
        return node(root(leaves[..<middle]), root(leaves[middle...]))
    }
}

// As checkpoints have it.
extension MerkleHash {
    /// The hash as base 64.
    public var base64: String { Base64.encode(bytes) }

    /// The hash that a text is in base 64; `nil` when it is none.
    public init?(base64 text: some StringProtocol) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes)
    }
}

extension MerkleHash: CustomStringConvertible {
    /// The bytes in hexadecimal.
    public var description: String { Hexadecimal.text(bytes) }
}
