import TestSupport
import Testing

@testable import LogStorage

/// The tree against the recursive definitions of RFC 6962, and the checks of RFC 9162 against its proofs.
@Suite struct MerkleTreePropertyTests {
    private static func leaves(_ count: Int) -> [MerkleHash] {
        (0..<count).map { .leaf([UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)].span.bytes) }
    }

    /// A tree of many leaves, and what reading its records would give.
    private struct Grown {
        var leaves: [MerkleHash]
        var tree = MerkleTree()

        init(_ count: Int) {
            leaves = MerkleTreePropertyTests.leaves(count)
            for leaf in leaves { tree.append(leaf) }
        }

        func source(_ range: Range<Int>) throws -> [MerkleHash] {
            try require(range.count == 1024 && range.lowerBound.isMultiple(of: 1024), "reads \(range)")
            return Array(leaves[range])
        }
    }

    @Test func `the known vectors of certificate transparency hold`() throws {
        let data: [[UInt8]] = [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
            [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ]
        var tree = MerkleTree()
        #expect("\(tree.root)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        for (leaf, root) in zip(data, roots) {
            tree.append(.leaf(leaf.span.bytes))
            #expect("\(tree.root)" == root)
        }
    }

    @Test func `the root is that of the definition at every size to 5000`() throws {
        let leaves = Self.leaves(5000)
        var tree = MerkleTree()
        // The definition's complete subtrees, remembered, so that all sizes are tried in reasonable time.
        var known: [Range<Int>: MerkleHash] = [:]
        func root(_ range: Range<Int>) -> MerkleHash {
            if range.isEmpty { return .emptyRoot }
            if range.count == 1 { return leaves[range.lowerBound] }
            let isComplete = range.count & (range.count - 1) == 0
            if isComplete, let node = known[range] { return node }
            var k = 1
            while k * 2 < range.count { k *= 2 }
            let middle = range.lowerBound + k
            let node = MerkleHash.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
            if isComplete { known[range] = node }
            return node
        }
        for size in 0...5000 {
            if size > 0 { tree.append(leaves[size - 1]) }
            try #require(tree.size == size)
            // The tail's part of the root alone costs up to a thousand hashes: not at each size.
            if size < 600 || size % 1024 < 3 || size.isMultiple(of: 37) { try #require(tree.root == root(0..<size)) }
        }
        #expect(root(0..<4999) == MerkleModel.root(leaves[..<4999]))
    }

    @Test func `roots and proofs of all small trees are those of the definition`() throws {
        let grown = Grown(70)
        for size in 1...70 {
            let leaves = grown.leaves[..<size]
            let root = try grown.tree.root(at: size, leaves: grown.source)
            try #require(root == MerkleModel.root(leaves))
            for index in 0..<size {
                let path = try grown.tree.inclusionPath(of: index, in: size, leaves: grown.source)
                try #require(path == MerkleModel.path(index, leaves))
                try #require(
                    MerkleVerification.includes(leaves[index], at: index, in: size, root: root, path: path)
                )
                let old = index + 1
                let oldRoot = MerkleModel.root(leaves[..<old])
                let proof = try grown.tree.consistencyPath(from: old, to: size, leaves: grown.source)
                try #require(proof == MerkleModel.proof(old, leaves))
                try #require(MerkleVerification.isConsistent(from: old, oldRoot, to: size, root, path: proof))
            }
        }
    }

    @Test func `roots and proofs across chunks are those of the definition`() throws {
        let grown = Grown(9000)
        try Property.forAll(seeds: 60) { generator in
            func size(_ least: Int) -> Int {
                let near = generator.pick([1024, 2048, 3072, 4096, 5120, 8192, 9000]) + generator.number(in: -2...2)
                return max(least, min(9000, generator.chance(1, in: 2) ? near : generator.number(in: 1...9000)))
            }
            let old = size(1)
            let new = size(old)
            let index = generator.below(new)
            let leaves = grown.leaves[..<new]
            let root = try grown.tree.root(at: new, leaves: grown.source)
            try requireEqual(root, MerkleModel.root(leaves), "root at \(new)")
            let path = try grown.tree.inclusionPath(of: index, in: new, leaves: grown.source)
            try requireEqual(path, MerkleModel.path(index, leaves), "path of \(index) in \(new)")
            let proof = try grown.tree.consistencyPath(from: old, to: new, leaves: grown.source)
            try requireEqual(proof, MerkleModel.proof(old, leaves), "proof from \(old) to \(new)")
        }
    }

    /// Everything a proof says, changed in one place.
    @Test func `no changed proof is accepted`() throws {
        let grown = Grown(2100)
        try Property.forAll(seeds: 3000) { generator in
            let new = generator.chance(1, in: 3) ? generator.number(in: 1...2100) : generator.number(in: 1...40)
            let old = generator.number(in: 1...new)
            let index = generator.below(new)
            let root = try grown.tree.root(at: new, leaves: grown.source)
            let oldRoot = try grown.tree.root(at: old, leaves: grown.source)
            let path = try grown.tree.inclusionPath(of: index, in: new, leaves: grown.source)
            let proof = try grown.tree.consistencyPath(from: old, to: new, leaves: grown.source)
            try require(
                MerkleVerification.includes(grown.leaves[index], at: index, in: new, root: root, path: path),
                "inclusion of \(index) in \(new)"
            )
            try require(
                MerkleVerification.isConsistent(from: old, oldRoot, to: new, root, path: proof),
                "consistency of \(old) and \(new)"
            )
            let (otherPath, otherProof) = (changed(path, &generator), changed(proof, &generator))
            let flipped = flip(root, &generator)
            func includes(_ leaf: MerkleHash, _ index: Int, _ root: MerkleHash, _ path: [MerkleHash]) -> Bool {
                MerkleVerification.includes(leaf, at: index, in: new, root: root, path: path)
            }
            func isConsistent(_ a: MerkleHash, _ b: MerkleHash, _ path: [MerkleHash]) -> Bool {
                MerkleVerification.isConsistent(from: old, a, to: new, b, path: path)
            }
            let leaf = grown.leaves[index]
            try require(!includes(flip(leaf, &generator), index, root, path), "another leaf")
            try require(!includes(leaf, index, flipped, path), "another root")
            try require(!includes(leaf, index, root, otherPath), "another path")
            try require(new == 1 || !includes(leaf, (index + 1) % new, root, path), "another index")
            try require(!includes(leaf, -1, root, path) && !includes(leaf, new, root, path), "an index outside")
            try require(!isConsistent(flip(oldRoot, &generator), root, proof), "another old root")
            try require(!isConsistent(oldRoot, flipped, proof), "another new root")
            try require(!isConsistent(oldRoot, root, otherProof), "another proof")
            try require(
                !MerkleVerification.isConsistent(from: 0, .emptyRoot, to: new, root, path: proof),
                "from nothing"
            )
        }
    }

    private func flip(_ hash: MerkleHash, _ generator: inout SeededGenerator) -> MerkleHash {
        var bytes = hash.bytes
        bytes[generator.below(32)] ^= UInt8(1 << generator.below(8))
        return MerkleHash(bytes) ?? hash
    }

    private func changed(_ path: [MerkleHash], _ generator: inout SeededGenerator) -> [MerkleHash] {
        var path = path
        switch generator.below(4) {
        case 0 where !path.isEmpty: path.removeLast()
        case 1 where !path.isEmpty: path.removeFirst()
        case 2 where !path.isEmpty:
            let index = generator.below(path.count)
            path[index] = flip(path[index], &generator)
        default: path.insert(.emptyRoot, at: generator.below(path.count + 1))
        }
        return path
    }
}
