/// Does one verb for a tool.
///
/// Runs on a thread of its own, so it may block. Call the second argument now and then: it sends progress, and throws
/// ``ControlFailure`` (`cancelled`) once the tool went away or the server stops, after which the handler shall end.
public typealias ControlHandler =
    @Sendable (_ request: ControlRequest, _ progress: (ControlProgress) throws -> Void) throws -> ControlResult

/// The verbs that a server offers to tools, by name.
public struct ControlVerbs: Sendable {
    private var handlers: [String: ControlHandler] = [:]

    /// No verbs.
    public init() {}

    /// Adds a verb, or replaces it.
    public mutating func register(_ verb: String, _ handler: @escaping ControlHandler) {
        handlers[verb] = handler
    }

    /// The verbs of several organizations: each request goes to that which it names.
    public static func each(_ verbs: [String: ControlVerbs]) -> ControlVerbs {
        var all = ControlVerbs()
        for name in Set(verbs.values.flatMap(\.names)) {
            all.register(name) { request, progress in
                guard let handler = verbs[request.organization]?.handlers[name] else {
                    throw ControlFailure(
                        .unknownOrganization,
                        "the server does not have the organization \(request.organization)"
                    )
                }
                return try handler(request, progress)
            }
        }
        return all
    }

    /// The names, in order.
    public var names: [String] { handlers.keys.sorted() }

    /// Does what is asked; whatever goes wrong is a ``ControlFailure``.
    func perform(
        _ request: ControlRequest,
        _ progress: (ControlProgress) throws -> Void
    ) -> Result<ControlResult, ControlFailure> {
        guard let handler = handlers[request.verb] else {
            return .failure(
                ControlFailure(
                    .unknownVerb,
                    "the server does not know \(request.verb); it knows \(names.joined(separator: ", "))"
                )
            )
        }
        do {
            return .success(try handler(request, progress))
        } catch let failure as ControlFailure {
            return .failure(failure)
        } catch {
            return .failure(ControlFailure(.failed, "\(error)"))
        }
    }
}
