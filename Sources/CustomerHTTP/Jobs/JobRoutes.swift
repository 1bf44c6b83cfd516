import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird
import NIOCore

/// Jobs: where they stand, how to stop them, and what they came to.
enum JobRoutes {
    /// The routes that answer from the state.
    static var register: [Route] { [list, get] }
    static var actions: [Route] { [cancel, result, errors] }

    static let chapter = "Jobs"
    private static let id = Parameter.path("jobId", .identifier(JobKind.self), "The job.")

    static let list = Route(
        method: .get,
        path: "/api/v1/jobs",
        operation: "listJobs",
        summary: "All jobs that were ever asked for, the newest first",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [.page("JobPage", of: JobAnswer.job)],
        handler: { call in
            try await call.page({ state, request, _ in try state.jobs(page: request) }) { $0.value($1) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/jobs/{jobId}",
        operation: "getJob",
        summary: "Where a job stands",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [Answer(status: 200, description: "The job.", schema: JobAnswer.job)],
        problems: [.jobNotFound],
        handler: { call in
            let id = try call.identifier("jobId", JobKind.self)
            let job = try await call.read { state, _ in state.job(id) }
            guard let job else { throw CommandError.rejected(.jobNotFound(id)) }
            return .json { $0.value(job) }
        }
    )

    static let cancel = Route(
        method: .post,
        path: "/api/v1/jobs/{jobId}/cancel",
        operation: "cancelJob",
        summary: "Stops a job before its next slice; what it did until then stays",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [Answer(status: 200, description: "The job.", schema: JobAnswer.job)],
        problems: [.jobNotFound, .jobStatus, .jobExpired],
        handler: { call in
            let id = try call.identifier("jobId", JobKind.self)
            try await call.organization.cancelJob(id, scope: try call.scope(), context: call.context)
            return try await .job(id, call, status: .ok)
        }
    )

    static let result = Route(
        method: .get,
        path: "/api/v1/jobs/{jobId}/result",
        operation: "getJobResult",
        summary: "The file of a completed export; who takes it is recorded",
        chapter: chapter,
        access: .needs(.exportCustomers),
        parameters: [id],
        answers: [
            Answer(
                status: 200,
                description: "The file: text/csv, application/json, application/jsonl or a workbook.",
                schema: .anyText,
                mediaType: "*/*"
            )
        ],
        problems: [.jobNotFound, .jobStatus, .jobExpired],
        handler: { call in
            let id = try call.identifier("jobId", JobKind.self)
            let format = try await call.organization.read { state, _ in state.job(id) }?.format
            let file = try await call.organization.openJobResult(id, scope: try call.scope(), context: call.context)
            return Response(
                status: .ok,
                headers: [
                    .contentType: format?.mediaType ?? "application/octet-stream",
                    .contentDisposition: "attachment; filename=\"\(id).\(format?.rawValue ?? "bin")\"",
                    .cacheControl: "no-store",
                ],
                body: ResponseBody(asyncSequence: JobResultStream(file: file))
            )
        }
    )

    static let errors = Route(
        method: .get,
        path: "/api/v1/jobs/{jobId}/errors",
        operation: "getJobErrors",
        summary: "Why rows of a job could not be done: one row for each reason",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [
            id,
            .query("format", .choice(["csv", "jsonl"]), "The form of the answer; csv when absent."),
        ],
        answers: [
            Answer(
                status: 200,
                description: "The reasons, in the order of the rows; of at most \(Limits.errorsPerJob) rows.",
                schema: .anyText,
                mediaType: "text/csv",
                streamMediaType: "application/jsonl"
            )
        ],
        problems: [.jobNotFound, .jobExpired],
        handler: { call in
            let id = try call.identifier("jobId", JobKind.self)
            let errors = try await call.organization.jobErrors(id, scope: try call.scope())
            let isLines = call.query.text("format") == "jsonl"
            return Response(
                status: .ok,
                headers: [
                    .contentType: isLines ? "application/jsonl" : "text/csv; charset=utf-8; header=present",
                    .contentDisposition: "attachment; filename=\"\(id)-errors.\(isLines ? "jsonl" : "csv")\"",
                    .cacheControl: "no-store",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: isLines ? lines(errors) : table(errors)))
            )
        }
    )

    private static func table(_ errors: [JobError]) -> [UInt8] {
        var table = CSVTable("line", "customerId", "column", "code", "text")
        for error in errors {
            table.add([error.line > 0 ? String(error.line) : nil, error.customer, error.column, error.code, error.text])
        }
        return table.bytes
    }

    private static func lines(_ errors: [JobError]) -> [UInt8] {
        var bytes: [UInt8] = []
        for error in errors {
            var writer = JSONWriter()
            writer.beginObject()
            writer.field("line", error.line > 0 ? Int64(clamping: error.line) : nil)
            writer.field("customerId", error.customer.isEmpty ? nil : error.customer)
            writer.field("column", error.column.isEmpty ? nil : error.column)
            writer.field("code", error.code)
            writer.field("text", error.text)
            writer.endObject()
            bytes += writer.bytes + [UInt8(ascii: "\n")]
        }
        return bytes
    }
}

extension Job {
    /// The form of an export's file, which its work names.
    fileprivate var format: ExportRequest.Format? {
        work.split(separator: ":").first?.split(separator: " ").last
            .flatMap { ExportRequest.Format(rawValue: String($0)) }
    }
}

extension Response {
    /// A job as it stands now.
    static func job(_ id: JobID, _ call: Call, status: HTTPResponse.Status = .accepted) async throws -> Response {
        let job = try await call.organization.read { state, _ in state.job(id) }
        guard let job else { throw CommandError.rejected(.jobNotFound(id)) }
        let headers: HTTPFields = status == .accepted ? [.location: "/api/v1/jobs/\(id)"] : [:]
        return .json(status, headers: headers) { $0.value(job) }
    }
}

extension Call {
    /// What comes with a command of this call.
    var context: CommandContext {
        CommandContext(requestID: requestID, origin: origin, idempotency: idempotency)
    }
}

/// The file of an export as it goes out: the next piece is read once the connection took the one before.
struct JobResultStream: AsyncSequence, Sendable {
    let file: JobResult

    func makeAsyncIterator() -> Iterator { Iterator(file: file) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var file: JobResult

        mutating func next() async throws -> ByteBuffer? {
            // Of nothing there is an empty piece, which no connection needs.
            while let bytes = try await file.next() {
                if !bytes.isEmpty { return ByteBuffer(bytes: bytes) }
            }
            return nil
        }
    }
}
