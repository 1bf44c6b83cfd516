@testable import CustomerHTTP
import HTTPTypes
import Testing

struct OpenAPIDocumentTests {
    private let document: JSONValue

    init() throws {
        document = try JSONParser.parse(RouteTable.document)
    }

    @Test func `every route is described, and nothing else`() {
        var described: Set<String> = []
        for path in document["paths"]?.members ?? [] {
            for operation in path.value.members { described.insert(operation.key.uppercased() + " " + path.key) }
        }
        #expect(described == Set(RouteTable.all.map { $0.method.rawValue + " " + $0.path }))
        #expect(described.count == RouteTable.all.count)
    }

    @Test func `operations have names of their own`() {
        #expect(Set(RouteTable.all.map(\.operation)).count == RouteTable.all.count)
    }

    @Test func `every reference leads somewhere, and every named schema has one meaning`() {
        let names = Set((document["components"]?["schemas"]?.members ?? []).map(\.key))
        for name in references(in: document) { #expect(names.contains(name), "\(name)") }
        var meanings: [String: JSONValue] = [:]
        for route in RouteTable.all {
            let schemas = [route.body?.schema].compactMap { $0 } + route.answers.compactMap(\.schema)
            for component in schemas.flatMap(\.components) {
                let meaning = component.schema.document
                #expect(meanings[component.name, default: meaning] == meaning, "\(component.name)")
                meanings[component.name] = meaning
            }
        }
    }

    @Test func `every parameter of a path is declared`() {
        for route in RouteTable.all {
            let inPath = route.path.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            let declared = route.parameters.filter { $0.place == .path }.map(\.name)
            #expect(inPath.sorted() == declared.sorted(), "\(route.operation)")
        }
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .array(let elements): elements.flatMap(references)
        case .object(let members):
            members.flatMap { member in
                member.key == "$ref"
                    ? [String((member.value.text ?? "").split(separator: "/").last ?? "")]
                    : references(in: member.value)
            }
        default: []
        }
    }
}
