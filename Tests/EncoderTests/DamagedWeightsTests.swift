import Encoder
import Foundation
import LinearAlgebra
import Testing

@Suite struct DamagedWeightsTests {
    private func openingFails(_ weights: Data) throws -> EncoderError {
        try withTemporaryFolder { folder in
            try TinyModel().write(to: folder)
            try weights.write(to: folder.appending(path: "model.safetensors"))
            return try #require(throws: EncoderError.self) { try SentenceEncoder(folder: folder.path) }
        }
    }

    @Test func `a weights file cut anywhere is an error that names it`() throws {
        let whole = try TinyModel().weights()
        for length in [0, 1, 7, 8, 9, 100, whole.count / 2, whole.count - 1] {
            let error = try openingFails(whole.prefix(length))
            #expect(error.kind == .corrupt)
            #expect(error.detail.contains("model.safetensors"))
        }
    }

    @Test(arguments: [
        "PK\u{3}\u{4} this is a zip file of some kind", "{}", "<html><body>404</body></html>",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 90868376\n",
    ])
    func `another file under the name of the weights is refused`(text: String) throws {
        #expect(try openingFails(Data(text.utf8)).kind == .corrupt)
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,1000000]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}}"#,
        #"{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}"#,
        #"{"a":[1,2]}"#, "[]", "{}",
    ])
    func `a header that points outside the file is refused`(header: String) throws {
        var weights = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        weights += Data(header.utf8) + Data(count: 16)
        #expect(try openingFails(weights).kind == .corrupt)
    }

    @Test func `a header longer than any file is refused`() throws {
        #expect(try openingFails(Data(repeating: 0xFF, count: 64)).kind == .corrupt)
    }

    @Test(arguments: TinyModel.shapes.map(\.0).filter { !$0.hasSuffix("key.bias") })
    func `a tensor that is not there is named`(name: String) throws {
        var model = TinyModel()
        model.missing = [name]
        let error = try model.refusal()
        #expect(error.kind == .corrupt)
        #expect(error.detail.contains(name))
    }

    @Test func `numbers of a type that is no float are refused by its name`() throws {
        for type in ["I32", "F64", "F8_E4M3"] {
            var model = TinyModel()
            model.type = type
            let error = try model.refusal()
            #expect(error.detail.contains(type) || error.kind == .corrupt)
        }
    }

    @Test(
        arguments: [Float.nan, .infinity, -.infinity], TinyModel.shapes.map(\.0).filter { !$0.hasSuffix("key.bias") })
    func `weights that are not numbers are refused where an index is made`(number: Float, name: String) throws {
        var model = TinyModel()
        model.firstNumbers = [name: number]
        let error = try model.refusal(checked: true)
        #expect(error.kind == .corrupt)
        #expect(error.detail.contains("not finite"))
    }

    @Test func `weights that are not numbers never give a vector that is none`() throws {
        var model = TinyModel()
        for (name, _) in TinyModel.shapes where !name.hasSuffix("key.bias") {
            for number in [Float.nan, .infinity] {
                model.firstNumbers = [name: number]
                #expect(try model.open().encode("mouse rats").allSatisfy(\.isFinite), "\(name) \(number)")
            }
        }
        model.firstNumbers = ["encoder.layer.0.attention.self.value.weight": .nan]
        #expect(try model.open().encode("mouse").allSatisfy { $0 == 0 })
    }

    @Test(arguments: ["", " ", "☃ ☃", "\u{FFFD}", String(repeating: "mouse ", count: 600)])
    func `any text has a vector of length one, alone and in a batch`(text: String) throws {
        let encoder = try TinyModel().open()
        for vector in [encoder.encode(text), encoder.encode(batch: [text]).row(0)] {
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
    }
}
