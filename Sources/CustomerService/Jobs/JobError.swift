/// Why a row of a job could not be done.
public struct JobError: Hashable, Sendable {
    /// The line of the file that was imported, from 1; 0 where there is none.
    public var line: UInt64
    /// Whom it is about, where that is known.
    public var customer: String
    /// The column of the file, where one is at fault.
    public var column: String
    /// A stable name of the reason.
    public var code: String
    /// A sentence for people.
    public var text: String

    /// An error of these parts.
    public init(line: UInt64 = 0, customer: String = "", column: String = "", code: String, text: String) {
        (self.line, self.customer, self.column, self.code, self.text) = (line, customer, column, code, text)
    }

    func write(to plan: inout PlanWriter) {
        plan.add(line)
        for text in [customer, column, code, text] { plan.add(text) }
    }

    init(_ plan: inout PlanReader) throws(PlanReader.Malformed) {
        line = try plan.number()
        customer = try plan.text()
        column = try plan.text()
        code = try plan.text()
        text = try plan.text()
    }
}
