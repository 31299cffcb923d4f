import Testing

@testable import Vectors
