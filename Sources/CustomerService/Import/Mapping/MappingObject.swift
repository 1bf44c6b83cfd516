import Foundation

/// An object of a mapping file, which knows its place for the messages.
struct MappingObject {
    private let path: String
    private let members: [String: Member]

    private enum Member: Decodable {
        case null
        case flag(Bool)
        case integer(Int)
        case text(String)
        case texts([String])
        case object([String: Member])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let integer = try? container.decode(Int.self) {
                self = .integer(integer)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else {
                self = .object(try container.decode([String: Member].self))
            }
        }
    }

    /// The object that is the whole file.
    init(json: [UInt8]) throws(ImportError) {
        do {
            members = try JSONDecoder().decode([String: Member].self, from: Data(json))
            path = ""
        } catch {
            throw .mapping(key: "", reason: "is not a JSON object of texts, numbers, lists of texts and objects")
        }
    }

    private init(path: String, members: [String: Member]) {
        self.path = path
        self.members = members
    }

    var keys: [String] { members.keys.sorted() }

    func allowOnly(_ known: String...) throws(ImportError) {
        if let key = keys.first(where: { !known.contains($0) }) {
            throw .mapping(key: path + key, reason: "is not known here; known are \(known.joined(separator: ", "))")
        }
    }

    func object(_ key: String) throws(ImportError) -> MappingObject? {
        switch members[key] {
        case nil, .null: return nil
        case .object(let members): return MappingObject(path: "\(path)\(key)/", members: members)
        default: throw .mapping(key: path + key, reason: "must be an object")
        }
    }

    func text(_ key: String) throws(ImportError) -> String? {
        switch members[key] {
        case nil, .null: return nil
        case .text(let text): return text
        default: throw .mapping(key: path + key, reason: "must be a text")
        }
    }

    /// A list of texts, or one text alone.
    func texts(_ key: String) throws(ImportError) -> [String] {
        switch members[key] {
        case nil, .null: return []
        case .text(let text): return [text]
        case .texts(let texts): return texts
        default: throw .mapping(key: path + key, reason: "must be a text or a list of texts")
        }
    }

    func integer(_ key: String) throws(ImportError) -> Int? {
        switch members[key] {
        case nil, .null: return nil
        case .integer(let integer): return integer
        default: throw .mapping(key: path + key, reason: "must be a whole number")
        }
    }

    func flag(_ key: String) throws(ImportError) -> Bool? {
        switch members[key] {
        case nil, .null: return nil
        case .flag(let flag): return flag
        default: throw .mapping(key: path + key, reason: "must be true or false")
        }
    }

    func byte(_ key: String) throws(ImportError) -> UInt8? {
        guard let text = try text(key) else { return nil }
        guard text.utf8.count == 1, let byte = text.utf8.first, byte == 9 || (0x20..<0x7F).contains(byte),
            byte != UInt8(ascii: "\"")
        else { throw .mapping(key: path + key, reason: "must be one ASCII character") }
        return byte
    }

    func choice<Choice>(
        _ key: String,
        of choices: [Choice],
        named name: (Choice) -> String
    ) throws(ImportError) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = choices.first(where: { name($0) == text }) else {
            throw .mapping(key: path + key, reason: "must be one of \(choices.map(name).joined(separator: ", "))")
        }
        return choice
    }

    /// Whether rows that are not UTF-8 are to be read as ISO 8859-1.
    func latin1Fallback() throws(ImportError) -> Bool {
        guard let encoding = try text("fallbackEncoding") else { return false }
        guard ["iso-8859-1", "latin1"].contains(encoding.lowercased()) else {
            throw .mapping(key: path + "fallbackEncoding", reason: "must be \"iso-8859-1\"")
        }
        return true
    }
}
