/// The shapes that most answers have.
extension Answer {
    /// A page, with links to those beside it.
    static func page(_ schema: Schema) -> Answer {
        Answer(status: 200, description: "A page.", schema: schema, headers: [.link])
    }

    /// A page of these, under a name of its own in the document.
    static func page(_ name: String, of element: Schema) -> Answer { .page(.page(name, of: element)) }

    /// What was made, and where it is.
    static func created(_ description: String, _ schema: Schema) -> Answer {
        Answer(status: 201, description: description, schema: schema, headers: [.location])
    }
}
