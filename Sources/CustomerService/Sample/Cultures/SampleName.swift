/// A name, and how it is written in an e-mail address.
struct SampleName: Sendable {
    /// The name in its own script.
    var text: String
    /// The name in small ASCII letters.
    var ascii: String

    /// Reads `name`, or `name=latin` where the script is not Latin.
    init(_ entry: Substring) {
        let parts = entry.split(separator: "=")
        text = String(parts[0].replacing("_", with: " "))
        ascii = Self.folded(parts.count > 1 ? String(parts[1]) : text)
    }

    /// Small ASCII letters for Latin ones with marks; what has no such form is left out.
    static func folded(_ text: String) -> String {
        var result = ""
        for scalar in text.lowercased().unicodeScalars {
            if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else if let latin = latinForms[scalar] {
                result += latin
            }
        }
        return result
    }
}

private let latinForms: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
        ("a", "àáâãåăąāảạấầẩẫậắằặ"), ("ae", "äæ"), ("c", "çćč"), ("d", "ďđð"), ("e", "èéêëěęēėẻẽẹếềểễệ"), ("g", "ğģ"),
        ("i", "ìíîïıīįỉĩị"), ("l", "łľļ"), ("n", "ñńňņ"), ("o", "òóôõőōỏọốồổỗộơớờởỡợ"), ("oe", "öøœ"), ("r", "řŕ"),
        ("s", "śšşș"), ("ss", "ß"), ("t", "ťţț"), ("u", "ùúûůűūųủũụưứừửữự"), ("ue", "ü"), ("y", "ýÿỳỷỹỵ"), ("z", "źżž"),
        ("th", "þ"),
    ]
    var forms: [Unicode.Scalar: String] = [:]
    for (latin, letters) in groups {
        for letter in letters.unicodeScalars { forms[letter] = latin }
    }
    return forms
}()
