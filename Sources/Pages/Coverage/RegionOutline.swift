/// The rows of a first look at the nervous system: divisions that people ask for by name, in anatomical order from
/// front to back, whether anything was recorded there or not.  Terms of UBERON, as `vocab/region/uberon.tsv` has them.
enum RegionOutline {
    /// The rows in their order.
    static let lines: [CoverageState.Line] = text.split(separator: "\n").map { line in
        let depth = line.prefix { $0 == " " }.count / 2
        return CoverageState.Line(id: "UBERON:" + line.split(separator: " ")[0], depth: depth)
    }

    private static let text = """
        0002264 olfactory bulb
        0000956 cerebral cortex
          0000451 prefrontal cortex
          8440076 motor cortex
          0008930 somatosensory cortex
          0016530 parietal cortex
          0000411 visual cortex
          0001393 auditory cortex
          0003027 cingulate cortex
          0002022 insula
          0002728 entorhinal cortex
          0004725 piriform cortex
        0002421 hippocampus
          0003881 CA1
          0003882 CA2
          0003883 CA3
          0001885 dentate gyrus
          0002191 subiculum
        0001876 amygdala
        0010011 basal ganglia
          0002435 striatum
          0001882 nucleus accumbens
          0006514 pallidum
        0002663 septum
        0001897 thalamus
        0001898 hypothalamus
        0001891 midbrain
          0001945 superior colliculus
          0001946 inferior colliculus
          0002691 ventral tegmental area
          0002038 substantia nigra
        0002037 cerebellum
        0000988 pons
        0001896 medulla oblongata
        0002240 spinal cord
        0000966 retina
        """
}
