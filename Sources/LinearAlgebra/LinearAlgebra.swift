/// LinearAlgebra: matrices of numbers in memory or on disk, their products, and the few functions of a neural
/// network that run over rows.
///
/// The only module that calls BLAS.  Every hot loop over floats of the project is here, concrete and not generic, so
/// that it is compiled once and fast.  Everything is row-major `Float`.  Two rules on threads: BLAS runs on one thread
/// unless ``BLAS/use(threads:)`` says otherwise, and work on all cores is split by ``Workers``.
