import CustomerDomain
import Testing

struct TagsAndMetadataTests {
    @Test func `tags are added once, trimmed, in order, and compared exactly`() throws {
        let shop = try Sample.shop().given(.addTags(Sample.ana, ["vip"]))
        let command = Command.addTags(Sample.ana, [" VIP ", "vip", "gift", "VIP"])
        #expect(shop.when(command) == .events(.ana, .customerTagged(["VIP", "gift"])))
        #expect(shop.when(.addTags(Sample.ana, [" vip"])) == .nothing)
        #expect(shop.when(.addTags(Sample.ana, [])) == .nothing)
    }

    @Test func `tags are removed once`() throws {
        let shop = try Sample.shop().given(.addTags(Sample.ana, ["a", "b"]))
        #expect(shop.when(.removeTags(Sample.ana, ["b ", "x"])) == .events(.ana, .customerUntagged(["b"])))
        #expect(shop.when(.removeTags(Sample.ana, ["x"])) == .nothing)
        #expect(shop.when(.removeTags(Sample.ana, [""])).invalidField == "tags/0")
    }

    @Test func `tags are limited in length and number`() throws {
        let shop = try Sample.shop()
        let long = String(repeating: "ü", count: 100)
        #expect(shop.when(.addTags(Sample.ana, [long])).invalidField == nil)
        #expect(
            shop.when(.addTags(Sample.ana, ["x", long + "x"])) == .invalid("tags/1", "must have at most 100 characters")
        )
        let most = (1...250).map { "tag\($0)" }
        let full = try shop.given(.addTags(Sample.ana, most))
        #expect(full.when(.addTags(Sample.ana, ["tag1"])) == .nothing)
        #expect(full.when(.addTags(Sample.ana, ["one more"])) == .rejected(.limitReached("tags", limit: 250)))
        let replaced = UpdateCustomer(id: Sample.ana, tags: Array(most.dropFirst()) + ["one more"])
        #expect(
            full.when(.updateCustomer(replaced))
                == .events(.ana, .customerUntagged(["tag1"]), .customerTagged(["one more"]))
        )
    }

    @Test func `metadata is limited in keys and values`() throws {
        let shop = try Sample.shop()
        func outcome(_ metadata: [String: String]) -> Specification.Outcome {
            shop.when(.updateCustomer(UpdateCustomer(id: Sample.ana, metadata: .replace(metadata))))
        }
        let most = Dictionary(uniqueKeysWithValues: (1...50).map { ("key\($0)", "") })
        #expect(outcome(most) == .events(.ana, .metadataChanged(most)))
        let oneMore = most.merging(["x": ""]) { $1 }
        #expect(outcome(oneMore) == .rejected(.limitReached("metadata keys", limit: 50)))
        #expect(outcome([String(repeating: "k", count: 40): String(repeating: "v", count: 500)]).invalidField == nil)
        #expect(outcome([String(repeating: "k", count: 41): ""]).invalidField != nil)
        #expect(
            outcome(["key": String(repeating: "v", count: 501)])
                == .invalid("metadata/key", "must have at most 500 characters")
        )
        #expect(outcome(["k[0]": ""]) == .invalid("metadata/k[0]", "must not have square brackets in its key"))
        #expect(outcome(["key": "two\nlines"]).invalidField == nil)
        #expect(outcome(["key": "\u{0}"]).invalidField == "metadata/key")
    }
}
