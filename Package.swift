// swift-tools-version: 6.2
import PackageDescription

/// Settings of every module: Swift 6, imports stay inside unless said otherwise, a warning is an error.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A module is one line: its name and the modules it may import.  Modules that hand pointers to C say so;
/// all others are checked for memory safety.
func module(
    _ name: String, imports: [Target.Dependency] = [], pointers: Bool = false, settings: [SwiftSetting] = [],
    assets: [String] = []
) -> Target {
    .target(
        name: name, dependencies: imports, resources: assets.map { .embedInCode("Assets/\($0)") },
        swiftSettings: house + (pointers ? [] : [.strictMemorySafety()]) + settings)
}

/// The tests of a module, named after it.
func tests(of name: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: ["TestSupport"] + [.byName(name: name)] + imports,
        swiftSettings: house)
}

/// A C library of the system, found through pkg-config.
func library(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// Optimised in debug builds too: loops over every float of a model or every name of the vocabularies take up to two
/// hundred times as long unoptimised, and every test that uses them waits.
let swiftly: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "discover",
    products: [.executable(name: "discover", targets: ["discover"])],
    targets: [
        // C libraries: module maps only.  Every C body of ours is in CShims.
        library("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
        library("COpenBLAS", pkgConfig: "openblas", package: "libopenblas-dev"),
        library("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
        library("CHDF5", pkgConfig: "hdf5", package: "libhdf5-dev"),
        library("CMicroHTTPD", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
        .target(
            name: "CShims", dependencies: ["CHDF5", "CMicroHTTPD"],
            cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
            linkerSettings: [
                .linkedLibrary("sqlite3"), .linkedLibrary("curl"), .linkedLibrary("z"), .linkedLibrary("zstd"),
                .linkedLibrary("nettle"),
            ]),

        // The modules, in dependency order.
        module("Records"),
        module("Collections", pointers: true, settings: swiftly),
        module("Text", settings: swiftly),
        module("JSON", imports: ["Text"]),
        module("Mapping", pointers: true),
        module("LinearAlgebra", imports: ["COpenBLAS", "CShims"], pointers: true, settings: swiftly),
        module("Vocabulary", imports: ["Records", "Text"], settings: swiftly),
        module(
            "Store", imports: ["Records", "JSON", "Text", "Collections", "Mapping", "CSQLite", "CShims"], pointers: true
        ),
        module("Encoder", imports: ["Text", "Mapping", "LinearAlgebra"], pointers: true),
        module(
            "Vectors", imports: ["Records", "Collections", "Mapping", "LinearAlgebra", "CShims"], pointers: true,
            settings: swiftly),
        module(
            "LatentSemantics", imports: ["Text", "Mapping", "LinearAlgebra", "Vectors"], pointers: true,
            settings: swiftly),
        module("Planner", imports: ["Records", "JSON", "Vocabulary", "Text"], settings: swiftly),
        module(
            "Search",
            imports: [
                "Records", "JSON", "Collections", "Planner", "Store", "Encoder", "Vectors", "LatentSemantics",
                "Vocabulary", "Text", "LinearAlgebra",
            ]),
        module("Export", imports: ["Records", "Text", "JSON", "Store", "Vocabulary", "Planner", "Search"]),
        module("Requests", imports: ["Records", "Text", "Planner", "Search", "Export"]),
        module("MCP", imports: ["Records", "JSON", "Vocabulary", "Planner", "Store", "Search", "Export", "Requests"]),
        module("Connectors", imports: ["Records", "JSON", "Text", "CCurl", "CShims"], pointers: true),
        module(
            "Indexing",
            imports: [
                "Records", "JSON", "Connectors", "Vocabulary", "Store", "Encoder", "Vectors", "LatentSemantics",
                "LinearAlgebra", "Text",
            ]),
        module(
            "Pages", imports: ["Records", "Planner", "Search", "Vocabulary", "Text"],
            assets: ["page.css", "page.js", "icon.svg", "widget.js"]),
        module(
            "Serving",
            imports: [
                "Records", "Text", "JSON", "Vocabulary", "Planner", "Store", "Search", "Export", "Requests", "MCP",
                "Pages", "CMicroHTTPD", "CShims",
            ], pointers: true),
        .executableTarget(
            name: "discover",
            dependencies: [
                "Records", "Text", "LinearAlgebra", "Vocabulary", "Planner", "Search", "Indexing", "Connectors",
                "Store",
                "Encoder", "Vectors", "LatentSemantics", "JSON", "Export", "Requests", "MCP", "Serving",
            ],
            swiftSettings: house + [.strictMemorySafety()]),

        // The measuring programs, which no product ships.
        .executableTarget(
            name: "VectorBench", dependencies: ["Encoder", "Vectors", "LatentSemantics", "LinearAlgebra"],
            path: "Benchmarks/VectorBench", swiftSettings: house),
        .executableTarget(
            name: "TextBench", dependencies: ["Records", "Vocabulary", "Store", "Indexing"],
            path: "Benchmarks/TextBench",
            swiftSettings: house),
        .executableTarget(
            name: "EncoderBench", dependencies: ["Encoder", "LinearAlgebra"], path: "Benchmarks/EncoderBench",
            swiftSettings: house),

        // Their tests.
        .target(
            name: "TestSupport", dependencies: ["Records", "Planner"], path: "Tests/TestSupport", swiftSettings: house),
        tests(of: "Records"),
        tests(of: "JSON"),
        tests(of: "Collections"),
        tests(of: "Text"),
        tests(of: "Mapping"),
        tests(of: "LinearAlgebra", imports: ["COpenBLAS", "CShims"]),
        tests(of: "Vocabulary", imports: ["Records", "Text"]),
        tests(of: "Store", imports: ["Records", "JSON", "CShims"]),
        tests(of: "Encoder", imports: ["Text", "LinearAlgebra"]),
        tests(of: "Vectors", imports: ["Records", "LinearAlgebra"]),
        tests(of: "LatentSemantics", imports: ["Vectors", "LinearAlgebra"]),
        tests(of: "Planner", imports: ["Records", "JSON", "Vocabulary", "Text"]),
        tests(
            of: "Search",
            imports: [
                "Records", "JSON", "Planner", "Store", "Encoder", "Vectors", "LatentSemantics", "Vocabulary",
                "Indexing",
            ]),
        tests(of: "Export", imports: ["Records", "JSON", "Store", "Vocabulary", "Planner", "Search", "Indexing"]),
        tests(of: "Requests", imports: ["Records", "Planner", "Search", "Vocabulary"]),
        tests(
            of: "MCP",
            imports: [
                "Records", "JSON", "Store", "Vocabulary", "Planner", "Search", "Requests", "Indexing", "Encoder",
            ]),
        tests(of: "Connectors", imports: ["Records", "JSON"]),
        tests(
            of: "Indexing",
            imports: ["Records", "JSON", "Vocabulary", "Store", "Encoder", "Vectors", "LatentSemantics", "Connectors"]),
        tests(of: "Pages", imports: ["Records", "Planner", "Search", "Vocabulary", "Text"]),
        tests(
            of: "Serving",
            imports: [
                "Records", "Text", "JSON", "Vocabulary", "Planner", "Search", "Requests", "Store", "Indexing",
                "Encoder",
            ]),
        // Fuzzing and timing of the planner; no part of the product.
        .executableTarget(
            name: "exercise",
            dependencies: ["TestSupport", "Records", "Text", "LinearAlgebra", "Vocabulary", "Encoder", "Planner"],
            path: "Tests/Exercise",
            swiftSettings: house),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "TestSupport", "Requests", "discover", "Connectors", "Indexing", "JSON", "Store", "Records",
            ],
            swiftSettings: house),
    ],
    swiftLanguageModes: [.v6])
