/// The names of files and directories: as programs see them, and as a power failure would find them.
struct DiskNames: Sendable {
    enum Node: Hashable, Sendable {
        case file(Int)
        case directory
    }

    private enum Change: Sendable {
        case add(String, Node)
        case rename(String, to: String)
        case remove(String)

        var paths: [String] {
            switch self {
            case .add(let path, _), .remove(let path): [path]
            case .rename(let path, let newPath): [path, newPath]
            }
        }
    }

    private(set) var live: [String: Node] = ["/": .directory, ".": .directory]
    private(set) var durable: [String: Node] = ["/": .directory, ".": .directory]
    private var pending: [Change] = []

    /// A path without doubled and trailing slashes.
    static func normal(_ path: String) -> String {
        let parts = path.split(separator: "/").joined(separator: "/")
        if path.hasPrefix("/") { return "/" + parts }
        return parts.isEmpty ? "." : parts
    }

    /// The directory of a normal path.
    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    func isDirectory(_ path: String) -> Bool { live[path] == .directory }

    /// The last components of the paths in a directory.
    func list(_ directory: String) -> [String] {
        let prefix = directory == "/" ? "/" : directory == "." ? "" : directory + "/"
        return live.keys.compactMap { path in
            guard path != "/", path != ".", Self.parent(path) == directory else { return nil }
            return String(path.dropFirst(prefix.count))
        }
    }

    mutating func add(_ path: String, _ node: Node) { change(.add(path, node)) }

    mutating func rename(_ path: String, to newPath: String) { change(.rename(path, to: newPath)) }

    mutating func remove(_ path: String) { change(.remove(path)) }

    private mutating func change(_ change: Change) {
        Self.apply(change, to: &live)
        pending.append(change)
    }

    /// The names in `directory` survive, with all that they depend on.
    mutating func sync(_ directory: String) {
        var wanted: Set<String> = []
        // From the newest back, so that what a surviving change builds on survives too.
        var survives = [Bool](repeating: false, count: pending.count)
        for index in pending.indices.reversed() {
            let paths = pending[index].paths
            guard paths.contains(where: { Self.parent($0) == directory || wanted.contains($0) }) else { continue }
            survives[index] = true
            wanted.formUnion(paths)
        }
        var rest: [Change] = []
        for (change, survives) in zip(pending, survives) {
            if survives { Self.apply(change, to: &durable) } else { rest.append(change) }
        }
        pending = rest
    }

    /// The power fails: unsynced changes of names survive up to one of them, or (less often) each for itself.
    mutating func crash(_ generator: inout SeededGenerator) {
        if generator.chance(3, in: 4) {
            for change in pending.prefix(generator.number(in: 0...pending.count)) { Self.apply(change, to: &durable) }
        } else {
            for change in pending where generator.chance(1, in: 2) { Self.apply(change, to: &durable) }
        }
        pending = []
        removeOrphans()
        live = durable
    }

    /// What stands in a directory that did not survive is gone with it.
    private mutating func removeOrphans() {
        for path in durable.keys.sorted() where path != "/" && path != "." {
            if durable[Self.parent(path)] != .directory { durable[path] = nil }
        }
    }

    private static func apply(_ change: Change, to names: inout [String: Node]) {
        switch change {
        case .add(let path, let node):
            names[path] = node
        case .rename(let path, let newPath):
            guard let node = names.removeValue(forKey: path) else { return }
            names[newPath] = node
        case .remove(let path):
            names[path] = nil
        }
    }
}
