import Foundation
import Testing

/// Holds the documents together.
struct DocumentTests {
    private static let documents = Repository.files(
        under: ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "Benchmarks", "tools", "Tests"],
        ending: [".md"]
    )

    @Test func `links inside the repository lead somewhere`() {
        for document in Self.documents {
            for link in document.links where !link.target.contains("://") && !link.target.hasPrefix("mailto:") {
                let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let path = parts[0].isEmpty ? document.path : Self.resolve(String(parts[0]), from: document.path)
                guard Repository.exists(path) else {
                    Issue.record("\(document.path):\(link.line): nothing is at \(link.target)")
                    continue
                }
                if parts.count == 2, path.hasSuffix(".md"), let target = Repository.file(path) {
                    #expect(
                        target.anchors.contains(String(parts[1])),
                        "\(document.path):\(link.line): \(path) has no heading #\(parts[1])"
                    )
                }
            }
        }
    }

    @Test func `decision records are numbered without gaps or doubles`() {
        let names = Repository.names(in: "docs/decisions").filter { $0.hasSuffix(".md") && $0 != "README.md" }
        for (index, name) in names.enumerated() {
            guard let match = name.wholeMatch(of: /(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md/) else {
                Issue.record("docs/decisions/\(name): the name must be like 0007-what-was-decided.md")
                continue
            }
            #expect(
                Int(match.1) == index + 1,
                "docs/decisions/\(name): number \(index + 1) is next; a number is given once"
            )
        }
    }

    @Test func `decision records say what was decided, why, and what was rejected`() {
        for name in Repository.names(in: "docs/decisions") where name.wholeMatch(of: /\d{4}-.*\.md/) != nil {
            let sections =
                Repository.file("docs/decisions/" + name)?.lines
                .filter { $0.hasPrefix("#") || $0.hasPrefix("**") } ?? []
            for wanted in ["Status", "Context", "Decision", "Consequences", "Rejected"] {
                #expect(
                    sections.contains { $0.contains(wanted) },
                    "docs/decisions/\(name) has no section \"\(wanted)\""
                )
            }
        }
    }

    @Test func `links, headings and paths are read as a renderer reads them`() {
        let file = Repository.TextFile(
            path: "docs/a.md",
            lines: [
                "# One `two`, three!", "see [it](b.md#x) and ![pic](../p.png)", "```", "[not](gone.md)", "# no", "```",
            ]
        )
        #expect(file.links.map(\.target) == ["b.md#x", "../p.png"])
        #expect(file.anchors == ["one-two-three"])
        #expect(Self.resolve("../p.png", from: "docs/a.md") == "p.png")
        #expect(Self.resolve("c/d.md", from: "docs/a.md") == "docs/c/d.md")
    }

    private static func resolve(_ link: String, from document: String) -> String {
        var parts = document.split(separator: "/").dropLast().map(String.init)
        let decoded = link.removingPercentEncoding ?? link
        for part in decoded.split(separator: "/") where part != "." {
            if part == "..", !parts.isEmpty, parts.last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}

extension Repository.TextFile {
    /// The lines outside of code blocks.
    private var prose: [(line: Int, text: Substring)] {
        var isCode = false
        return lines.enumerated()
            .compactMap { index, text in
                if text.trimmingCharacters(in: .whitespaces).hasPrefix("```") {
                    isCode.toggle()
                    return nil
                }
                return isCode ? nil : (index + 1, text)
            }
    }

    /// The targets of links and pictures.
    var links: [(line: Int, target: String)] {
        prose.flatMap { line, text in
            text.matches(of: /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/).map { (line, String($0.1)) }
        }
    }

    /// What a link to a heading is written as.
    var anchors: Set<String> {
        Set(
            prose.filter { $0.text.hasPrefix("#") }
                .map { _, text in
                    text.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                        .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
                        .replacing(" ", with: "-")
                }
        )
    }
}
