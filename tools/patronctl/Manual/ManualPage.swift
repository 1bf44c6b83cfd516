/// A page for `man`: of the whole tool, or of one verb.
struct ManualPage {
    /// The names from the tool down to the command.
    let path: [String]
    let help: CommandHelp

    /// The page in the language of `man`.
    var text: String {
        let name = path.joined(separator: "-")
        var lines = [
            ".TH \"\(Self.escaped(name.uppercased()))\" 1 \"\" \"Patron\" \"Patron\"",
            ".SH NAME",
            "\(Self.escaped(name)) \\- \(Self.escaped(help.abstract ?? ""))",
            ".SH SYNOPSIS",
            ".B \(Self.escaped(path.joined(separator: " ")))",
            Self.line(synopsis),
        ]
        let (texts, example) = help.paragraphs
        if !texts.isEmpty {
            lines.append(".SH DESCRIPTION")
            for text in texts { lines += [".PP", Self.line(text)] }
        }
        let verbs = help.verbs
        if !verbs.isEmpty {
            lines.append(".SH COMMANDS")
            for verb in verbs { lines += Self.item(verb.commandName, verb.abstract ?? "") }
        }
        let arguments = help.shownArguments
        if !arguments.isEmpty {
            lines.append(".SH OPTIONS")
            for argument in arguments {
                let standard = argument.defaultValue.map { " (default: \($0))" } ?? ""
                lines += Self.item(argument.usage, (argument.abstract ?? "") + standard)
            }
        }
        lines.append(".SH EXIT STATUS")
        for status in ExitStatus.allCases { lines += Self.item("\(status.rawValue)", status.meaning) }
        if let example { lines += [".SH EXAMPLE", ".EX", Self.line(example), ".EE"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private var synopsis: String {
        if !help.verbs.isEmpty { return "<command>" }
        return help.shownArguments.map { $0.isOptional ? "[\($0.usage)]" : $0.usage }.joined(separator: " ")
    }

    private static func item(_ term: String, _ text: String) -> [String] {
        [".TP", ".B \(escaped(term))", line(text)]
    }

    /// A line of text that is not taken for a request.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            case "\"": "\\(dq"
            default: String(character)
            }
        }
        .joined()
    }
}
