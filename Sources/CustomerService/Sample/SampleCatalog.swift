import CustomerDomain

/// What a sample's shop sells.
struct SampleCatalog {
    private struct Product {
        var sku: String
        var name: String
        var price: Int64
    }

    private let products: [Product]
    private let popularity: [Int]

    init(seed: UInt64) {
        var random = SampleRandom(seed: seed, stream: 2, index: 0)
        var products: [Product] = []
        var popularity: [Int] = []
        for (nounIndex, noun) in nouns.enumerated() {
            for (adjectiveIndex, adjective) in adjectives.enumerated() {
                let sku = "\(noun.code)-\(100 + adjectiveIndex * 7 + nounIndex)"
                let base = noun.price * (70 + random.below(90)) / 100
                products.append(
                    Product(sku: sku, name: "\(adjective) \(noun.name)", price: Int64(base / 100 * 100 + 95))
                )
                // Popular products sell a hundred times as often as the least popular.
                let share = 1 + 1_000 / (1 + random.below(100))
                popularity.append((popularity.last ?? 0) + share)
            }
        }
        self.products = products
        self.popularity = popularity
    }

    /// The lines of one order.
    func lines(_ random: inout SampleRandom) -> [OrderLine] {
        var count = 1
        while count < 12, random.percent(48) { count += 1 }
        return (0..<count)
            .map { _ in
                let product = products[random.pickIndex(popularity)]
                let quantity = random.percent(78) ? 1 : random.number(2...6)
                return OrderLine(
                    sku: product.sku,
                    name: product.name,
                    quantity: Int64(quantity),
                    unitPrice: product.price
                )
            }
    }
}

private let adjectives = [
    "Oak", "Linen", "Blue", "Handmade", "Vintage", "Enamel", "Organic", "Nordic", "Copper", "Recycled", "Wild",
    "Classic",
]

private let nouns: [(name: String, code: String, price: Int)] = [
    ("Mug", "MUG", 1_400), ("Teapot", "TEA", 3_900), ("Tablecloth", "TBC", 4_500), ("Lamp", "LMP", 8_900),
    ("Cushion", "CUS", 2_900), ("Notebook", "NTB", 1_200), ("Backpack", "BAG", 7_900), ("Scarf", "SCF", 3_500),
    ("Candle", "CDL", 1_900), ("Cutting Board", "CUT", 3_200), ("Vase", "VAS", 4_200), ("Blanket", "BLK", 6_900),
    ("Apron", "APR", 2_800), ("Clock", "CLK", 5_500), ("Picture Frame", "FRM", 2_400), ("Watering Can", "WTR", 2_600),
    ("Chair", "CHR", 14_900), ("Coffee Grinder", "GRD", 6_400),
]
