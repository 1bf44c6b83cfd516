import CustomerDomain

// Stands in until the records describe events themselves.
extension Event {
    var name: String { String(describing: self).prefix { $0.isLetter }.description }
    var json: String { JSONText.quoted(String(describing: self)) }
}
