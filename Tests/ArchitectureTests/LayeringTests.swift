import Testing

/// Holds the import table.
struct LayeringTests {
    @Test(arguments: Layer.all)
    func `a target imports only what its layer may use`(_ layer: Layer) {
        let files = Repository.files(under: [layer.folder], ending: [".swift"])
        #expect(!files.isEmpty, "\(layer.folder) holds no Swift files: has the target moved?")
        for file in files {
            for (line, module) in file.imports where !layer.allows(module) {
                Issue.record(
                    """
                    \(file.path):\(line): \(layer.target) must not import \(module). Its layer may use \
                    \(layer.ours.union(layer.doors).union(layer.shared).sorted().joined(separator: ", ")); move the code, \
                    or put a protocol into the layer below.
                    """
                )
            }
        }
    }

    @Test func `every source folder stands in the import table`() {
        let known = Set(Layer.all.map(\.target)).union(Layer.foundations)
        for name in Repository.names(in: "Sources") where !name.hasPrefix(".") && !known.contains(name) {
            Issue.record("Sources/\(name) is not in Layers.swift: say there what it may import.")
        }
    }

    @Test func `a layer uses only layers above it in the table`() {
        var above = Layer.foundations
        for layer in Layer.all {
            #expect(layer.ours.isSubset(of: above), "\(layer.target) may import a layer that is not below it")
            above.insert(layer.target)
        }
    }

    @Test func `a foreign library has one door`() {
        var doors: [String: [String]] = [:]
        for layer in Layer.all {
            #expect(layer.shared.isSubset(of: Layer.commons), "\(layer.target) shares what has one door")
            for module in layer.doors { doors[module, default: []].append(layer.target) }
        }
        // The two executables are command lines, and nothing else is.
        #expect(doors.removeValue(forKey: "ArgumentParser") == ["patron", "patronctl"])
        for (module, targets) in doors where targets.count > 1 {
            Issue.record("\(module) has several doors: \(targets.joined(separator: ", "))")
        }
    }

    @Test func `no type bears the name of a module`() {
        let modules = Set(Layer.all.map(\.target))
        for file in Repository.files(under: ["Sources", "tools"], ending: [".swift"]) {
            for (index, line) in file.lines.enumerated() {
                guard let match = line.firstMatch(of: /\b(?:struct|class|enum|actor|protocol|typealias)\s+(\w+)/) else {
                    continue
                }
                if modules.contains(String(match.1)) {
                    Issue.record(
                        "\(file.path):\(index + 1): \(match.1) is the name of a module, which then cannot be qualified"
                    )
                }
            }
        }
    }

    @Test(
        arguments: [
            ("import A", "A"), ("public import Foo", "Foo"), ("@testable import Bar", "Bar"),
            ("package import struct Baz.Inner", "Baz"), ("    internal import Q", "Q"),
        ]
    )
    func `imports are recognized however they are written`(_ line: String, _ module: String) {
        let file = Repository.TextFile(path: "x", lines: ["// import Not", line[...], "let text = \"import Not\""])
        #expect(file.imports.map(\.module) == [module])
        #expect(file.imports.map(\.line) == [2])
    }
}

extension Repository.TextFile {
    /// The modules imported, with their line numbers.
    var imports: [(line: Int, module: String)] {
        let statement =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)/
        return lines.enumerated()
            .compactMap { index, line in
                line.firstMatch(of: statement).map { (index + 1, String($0.1)) }
            }
    }
}
