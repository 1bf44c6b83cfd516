import CISAL

/// A Reed–Solomon code over GF(2⁸): of a row of data cells and parity cells, as many may be lost as there are parity cells.
///
/// Cells lie one after another in one buffer, data first. The code is systematic, with the Cauchy coefficients that
/// `docs/FORMAT.md` gives; ISA-L does the arithmetic.
struct ReedSolomon {
    static let dataCount = 64
    static let parityCount = 4
    static let count = dataCount + parityCount

    /// A row of `dataCount` coefficients for each cell.
    private let matrix: [UInt8]

    init() {
        var matrix = [UInt8](repeating: 0, count: Self.count * Self.dataCount)
        unsafe matrix.withUnsafeMutableBufferPointer {
            unsafe gf_gen_cauchy1_matrix($0.baseAddress, Int32(Self.count), Int32(Self.dataCount))
        }
        self.matrix = matrix
    }

    /// Fills in the parity cells of `cells`.
    func encode(_ cells: inout [UInt8], cellByteCount: Int) {
        multiply(
            rows: Array(matrix[(Self.dataCount * Self.dataCount)...]),
            &cells,
            cellByteCount: cellByteCount,
            from: Array(0..<Self.dataCount),
            to: Array(Self.dataCount..<Self.count)
        )
    }

    /// Computes the lost cells of `cells` from the others.
    ///
    /// - Returns: `false` when too many are lost; then nothing was changed.
    func rebuild(_ cells: inout [UInt8], cellByteCount: Int, lost: Set<Int>) -> Bool {
        guard lost.count <= Self.parityCount else { return false }
        let lostData = lost.filter { $0 < Self.dataCount }.sorted()
        if !lostData.isEmpty {
            let kept = Array((0..<Self.count).filter { !lost.contains($0) }.prefix(Self.dataCount))
            guard let inverse = inverse(of: kept) else { return false }
            multiply(
                rows: lostData.flatMap { inverse[$0 * Self.dataCount..<($0 + 1) * Self.dataCount] },
                &cells,
                cellByteCount: cellByteCount,
                from: kept,
                to: lostData
            )
        }
        if lost.count > lostData.count { encode(&cells, cellByteCount: cellByteCount) }
        return true
    }

    /// What turns the cells `kept` back into the data cells.
    private func inverse(of kept: [Int]) -> [UInt8]? {
        var rows: [UInt8] = []
        for cell in kept { rows += matrix[cell * Self.dataCount..<(cell + 1) * Self.dataCount] }
        var inverse = [UInt8](repeating: 0, count: rows.count)
        let result = unsafe rows.withUnsafeMutableBufferPointer { input in
            unsafe inverse.withUnsafeMutableBufferPointer { output in
                unsafe gf_invert_matrix(input.baseAddress, output.baseAddress, Int32(Self.dataCount))
            }
        }
        return result == 0 ? inverse : nil
    }

    /// Makes each target cell the sum of the source cells, each times its coefficient in the target's row.
    private func multiply(
        rows: [UInt8],
        _ cells: inout [UInt8],
        cellByteCount: Int,
        from sources: [Int],
        to targets: [Int]
    ) {
        precondition(cells.count == Self.count * cellByteCount && rows.count == sources.count * targets.count)
        var rows = rows
        // 32 bytes of tables for each coefficient, as the library says.
        var tables = [UInt8](repeating: 0, count: 32 * rows.count)
        unsafe rows.withUnsafeMutableBufferPointer { rows in
            unsafe tables.withUnsafeMutableBufferPointer { tables in
                unsafe cells.withUnsafeMutableBufferPointer { cells in
                    let (sourceCount, targetCount) = (Int32(sources.count), Int32(targets.count))
                    unsafe ec_init_tables(sourceCount, targetCount, rows.baseAddress, tables.baseAddress)
                    var from: [UnsafeMutablePointer<UInt8>?] = unsafe sources.map { cell in
                        unsafe cells.baseAddress.map { unsafe $0 + cell * cellByteCount }
                    }
                    var to: [UnsafeMutablePointer<UInt8>?] = unsafe targets.map { cell in
                        unsafe cells.baseAddress.map { unsafe $0 + cell * cellByteCount }
                    }
                    unsafe ec_encode_data(
                        Int32(cellByteCount),
                        sourceCount,
                        targetCount,
                        tables.baseAddress,
                        &from,
                        &to
                    )
                }
            }
        }
    }
}
